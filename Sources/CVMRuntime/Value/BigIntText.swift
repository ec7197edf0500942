import CVMDispatch

/// A radix as conversions use it: as many digits at once as one limb holds.
private struct RadixChunk {
  let radix: Limb
  let digits: Int
  /// radix to the power of `digits`.
  let power: Limb

  init(_ radix: Int) {
    self.radix = Limb(radix)
    var power = Limb(radix)
    var digits = 1
    while true {
      let (next, overflow) = power.multipliedReportingOverflow(by: Limb(radix))
      if overflow { break }
      power = next
      digits += 1
    }
    self.power = power
    self.digits = digits
  }
}

/// Powers of a chunk by repeated squaring, made when needed; nil when interrupted.
private struct RadixPowers {
  let chunk: RadixChunk
  let work: BigIntWork
  private var powers: [[Limb]]

  init(_ chunk: RadixChunk, _ work: BigIntWork) {
    self.chunk = chunk
    self.work = work
    powers = [[chunk.power]]
  }

  /// chunk.power to the power of 2^level.
  mutating func power(_ level: Int) -> [Limb]? {
    while powers.count <= level {
      guard let last = powers.last, let next = Magnitude.product(last, last, work) else { return nil }
      powers.append(next)
    }
    return powers[level]
  }

  func digits(_ level: Int) -> Int { chunk.digits << level }
}

extension Magnitude {
  /// The digits of a magnitude, most significant first; nil when interrupted.
  static func text(_ limbs: [Limb], radix: Int, _ work: BigIntWork) -> [UInt8]? {
    if limbs.isEmpty { return [0x30] }
    if radix.nonzeroBitCount == 1 { return powerOfTwoText(limbs, bitsPerDigit: radix.trailingZeroBitCount) }
    var out: [UInt8] = []
    let estimate = Double(limbs.count) * 64 / (Double(bitsOf(radix)))
    out.reserveCapacity(Int(estimate) + 32)
    var powers = RadixPowers(RadixChunk(radix), work)
    guard write(limbs, padding: 0, &powers, &out) else { return nil }
    return out
  }

  /// Bits of information in a digit, rounded down.
  private static func bitsOf(_ radix: Int) -> Int { Int.bitWidth - 1 - radix.leadingZeroBitCount }

  private static func digitCharacter(_ digit: Int) -> UInt8 { UInt8(digit < 10 ? 0x30 + digit : 0x57 + digit) }

  private static func powerOfTwoText(_ limbs: [Limb], bitsPerDigit: Int) -> [UInt8] {
    let bits = bitLength(limbs, limbs.count)
    let count = (bits + bitsPerDigit - 1) / bitsPerDigit
    return (0..<count).map { i in
      let position = (count - 1 - i) * bitsPerDigit
      let limb = position / 64
      var digit = limbs[limb] >> Limb(position % 64)
      if position % 64 + bitsPerDigit > 64, limb + 1 < limbs.count {
        digit |= limbs[limb + 1] << Limb(64 - position % 64)
      }
      return digitCharacter(Int(digit & (1 << Limb(bitsPerDigit) - 1)))
    }
  }

  private static let splitThreshold = 30

  /// Writes the digits with zeros in front up to `padding`. Splits at a power of the radix of about half the length.
  private static func write(
    _ limbs: [Limb], padding: Int, _ powers: inout RadixPowers, _ out: inout [UInt8]
  ) -> Bool {
    if limbs.count <= splitThreshold {
      writeSmall(limbs, padding: padding, powers.chunk, &out)
      return true
    }
    var level = 0
    while 2 << level < limbs.count { level += 1 }
    guard var power = powers.power(level) else { return false }
    while level > 0 && compare(limbs, limbs.count, power, power.count) < 0 {
      level -= 1
      guard let smaller = powers.power(level) else { return false }
      power = smaller
    }
    guard let (quotient, rest) = divided(limbs, by: power, powers.work) else { return false }
    let low = powers.digits(level)
    return write(quotient, padding: padding > low ? padding - low : 0, &powers, &out)
      && write(rest, padding: low, &powers, &out)
  }

  private static func writeSmall(_ limbs: [Limb], padding: Int, _ chunk: RadixChunk, _ out: inout [UInt8]) {
    var rest = limbs
    var digits: [UInt8] = []
    while !rest.isEmpty {
      var part = rest.withUnsafeMutableBufferPointer { buffer in
        let start = buffer.baseAddress.unsafelyUnwrapped
        return divide(start, start, buffer.count, by: chunk.power)
      }
      while rest.last == 0 { rest.removeLast() }
      for _ in 0..<chunk.digits {
        if rest.isEmpty && part == 0 { break }
        let (quotient, digit) = part.quotientAndRemainder(dividingBy: chunk.radix)
        digits.append(digitCharacter(Int(digit)))
        part = quotient
      }
    }
    for _ in 0..<max(padding - digits.count, 0) { out.append(0x30) }
    out.append(contentsOf: digits.reversed())
  }

  /// Quotient and remainder; nil when interrupted.
  static func divided(_ a: [Limb], by b: [Limb], _ work: BigIntWork) -> (quotient: [Limb], rest: [Limb])? {
    if compare(a, a.count, b, b.count) < 0 { return ([], a) }
    var rest = a
    rest.append(0)
    var quotient = [Limb](repeating: 0, count: a.count - b.count + 1)
    quotient.withUnsafeMutableBufferPointer { quotient in
      rest.withUnsafeMutableBufferPointer { rest in
        divide(
          quotient.baseAddress.unsafelyUnwrapped, rest.baseAddress.unsafelyUnwrapped, a.count, b, b.count, work)
      }
    }
    if work.isInterrupted { return nil }
    while quotient.last == 0 { quotient.removeLast() }
    while rest.last == 0 { rest.removeLast() }
    return (quotient, rest)
  }

  /// The magnitude that digits (their values, most significant first) spell; nil when interrupted.
  static func parse(_ digits: ArraySlice<UInt8>, radix: Int, _ work: BigIntWork) -> [Limb]? {
    var powers = RadixPowers(RadixChunk(radix), work)
    return parse(digits, &powers)
  }

  private static func parse(_ digits: ArraySlice<UInt8>, _ powers: inout RadixPowers) -> [Limb]? {
    let chunk = powers.chunk
    if digits.count <= chunk.digits * splitThreshold { return parseSmall(digits, chunk) }
    var level = 0
    while powers.digits(level + 1) < digits.count { level += 1 }
    let split = digits.endIndex - powers.digits(level)
    guard let high = parse(digits[digits.startIndex..<split], &powers),
      let low = parse(digits[split...], &powers), let power = powers.power(level),
      var result = product(high, power, powers.work)
    else { return nil }
    if result.count <= low.count { result.append(contentsOf: repeatElement(0, count: low.count + 1 - result.count)) }
    result.append(0)
    result.withUnsafeMutableBufferPointer { buffer in
      let start = buffer.baseAddress.unsafelyUnwrapped
      add(start, start, buffer.count, low, low.count)
    }
    while result.last == 0 { result.removeLast() }
    return result
  }

  private static func parseSmall(_ digits: ArraySlice<UInt8>, _ chunk: RadixChunk) -> [Limb] {
    var result: [Limb] = []
    var position = digits.startIndex
    while position < digits.endIndex {
      let end = min(position + chunk.digits, digits.endIndex)
      var part: Limb = 0
      var power: Limb = 1
      for digit in digits[position..<end] {
        part = part * chunk.radix + Limb(digit)
        power &*= chunk.radix
      }
      append(part, power: power, to: &result)
      position = end
    }
    return result
  }

  /// result = result * power + part.
  private static func append(_ part: Limb, power: Limb, to result: inout [Limb]) {
    var carry = part
    for i in 0..<result.count {
      let (high, low) = result[i].multipliedFullWidth(by: power)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result[i] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    if carry != 0 { result.append(carry) }
  }
}

/// What a text is as a BigInt.
enum BigIntText {
  case value(negative: Bool, magnitude: [Limb])
  case notABigInt
  case tooBig
  case interrupted
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// BigInt::toString: a string, an exception when it is too long, or `retry`.
  func bigIntToString(_ value: Value, radix: Int = 10) -> Value {
    let x = bigInt(value)
    if let small = exactInt(value), radix == 10 { return numberText(small) }
    guard
      let digits = Magnitude.text(
        Array(UnsafeBufferPointer(start: x.limbs, count: x.count)), radix: radix, bigIntWork)
    else { return .retry }
    let count = digits.count + (x.isNegative ? 1 : 0)
    guard count <= Self.maximumStringLength else { return throwRangeError(ErrorMessage.invalidStringLength) }
    guard canAllocate(count) else { return .retry }
    let result = makeLatin1(count: count)
    var target = latin1Bytes(result)
    if x.isNegative {
      target[0] = 0x2d
      target += 1
    }
    digits.withUnsafeBufferPointer { target.update(from: $0.baseAddress.unsafelyUnwrapped, count: $0.count) }
    if count == 1 { return singleUnitString(digits[0]) }
    return stringValue(result)
  }

  private func numberText(_ number: Int) -> Value {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      let count = NumberFormatting.write(number, to: buffer.baseAddress.unsafelyUnwrapped)
      return makeString(latin1: UnsafeBufferPointer(start: buffer.baseAddress, count: count))
    }
  }

  /// StringToBigInt: what `BigInt("...")` accepts.
  func parseBigInt(_ view: StringView) -> BigIntText {
    var units = view.units()[...]
    while let unit = units.first, NumberParsing.isWhiteSpace(unit) { units.removeFirst() }
    while let unit = units.last, NumberParsing.isWhiteSpace(unit) { units.removeLast() }
    guard let first = units.first else { return .value(negative: false, magnitude: []) }
    var negative = false
    var radix = 10
    if first == 0x2b || first == 0x2d {
      negative = first == 0x2d
      units.removeFirst()
    } else if first == 0x30, units.count > 1, let prefix = prefixRadix(units[units.startIndex + 1]) {
      radix = prefix
      units = units.dropFirst(2)
    }
    return parseBigInt(digits: units, radix: radix, negative: negative)
  }

  private func prefixRadix(_ unit: UInt16) -> Int? {
    switch unit {
    case 0x78, 0x58: 16
    case 0x6f, 0x4f: 8
    case 0x62, 0x42: 2
    default: nil
    }
  }

  /// The BigInt of digits in a radix, at least one.
  func parseBigInt(digits units: ArraySlice<UInt16>, radix: Int, negative: Bool) -> BigIntText {
    guard !units.isEmpty else { return .notABigInt }
    var digits: [UInt8] = []
    digits.reserveCapacity(units.count)
    for unit in units {
      guard let digit = digitValue(unit), digit < radix else { return .notABigInt }
      digits.append(UInt8(digit))
    }
    let trimmed = digits.drop { $0 == 0 }
    // More digits than the limit has bits, whatever the radix: not worth the work.
    guard trimmed.count <= BigIntLimit.bits else { return .tooBig }
    guard let magnitude = Magnitude.parse(trimmed, radix: radix, bigIntWork) else { return .interrupted }
    guard Magnitude.bitLength(magnitude, magnitude.count) <= BigIntLimit.bits else { return .tooBig }
    return .value(negative: negative, magnitude: magnitude)
  }

  private func digitValue(_ unit: UInt16) -> Int? {
    switch unit {
    case 0x30...0x39: Int(unit) - 0x30
    case 0x61...0x7a: Int(unit) - 0x57
    case 0x41...0x5a: Int(unit) - 0x37
    default: nil
    }
  }

  /// The value of a literal's digits, such as `0xFF` or `12`, for constants of the compiler; nil when it is too big.
  func makeBigInt(literal text: String) -> Value? {
    let units = Array(text.utf16)
    let result = units.withUnsafeBufferPointer { buffer in
      parseBigInt(StringView(latin1: nil, utf16: buffer.baseAddress, count: buffer.count))
    }
    guard case .value(let negative, let magnitude) = result else { return nil }
    return makeBigInt(magnitude, magnitude.count, isNegative: negative)
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// A BigInt as a program writes it, such as `12n`; of a long one only the size.
  func bigIntLiteral(_ value: Value, limit: Int) -> String {
    let x = bigInt(value)
    guard x.count * 20 <= Swift.max(limit, 40) else { return "(BigInt of \(x.bitLength) bits)" }
    return text(primitiveToString(value)) + "n"
  }
}

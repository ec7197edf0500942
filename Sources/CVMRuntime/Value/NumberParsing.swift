import Glibc

/// Text as numbers, exactly as ECMA-262 asks. The text is in code units: Latin-1 (UInt8) or UTF-16 (UInt16).
enum NumberParsing {
  /// StringToNumber: what `Number(text)` gives, NaN when the text is no number.
  static func number<Unit: FixedWidthInteger & UnsignedInteger>(_ text: UnsafeBufferPointer<Unit>) -> Double {
    let trimmed = trim(text)
    if trimmed.isEmpty { return 0 }
    if trimmed.count > 2 && trimmed[0] == 48, let radix = prefixedRadix(trimmed[1]) {
      let digits = UnsafeBufferPointer(rebasing: trimmed[2...])
      let count = digitCount(digits, radix: radix)
      return count == digits.count ? integer(digits, radix: radix) : .nan
    }
    var end = 0
    let value = decimalPrefix(trimmed, end: &end)
    return end == trimmed.count ? value : .nan
  }

  /// The global `parseFloat`: the longest prefix that is a decimal number, NaN when there is none.
  static func parseFloat<Unit: FixedWidthInteger & UnsignedInteger>(_ text: UnsafeBufferPointer<Unit>) -> Double {
    var end = 0
    return decimalPrefix(trimStart(text), end: &end)
  }

  /// The global `parseInt`; `radix` is what ToInt32 made of the second argument.
  static func parseInt<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafeBufferPointer<Unit>, radix requested: Int32
  ) -> Double {
    var rest = trimStart(text)
    var isNegative = false
    if let first = rest.first, first == 43 || first == 45 {
      isNegative = first == 45
      rest = UnsafeBufferPointer(rebasing: rest[1...])
    }
    var radix = Int(requested)
    if radix != 0 && !(2...36).contains(radix) { return .nan }
    let hasPrefix = rest.count >= 2 && rest[0] == 48 && rest[1] | 32 == 120
    if (radix == 0 || radix == 16) && hasPrefix {
      radix = 16
      rest = UnsafeBufferPointer(rebasing: rest[2...])
    }
    if radix == 0 { radix = 10 }
    let count = digitCount(rest, radix: radix)
    if count == 0 { return .nan }
    let value = integer(UnsafeBufferPointer(rebasing: rest[..<count]), radix: radix)
    return isNegative ? -value : value
  }

  /// Whether a code unit is white space or a line terminator, as `trim` and StringToNumber understand it.
  static func isWhiteSpace(_ unit: UInt16) -> Bool {
    switch unit {
    case 9...13, 32, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff: true
    default: false
    }
  }

  /// The text without white space on both sides.
  static func trim<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafeBufferPointer<Unit>
  ) -> UnsafeBufferPointer<Unit> {
    trimEnd(trimStart(text))
  }

  static func trimStart<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafeBufferPointer<Unit>
  ) -> UnsafeBufferPointer<Unit> {
    var start = 0
    while start < text.count && isWhiteSpace(UInt16(truncatingIfNeeded: text[start])) { start += 1 }
    return UnsafeBufferPointer(rebasing: text[start...])
  }

  static func trimEnd<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafeBufferPointer<Unit>
  ) -> UnsafeBufferPointer<Unit> {
    var end = text.count
    while end > 0 && isWhiteSpace(UInt16(truncatingIfNeeded: text[end - 1])) { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[..<end])
  }

  /// ToInt32 of a number.
  @inline(__always) static func toInt32(_ number: Double) -> Int32 {
    if _fastPath(number.magnitude < 9.2e18) { return Int32(truncatingIfNeeded: Int64(number)) }
    return toInt32OfLarge(number)
  }

  /// ToUint32 of a number.
  @inline(__always) static func toUInt32(_ number: Double) -> UInt32 { UInt32(bitPattern: toInt32(number)) }

  @inline(never) private static func toInt32OfLarge(_ number: Double) -> Int32 {
    if !number.isFinite { return 0 }
    let shift = Int(number.exponentBitPattern) - 1075
    if shift >= 32 { return 0 }
    let mantissa = number.significandBitPattern | 1 << 52
    let low = Int32(truncatingIfNeeded: mantissa << UInt64(shift))
    return number < 0 ? 0 &- low : low
  }
}

@inline(__always) private func prefixedRadix<Unit: FixedWidthInteger & UnsignedInteger>(_ letter: Unit) -> Int? {
  switch letter | 32 {
  case 120: 16
  case 111: 8
  case 98: 2
  default: nil
  }
}

@inline(__always) private func digitValue<Unit: FixedWidthInteger & UnsignedInteger>(_ unit: Unit) -> Int {
  switch unit {
  case 48...57: Int(unit) - 48
  case 65...90: Int(unit) - 55
  case 97...122: Int(unit) - 87
  default: 99
  }
}

private func digitCount<Unit: FixedWidthInteger & UnsignedInteger>(
  _ text: UnsafeBufferPointer<Unit>, radix: Int
) -> Int {
  var count = 0
  while count < text.count && digitValue(text[count]) < radix { count += 1 }
  return count
}

/// The value of digits that are known to be valid, rounded to the nearest double for 10 and powers of 2.
private func integer<Unit: FixedWidthInteger & UnsignedInteger>(
  _ digits: UnsafeBufferPointer<Unit>, radix: Int
) -> Double {
  if digits.isEmpty { return .nan }
  var value = 0
  for unit in digits {
    if value >= 1 << 47 {
      if radix == 10 { return decimal(digits) }
      if radix & (radix - 1) == 0 { return binary(digits, radix: radix) }
      return inParts(digits, radix: radix)
    }
    value = value * radix + digitValue(unit)
  }
  return Double(value)
}

/// Many digits of a power of 2: the first 53 bits, then round half to even.
private func binary<Unit: FixedWidthInteger & UnsignedInteger>(
  _ digits: UnsafeBufferPointer<Unit>, radix: Int
) -> Double {
  let width = radix.trailingZeroBitCount
  var mantissa: UInt64 = 0
  var dropped = 0
  var isSticky = false
  for unit in digits {
    let digit = UInt64(digitValue(unit))
    for bit in stride(from: width - 1, through: 0, by: -1) {
      let isSet = digit >> UInt64(bit) & 1 == 1
      if mantissa >> 53 == 0 {
        mantissa = mantissa << 1 | (isSet ? 1 : 0)
      } else {
        dropped += 1
        if isSet { isSticky = true }
      }
    }
  }
  // 54 bits: the last one is the rounding bit.
  if mantissa >> 53 == 1 {
    let up = mantissa & 1 == 1 && (isSticky || mantissa & 2 == 2)
    mantissa = (mantissa >> 1) + (up ? 1 : 0)
    dropped += 1
  }
  return dropped > 1100 ? .infinity : scalbn(Double(mantissa), Int32(dropped))
}

/// The other radixes, where ECMA-262 allows an approximation: as V8, in parts as large as 32 bits hold.
private func inParts<Unit: FixedWidthInteger & UnsignedInteger>(
  _ digits: UnsafeBufferPointer<Unit>, radix: Int
) -> Double {
  var value = 0.0
  var index = digits.prefix { $0 == 48 }.count
  while index < digits.count {
    var part = 0
    var multiplier = 1
    while index < digits.count && multiplier * radix <= 0xffff_ffff / 36 {
      part = part * radix + digitValue(digits[index])
      multiplier *= radix
      index += 1
    }
    value = value * Double(multiplier) + Double(part)
  }
  return value
}

/// Decimal digits too many for an integer.
private func decimal<Unit: FixedWidthInteger & UnsignedInteger>(_ text: UnsafeBufferPointer<Unit>) -> Double {
  let string = String(unsafeUninitializedCapacity: text.count) { bytes in
    for (index, unit) in text.enumerated() { bytes[index] = UInt8(truncatingIfNeeded: unit) }
    return text.count
  }
  return Double(string) ?? .nan
}

/// Powers of ten that doubles hold exactly.
private func exactPowerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<exponent { power *= 10 }
  return power
}

/// A decimal literal's scan: what was seen, and where.
private struct DecimalScan {
  var mantissa: UInt64 = 0
  /// Digits after the first significant one.
  var significantDigits = 0
  var hasDigits = false
  var scale = 0
  var end = 0

  mutating func scan<Unit: FixedWidthInteger & UnsignedInteger>(
    digitsOf text: UnsafeBufferPointer<Unit>, areFraction: Bool
  ) {
    while end < text.count && text[end] &- 48 < 10 {
      hasDigits = true
      let digit = UInt64(text[end] - 48)
      if significantDigits > 0 || digit > 0 { significantDigits += 1 }
      if significantDigits <= 18 { mantissa = mantissa * 10 + digit }
      if areFraction { scale -= 1 }
      end += 1
    }
  }

  /// An exponent part, if a whole one stands here.
  mutating func scanExponent<Unit: FixedWidthInteger & UnsignedInteger>(_ text: UnsafeBufferPointer<Unit>) {
    var index = end
    guard index < text.count, text[index] | 32 == 101 else { return }
    index += 1
    var isNegative = false
    if index < text.count && (text[index] == 43 || text[index] == 45) {
      isNegative = text[index] == 45
      index += 1
    }
    guard index < text.count, text[index] &- 48 < 10 else { return }
    var exponent = 0
    while index < text.count && text[index] &- 48 < 10 {
      if exponent < 1_000_000_000 { exponent = exponent * 10 + Int(text[index] - 48) }
      index += 1
    }
    scale += isNegative ? -exponent : exponent
    end = index
  }
}

/// The longest prefix that is a StrDecimalLiteral; NaN and an end of 0 when there is none.
private func decimalPrefix<Unit: FixedWidthInteger & UnsignedInteger>(
  _ text: UnsafeBufferPointer<Unit>, end: inout Int
) -> Double {
  var scan = DecimalScan()
  var isNegative = false
  if let first = text.first, first == 43 || first == 45 {
    isNegative = first == 45
    scan.end = 1
  }
  if let afterInfinity = matchInfinity(text, at: scan.end) {
    end = afterInfinity
    return isNegative ? -.infinity : .infinity
  }
  let start = scan.end
  scan.scan(digitsOf: text, areFraction: false)
  if scan.end < text.count && text[scan.end] == 46 {
    let point = scan.end
    scan.end += 1
    scan.scan(digitsOf: text, areFraction: true)
    if !scan.hasDigits { scan.end = point }
  }
  if !scan.hasDigits {
    end = 0
    return .nan
  }
  scan.scanExponent(text)
  end = scan.end
  let value = decimalValue(scan, text, from: start)
  return isNegative ? -value : value
}

private func decimalValue<Unit: FixedWidthInteger & UnsignedInteger>(
  _ scan: DecimalScan, _ text: UnsafeBufferPointer<Unit>, from start: Int
) -> Double {
  if scan.significantDigits == 0 { return 0 }
  // Both operands exact: one correctly rounded operation gives the correctly rounded result.
  if scan.significantDigits <= 18 && scan.mantissa < 1 << 53 && scan.scale.magnitude <= 22 {
    let power = exactPowerOfTen(Int(scan.scale.magnitude))
    return scan.scale < 0 ? Double(scan.mantissa) / power : Double(scan.mantissa) * power
  }
  return decimal(UnsafeBufferPointer(rebasing: text[start..<scan.end]))
}

private func matchInfinity<Unit: FixedWidthInteger & UnsignedInteger>(
  _ text: UnsafeBufferPointer<Unit>, at start: Int
) -> Int? {
  let name: StaticString = "Infinity"
  guard text.count - start >= name.utf8CodeUnitCount else { return nil }
  for index in 0..<name.utf8CodeUnitCount where text[start + index] != Unit(name.utf8Start[index]) { return nil }
  return start + name.utf8CodeUnitCount
}

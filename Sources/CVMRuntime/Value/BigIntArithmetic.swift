import CVMDispatch

/// The binary operators that BigInts have.
enum BigIntOperator {
  case add, subtract, multiply, divide, remainder, exponentiate
  case and, or, xor, shiftLeft, shiftRight
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The result of an operator on two BigInts; `exceptionMarker` after raising an error, or `retry` without effects when
  /// memory must be collected or an interrupt handled first.
  func bigIntOperation(_ operation: BigIntOperator, _ a: Value, _ b: Value) -> Value {
    switch operation {
    case .add: bigIntAdd(bigInt(a), bigInt(b), negateSecond: false)
    case .subtract: bigIntAdd(bigInt(a), bigInt(b), negateSecond: true)
    case .multiply: bigIntMultiply(bigInt(a), bigInt(b))
    case .divide: bigIntDivide(a, b, wantsRemainder: false)
    case .remainder: bigIntDivide(a, b, wantsRemainder: true)
    case .exponentiate: bigIntPower(a, b)
    case .and, .or, .xor: bigIntBitwise(operation, bigInt(a), bigInt(b))
    case .shiftLeft: bigIntShift(a, b, isLeft: true)
    case .shiftRight: bigIntShift(a, b, isLeft: false)
    }
  }

  /// -a.
  func bigIntNegate(_ a: Value) -> Value {
    let x = bigInt(a)
    guard canAllocate(x.count * 8) else { return .retry }
    return makeBigInt(x.limbs, x.count, isNegative: !x.isNegative)
  }

  /// ~a, which is -a - 1.
  func bigIntNot(_ a: Value) -> Value { bigIntAddSmall(a, 1, negateResult: true) }
  func bigIntIncrement(_ a: Value) -> Value { bigIntAddSmall(a, 1, negateResult: false) }
  func bigIntDecrement(_ a: Value) -> Value { bigIntAddSmall(a, -1, negateResult: false) }

  private func bigIntAddSmall(_ a: Value, _ number: Int, negateResult: Bool) -> Value {
    var limb = Limb(number.magnitude)
    return withUnsafePointer(to: &limb) { limb in
      let sum = bigIntAdd(
        bigInt(a), BigIntView(limbs: limb, count: 1, isNegative: number < 0), negateSecond: false)
      guard negateResult, sum.isBigInt else { return sum }
      // The sum was made just now: nobody else has it.
      let cell = cell(sum)
      return finishBigInt(cell, isNegative: cell.flags & CellFlag.negative == 0)
    }
  }

  private func bigIntAdd(_ a: BigIntView, _ b: BigIntView, negateSecond: Bool) -> Value {
    let bNegative = b.isNegative != negateSecond
    if a.isNegative == bNegative {
      let (long, short) = a.count >= b.count ? (a, b) : (b, a)
      let count = long.count + 1
      guard canAllocate(count * 8) else { return .retry }
      let result = makeBigInt(limbCount: count)
      bigIntLimbs(result)[count - 1] = Magnitude.add(
        bigIntLimbs(result), long.limbs, long.count, short.limbs, short.count)
      return checkedSize(finishBigInt(result, isNegative: a.isNegative))
    }
    let order = Magnitude.compare(a.limbs, a.count, b.limbs, b.count)
    let (large, small) = order >= 0 ? (a, b) : (b, a)
    guard canAllocate(large.count * 8) else { return .retry }
    let result = makeBigInt(limbCount: large.count)
    Magnitude.subtract(bigIntLimbs(result), large.limbs, large.count, small.limbs, small.count)
    return finishBigInt(result, isNegative: order >= 0 ? a.isNegative : bNegative)
  }

  private func checkedSize(_ value: Value) -> Value {
    bigInt(value).bitLength <= BigIntLimit.bits ? value : throwBigIntTooBig()
  }

  /// A finished result, or `retry` when the work was broken off.
  private func finishLong(_ cell: Cell, isNegative: Bool) -> Value {
    if machine.mustStop && cell.shape > 64 { return .retry }
    return checkedSize(finishBigInt(cell, isNegative: isNegative))
  }

  private func bigIntMultiply(_ a: BigIntView, _ b: BigIntView) -> Value {
    if a.isZero || b.isZero { return makeBigInt(0) }
    guard a.bitLength + b.bitLength - 1 <= BigIntLimit.bits else { return throwBigIntTooBig() }
    let count = a.count + b.count
    guard canAllocate(count * 8) else { return .retry }
    let result = makeBigInt(limbCount: count)
    Magnitude.multiply(bigIntLimbs(result), a.limbs, a.count, b.limbs, b.count, bigIntWork)
    return finishLong(result, isNegative: a.isNegative != b.isNegative)
  }

  private func bigIntDivide(_ a: Value, _ b: Value, wantsRemainder: Bool) -> Value {
    let (x, y) = (bigInt(a), bigInt(b))
    if y.isZero { return throwRangeError("Division by zero") }
    if Magnitude.compare(x.limbs, x.count, y.limbs, y.count) < 0 { return wantsRemainder ? a : makeBigInt(0) }
    guard canAllocate((x.count + 1) * 16) else { return .retry }
    let quotient = makeBigInt(limbCount: x.count - y.count + 1)
    let rest = makeBigInt(limbCount: x.count + 1)
    bigIntLimbs(rest).update(from: x.limbs, count: x.count)
    bigIntLimbs(rest)[x.count] = 0
    bigIntLimbs(quotient)[x.count - y.count] = 0
    Magnitude.divide(bigIntLimbs(quotient), bigIntLimbs(rest), x.count, y.limbs, y.count, bigIntWork)
    if machine.mustStop && x.count > 64 { return .retry }
    return wantsRemainder
      ? finishBigInt(rest, isNegative: x.isNegative)
      : finishBigInt(quotient, isNegative: x.isNegative != y.isNegative)
  }

  private func bigIntPower(_ a: Value, _ b: Value) -> Value {
    let (base, exponent) = (bigInt(a), bigInt(b))
    if exponent.isNegative { return throwRangeError("Exponent must be non-negative") }
    if exponent.isZero { return makeBigInt(1) }
    if base.isZero { return a }
    if base.count == 1 && base.limbs[0] == 1 {
      return base.isNegative && exponent.limbs[0] & 1 == 0 ? makeBigInt(1) : a
    }
    guard exponent.count == 1, exponent.limbs[0] <= Limb(BigIntLimit.bits),
      (base.bitLength - 1) * Int(exponent.limbs[0]) < BigIntLimit.bits
    else { return throwBigIntTooBig() }
    let power = Int(exponent.limbs[0])
    if base.count == 1 && base.limbs[0].nonzeroBitCount == 1 {
      let isNegative = base.isNegative && power % 2 != 0
      return shiftedLeft(makeBigInt(isNegative ? -1 : 1), by: base.limbs[0].trailingZeroBitCount * power)
    }
    let limbs = Array(UnsafeBufferPointer(start: base.limbs, count: base.count))
    guard let result = Magnitude.power(limbs, power, bigIntWork) else { return .retry }
    let value = makeBigIntChecked(result, isNegative: base.isNegative && power % 2 != 0)
    return value.isBigInt ? checkedSize(value) : value
  }

  // MARK: Bits

  /// The limb of the two's complement form, as if it went on for ever.
  @inline(__always)
  private func twosComplementLimb(_ x: BigIntView, _ i: Int, _ carry: inout Limb) -> Limb {
    let limb = i < x.count ? x.limbs[i] : 0
    guard x.isNegative else { return limb }
    let (sum, overflow) = (~limb).addingReportingOverflow(carry)
    carry = overflow ? 1 : 0
    return sum
  }

  private func bigIntBitwise(_ operation: BigIntOperator, _ a: BigIntView, _ b: BigIntView) -> Value {
    let count = Swift.max(a.count, b.count) + 1
    guard canAllocate(count * 8) else { return .retry }
    let result = makeBigInt(limbCount: count)
    let limbs = bigIntLimbs(result)
    var (aCarry, bCarry): (Limb, Limb) = (1, 1)
    for i in 0..<count {
      let x = twosComplementLimb(a, i, &aCarry)
      let y = twosComplementLimb(b, i, &bCarry)
      limbs[i] = operation == .and ? x & y : operation == .or ? x | y : x ^ y
    }
    let isNegative = limbs[count - 1] >> 63 != 0
    if isNegative { negateInPlace(limbs, count) }
    return checkedSize(finishBigInt(result, isNegative: isNegative))
  }

  private func negateInPlace(_ limbs: MutableLimbs, _ count: Int) {
    for i in 0..<count { limbs[i] = ~limbs[i] }
    Magnitude.addLimb(limbs, count, 1)
  }

  private func bigIntShift(_ a: Value, _ b: Value, isLeft: Bool) -> Value {
    let (x, distance) = (bigInt(a), bigInt(b))
    if x.isZero || distance.isZero { return a }
    let isHuge = distance.count > 1 || distance.limbs[0] > Limb(BigIntLimit.bits)
    if isLeft != distance.isNegative {
      return isHuge ? throwBigIntTooBig() : shiftedLeft(a, by: Int(distance.limbs[0]))
    }
    if isHuge || Int(distance.limbs[0]) >= x.bitLength { return makeBigInt(x.isNegative ? -1 : 0) }
    return shiftedRight(a, by: Int(distance.limbs[0]))
  }

  private func shiftedLeft(_ a: Value, by bits: Int) -> Value {
    let x = bigInt(a)
    guard x.bitLength + bits <= BigIntLimit.bits else { return throwBigIntTooBig() }
    let count = x.count + bits / 64 + 1
    guard canAllocate(count * 8) else { return .retry }
    let result = makeBigInt(limbCount: count)
    let limbs = bigIntLimbs(result)
    limbs.update(repeating: 0, count: bits / 64)
    limbs[count - 1] = Magnitude.shiftLeft(limbs + bits / 64, x.limbs, x.count, bits % 64)
    return finishBigInt(result, isNegative: x.isNegative)
  }

  /// Rounds towards negative infinity.
  private func shiftedRight(_ a: Value, by bits: Int) -> Value {
    let x = bigInt(a)
    let count = x.count - bits / 64
    guard canAllocate(count * 8) else { return .retry }
    let result = makeBigInt(limbCount: count + 1)
    let limbs = bigIntLimbs(result)
    Magnitude.shiftRight(limbs, x.limbs + bits / 64, count, bits % 64)
    limbs[count] = 0
    if x.isNegative && !x.isZero(below: bits) { Magnitude.addLimb(limbs, count + 1, 1) }
    return finishBigInt(result, isNegative: x.isNegative)
  }

  /// BigInt.asUintN: the value modulo 2^bits.
  func bigIntAsUintN(_ bits: Int, _ a: Value) -> Value {
    let x = bigInt(a)
    if bits == 0 || x.isZero { return makeBigInt(0) }
    if !x.isNegative && x.bitLength <= bits { return a }
    guard bits <= BigIntLimit.bits else { return throwBigIntTooBig() }
    return truncated(x, bits)
  }

  /// The lowest bits of the two's complement form.
  private func truncated(_ x: BigIntView, _ bits: Int) -> Value {
    let count = (bits + 63) / 64
    guard canAllocate(count * 8) else { return .retry }
    let result = makeBigInt(limbCount: count)
    let limbs = bigIntLimbs(result)
    var carry: Limb = 1
    for i in 0..<count { limbs[i] = twosComplementLimb(x, i, &carry) }
    if bits % 64 != 0 { limbs[count - 1] &= 1 << Limb(bits % 64) - 1 }
    return finishBigInt(result, isNegative: false)
  }

  /// BigInt.asIntN: the value modulo 2^bits, between -2^(bits-1) and 2^(bits-1) - 1.
  func bigIntAsIntN(_ bits: Int, _ a: Value) -> Value {
    let x = bigInt(a)
    if bits == 0 || x.isZero { return makeBigInt(0) }
    if x.bitLength < bits { return a }
    if x.isNegative && x.bitLength == bits && x.isZero(below: bits - 1) { return a }
    let low = truncated(x, bits)
    guard low.isBigInt, bigInt(low).bit(bits - 1) else { return low }
    // Negative: low - 2^bits.
    let y = bigInt(low)
    let count = (bits + 63) / 64
    let result = makeBigInt(limbCount: count)
    let limbs = bigIntLimbs(result)
    for i in 0..<count { limbs[i] = ~(i < y.count ? y.limbs[i] : 0) }
    if bits % 64 != 0 { limbs[count - 1] &= 1 << Limb(bits % 64) - 1 }
    Magnitude.addLimb(limbs, count, 1)
    return finishBigInt(result, isNegative: true)
  }
}

extension Magnitude {
  /// base to the power of an exponent that is not zero; nil when interrupted.
  static func power(_ base: [Limb], _ exponent: Int, _ work: BigIntWork) -> [Limb]? {
    var result = base
    var bit = Int.bitWidth - exponent.leadingZeroBitCount - 2
    while bit >= 0 {
      guard let square = product(result, result, work) else { return nil }
      result = square
      if exponent >> bit & 1 != 0 {
        guard let next = product(result, base, work) else { return nil }
        result = next
      }
      bit -= 1
    }
    return result
  }

  /// The product without leading zeros; nil when interrupted.
  static func product(_ a: [Limb], _ b: [Limb], _ work: BigIntWork) -> [Limb]? {
    if a.isEmpty || b.isEmpty { return [] }
    var result = [Limb](unsafeUninitializedCapacity: a.count + b.count) { buffer, count in
      multiply(buffer.baseAddress.unsafelyUnwrapped, a, a.count, b, b.count, work)
      count = a.count + b.count
    }
    if work.isInterrupted { return nil }
    while result.last == 0 { result.removeLast() }
    return result
  }
}

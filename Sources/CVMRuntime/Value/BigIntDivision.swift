extension Magnitude {
  static let recursiveDivisionThreshold = 60

  /// quotient = a / b, and the remainder in place of `a`. `b` is normalised; `quotient` has room for
  /// `aCount - bCount + 1` limbs, `a` for one more than `aCount`.
  static func divide(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    if bCount == 1 {
      let remainder = divide(quotient, a, aCount, by: b[0])
      a.update(repeating: 0, count: aCount)
      a[0] = remainder
      return
    }
    if bCount < recursiveDivisionThreshold || aCount - bCount < recursiveDivisionThreshold {
      return divideSchoolbook(quotient, a, aCount, b, bCount, work)
    }
    divideInBlocks(quotient, a, aCount, b, bCount, work)
  }

  /// Knuth's algorithm D with any divisor of at least two limbs.
  private static func divideSchoolbook(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    let shift = b[bCount - 1].leadingZeroBitCount
    withUnsafeTemporaryAllocation(of: Limb.self, capacity: bCount) { divisor in
      let divisor = divisor.baseAddress.unsafelyUnwrapped
      shiftLeft(divisor, b, bCount, shift)
      a[aCount] = shiftLeft(a, a, aCount, shift)
      divideNormalized(quotient, a, aCount + 1, divisor, bCount, work)
      shiftRight(a, a, aCount + 1, shift)
    }
  }

  /// Algorithm D: the divisor's top bit is set. The quotient has `aCount - bCount` limbs: a's top limbs are below b.
  private static func divideNormalized(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    let top = b[bCount - 1]
    let next = b[bCount - 2]
    var j = aCount - bCount - 1
    while j >= 0 {
      let digit = estimate(a[j + bCount], a[j + bCount - 1], a[j + bCount - 2], top, next)
      var found = digit
      let borrow = multiplySubtract(a + j, b, bCount, digit)
      let (rest, isNegative) = a[j + bCount].subtractingReportingOverflow(borrow)
      a[j + bCount] = rest
      if isNegative {
        found &-= 1
        a[j + bCount] &+= add(a + j, a + j, bCount, b, bCount)
      }
      quotient[j] = found
      j -= 1
      if bCount > 1 << 13 || j & 0x3ff == 0, work.isInterrupted { return }
    }
  }

  /// A digit of the quotient that is right or one too big.
  @inline(__always)
  private static func estimate(_ u2: Limb, _ u1: Limb, _ u0: Limb, _ top: Limb, _ next: Limb) -> Limb {
    var digit = Limb.max
    var remainder: Limb
    if u2 >= top {
      let (sum, overflow) = u1.addingReportingOverflow(top)
      if overflow { return digit }
      remainder = sum
    } else {
      (digit, remainder) = top.dividingFullWidth((u2, u1))
    }
    while true {
      let product = digit.multipliedFullWidth(by: next)
      if product.high < remainder || (product.high == remainder && product.low <= u0) { return digit }
      digit &-= 1
      let (sum, overflow) = remainder.addingReportingOverflow(top)
      if overflow { return digit }
      remainder = sum
    }
  }

  /// Burnikel and Ziegler: the dividend in blocks as long as the (padded) divisor, each divided recursively.
  private static func divideInBlocks(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    var parts = 1
    while bCount / parts >= recursiveDivisionThreshold { parts *= 2 }
    let size = (bCount + parts - 1) / parts * parts
    let pad = size - bCount
    let shift = b[bCount - 1].leadingZeroBitCount
    let blockCount = (aCount + pad + 1 + size - 1) / size
    let total = (blockCount + 1) * size
    withUnsafeTemporaryAllocation(of: Limb.self, capacity: size + total + blockCount * size) { memory in
      let divisor = memory.baseAddress.unsafelyUnwrapped
      let dividend = divisor + size
      let digits = dividend + total
      divisor.update(repeating: 0, count: pad)
      shiftLeft(divisor + pad, b, bCount, shift)
      dividend.update(repeating: 0, count: total)
      dividend[pad + aCount] = shiftLeft(dividend + pad, a, aCount, shift)
      var block = blockCount - 1
      while block >= 0 {
        divide2By1(digits + block * size, dividend + block * size, divisor, size, work)
        if work.isInterrupted { return }
        block -= 1
      }
      quotient.update(from: digits, count: aCount - bCount + 1)
      a.update(repeating: 0, count: aCount + 1)
      shiftRight(a, dividend + pad, bCount, shift)
    }
  }

  /// Divides 2n limbs, the upper half below the divisor, by n limbs: n limbs of quotient, the remainder in the lower half
  /// of `a` (the upper one is zero then).
  private static func divide2By1(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ b: Limbs, _ count: Int, _ work: BigIntWork
  ) {
    if count % 2 != 0 || count < recursiveDivisionThreshold {
      return divideNormalized(quotient, a, 2 * count, b, count, work)
    }
    let half = count / 2
    divide3By2(quotient + half, a + half, b, half, work)
    divide3By2(quotient, a, b, half, work)
  }

  /// Divides 3h limbs by 2h limbs: h limbs of quotient, the remainder in the lower 2h limbs of `a`.
  private static func divide3By2(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ b: Limbs, _ half: Int, _ work: BigIntWork
  ) {
    if work.isInterrupted { return }
    let upper = b + half
    if compareEqualLength(a + 2 * half, upper, half) < 0 {
      divide2By1(quotient, a + half, upper, half, work)
    } else {
      quotient.update(repeating: .max, count: half)
      subtract(a + 2 * half, a + 2 * half, half, upper, half)
      addLimb(a + 2 * half, half, add(a + half, a + half, half, upper, half))
    }
    withUnsafeTemporaryAllocation(of: Limb.self, capacity: 2 * half) { product in
      let product = product.baseAddress.unsafelyUnwrapped
      multiply(product, quotient, half, b, half, work)
      var borrow = subtract(a, a, 3 * half, product, 2 * half)
      while borrow != 0 && !work.isInterrupted {
        takeOne(quotient, half)
        borrow &-= add(a, a, 3 * half, b, 2 * half)
      }
    }
  }

  private static func compareEqualLength(_ a: Limbs, _ b: Limbs, _ count: Int) -> Int {
    compare(a, count, b, count)
  }

  private static func takeOne(_ limbs: MutableLimbs, _ count: Int) {
    for i in 0..<count {
      limbs[i] &-= 1
      if limbs[i] != .max { return }
    }
  }
}

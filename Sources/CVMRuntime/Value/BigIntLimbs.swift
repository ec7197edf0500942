/// A digit of a BigInt's magnitude in base 2^64, least significant first.
typealias Limb = UInt64
typealias Limbs = UnsafePointer<Limb>
typealias MutableLimbs = UnsafeMutablePointer<Limb>

/// Whether long arithmetic must end early: its result is garbage then and must be dropped.
struct BigIntWork {
  let vm: VM

  /// Not inlined, so that loops really look each time.
  @inline(never) var isInterrupted: Bool { vm.machine.mustStop }
}

/// Arithmetic on magnitudes: natural numbers as limbs, least significant first.
enum Magnitude {
  /// How many of `count` limbs are left without the leading zeros.
  @inline(__always) static func significant(_ limbs: Limbs, _ count: Int) -> Int {
    var count = count
    while count > 0 && limbs[count - 1] == 0 { count -= 1 }
    return count
  }

  static func bitLength(_ limbs: Limbs, _ count: Int) -> Int {
    count == 0 ? 0 : count * 64 - limbs[count - 1].leadingZeroBitCount
  }

  /// Compares normalised magnitudes: negative, zero or positive.
  static func compare(_ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> Int {
    if aCount != bCount { return aCount - bCount }
    var i = aCount - 1
    while i >= 0 {
      if a[i] != b[i] { return a[i] < b[i] ? -1 : 1 }
      i -= 1
    }
    return 0
  }

  /// result = a + b where a is not shorter; the carry. `result` may be `a`.
  @discardableResult
  static func add(_ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> Limb {
    var carry: Limb = 0
    for i in 0..<bCount {
      let (sum, first) = a[i].addingReportingOverflow(b[i])
      let (total, second) = sum.addingReportingOverflow(carry)
      result[i] = total
      carry = first || second ? 1 : 0
    }
    return propagate(result, a, bCount, aCount, carry)
  }

  private static func propagate(_ result: MutableLimbs, _ a: Limbs, _ from: Int, _ to: Int, _ start: Limb) -> Limb {
    var carry = start
    var i = from
    if carry == 0 && UnsafePointer(result) == a { return 0 }
    while i < to {
      let (sum, overflow) = a[i].addingReportingOverflow(carry)
      result[i] = sum
      carry = overflow ? 1 : 0
      i += 1
    }
    return carry
  }

  /// result = a - b where a is not shorter; the borrow. `result` may be `a` or `b`.
  @discardableResult
  static func subtract(_ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> Limb {
    var borrow: Limb = 0
    for i in 0..<bCount {
      let (difference, first) = a[i].subtractingReportingOverflow(b[i])
      let (total, second) = difference.subtractingReportingOverflow(borrow)
      result[i] = total
      borrow = first || second ? 1 : 0
    }
    var i = bCount
    while i < aCount {
      let (difference, overflow) = a[i].subtractingReportingOverflow(borrow)
      result[i] = difference
      borrow = overflow ? 1 : 0
      i += 1
    }
    return borrow
  }

  /// result += a * factor over `count` limbs; what goes beyond them.
  @inline(__always)
  static func multiplyAdd(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ factor: Limb) -> Limb {
    var carry: Limb = 0
    for i in 0..<count {
      var (high, low) = a[i].multipliedFullWidth(by: factor)
      let (first, overflow) = low.addingReportingOverflow(carry)
      if overflow { high &+= 1 }
      low = first
      let (second, again) = low.addingReportingOverflow(result[i])
      if again { high &+= 1 }
      result[i] = second
      carry = high
    }
    return carry
  }

  /// result -= a * factor over `count` limbs; what must be taken from beyond them.
  @inline(__always)
  static func multiplySubtract(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ factor: Limb) -> Limb {
    var borrow: Limb = 0
    for i in 0..<count {
      var (high, low) = a[i].multipliedFullWidth(by: factor)
      let (first, overflow) = low.addingReportingOverflow(borrow)
      if overflow { high &+= 1 }
      low = first
      let (second, again) = result[i].subtractingReportingOverflow(low)
      if again { high &+= 1 }
      result[i] = second
      borrow = high
    }
    return borrow
  }

  /// result = a << shift with 0 <= shift < 64; the bits that fall out at the top. `result` may be `a` or lie above it.
  @discardableResult
  static func shiftLeft(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ shift: Int) -> Limb {
    guard shift > 0 else {
      result.update(from: a, count: count)
      return 0
    }
    var above: Limb = 0
    var i = count - 1
    while i >= 0 {
      let limb = a[i]
      if i == count - 1 { above = limb >> Limb(64 - shift) }
      result[i] = limb << Limb(shift) | (i > 0 ? a[i - 1] >> Limb(64 - shift) : 0)
      i -= 1
    }
    return above
  }

  /// result = a >> shift with 0 <= shift < 64. `result` may be `a` or lie below it.
  static func shiftRight(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ shift: Int) {
    guard shift > 0 else { return result.update(from: a, count: count) }
    for i in 0..<count {
      result[i] = a[i] >> Limb(shift) | (i + 1 < count ? a[i + 1] << Limb(64 - shift) : 0)
    }
  }

  /// Adds one limb in place; the carry.
  @discardableResult
  static func addLimb(_ result: MutableLimbs, _ count: Int, _ limb: Limb) -> Limb {
    var carry = limb
    var i = 0
    while carry != 0 && i < count {
      let (sum, overflow) = result[i].addingReportingOverflow(carry)
      result[i] = sum
      carry = overflow ? 1 : 0
      i += 1
    }
    return carry
  }

  /// Divides in place by one limb; the remainder.
  static func divide(_ result: MutableLimbs, _ a: Limbs, _ count: Int, by divisor: Limb) -> Limb {
    var remainder: Limb = 0
    var i = count - 1
    while i >= 0 {
      (result[i], remainder) = divisor.dividingFullWidth((remainder, a[i]))
      i -= 1
    }
    return remainder
  }

  // MARK: Multiplication

  static let karatsubaThreshold = 34

  /// result = a * b; `result` has room for both counts together and overlaps neither.
  static func multiply(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    if aCount < bCount { return multiply(result, b, bCount, a, aCount, work) }
    if bCount < karatsubaThreshold { return multiplySchoolbook(result, a, aCount, b, bCount, work) }
    withUnsafeTemporaryAllocation(of: Limb.self, capacity: 4 * bCount + 512) { scratch in
      let scratch = scratch.baseAddress.unsafelyUnwrapped
      if aCount == bCount { return karatsuba(result, a, b, bCount, scratch, work) }
      multiplyInSlices(result, a, aCount, b, bCount, scratch, work)
    }
  }

  private static func multiplySchoolbook(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ work: BigIntWork
  ) {
    result.update(repeating: 0, count: aCount + bCount)
    for j in 0..<bCount {
      result[aCount + j] = multiplyAdd(result + j, a, aCount, b[j])
      if aCount > 1 << 14 && work.isInterrupted { return }
    }
  }

  /// Multiplies the longer factor slice by slice, each as long as the shorter one.
  private static func multiplyInSlices(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ scratch: MutableLimbs,
    _ work: BigIntWork
  ) {
    result.update(repeating: 0, count: aCount + bCount)
    withUnsafeTemporaryAllocation(of: Limb.self, capacity: 2 * bCount) { product in
      let product = product.baseAddress.unsafelyUnwrapped
      var start = 0
      while start < aCount && !work.isInterrupted {
        let count = min(bCount, aCount - start)
        if count == bCount {
          karatsuba(product, a + start, b, bCount, scratch, work)
        } else {
          multiply(product, b, bCount, a + start, count, work)
        }
        add(result + start, result + start, aCount + bCount - start, product, count + bCount)
        start += count
      }
    }
  }

  /// result = a * b, both of `count` limbs.
  private static func karatsuba(
    _ result: MutableLimbs, _ a: Limbs, _ b: Limbs, _ count: Int, _ scratch: MutableLimbs, _ work: BigIntWork
  ) {
    if count < karatsubaThreshold { return multiplySchoolbook(result, a, count, b, count, work) }
    if count > 256 && work.isInterrupted { return }
    let low = (count + 1) / 2
    let high = count - low
    karatsuba(result, a, b, low, scratch, work)
    karatsuba(result + 2 * low, a + low, b + low, high, scratch, work)
    let isNegative =
      absoluteDifference(scratch, a, low, a + low, high)
      != absoluteDifference(scratch + low, b, low, b + low, high)
    let cross = scratch + 2 * low
    karatsuba(cross, scratch, scratch + low, low, scratch + 4 * low, work)
    // The middle term: low product + high product -+ cross product.
    let middle = scratch
    var top = add(middle, result, 2 * low, result + 2 * low, 2 * high)
    if isNegative {
      top &+= add(middle, middle, 2 * low, cross, 2 * low)
    } else {
      top &-= subtract(middle, middle, 2 * low, cross, 2 * low)
    }
    let rest = result + low
    let carry = add(rest, rest, 2 * low, middle, 2 * low) &+ top
    addLimb(rest + 2 * low, 2 * count - 3 * low, carry)
  }

  /// result = |a - b| in `aCount` limbs, b not longer; whether a < b.
  private static func absoluteDifference(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int
  ) -> Bool {
    let isLess = compare(a, significant(a, aCount), b, significant(b, bCount)) < 0
    if isLess {
      // b is at most as long as a's significant part would be: the limbs of a above are zero.
      subtract(result, b, bCount, a, bCount)
      for i in bCount..<aCount { result[i] = 0 }
    } else {
      subtract(result, a, aCount, b, bCount)
    }
    return isLess
  }
}

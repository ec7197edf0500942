import Glibc

/// The sum of doubles without rounding in between: a fixed-point number wide enough for all of them.
struct ExactSum {
  /// Of 32 bits each, with room for carries; the lowest bit of the first one stands for 2^-1074.
  private var limbs = [Int64](repeating: 0, count: 70)
  private var pending = 0
  private var infinities: (positive: Bool, negative: Bool) = (false, false)
  private var hasNaN = false
  /// Whether nothing but negative zeros was added.
  private var isMinusZero = true

  mutating func add(_ value: Double) {
    guard value.isFinite else {
      if value.isNaN {
        hasNaN = true
      } else if value > 0 {
        infinities.positive = true
      } else {
        infinities.negative = true
      }
      return
    }
    if value != 0 || value.sign == .plus { isMinusZero = false }
    if value == 0 { return }
    let isNormal = value.exponentBitPattern != 0
    let position = isNormal ? Int(value.exponentBitPattern) - 1 : 0
    let mantissa = Int64(value.significandBitPattern | (isNormal ? 1 << 52 : 0))
    let (limb, shift) = (position / 32, position % 32)
    let low = UInt64(mantissa & 0xffff_ffff) << UInt64(shift)
    let high = UInt64(mantissa >> 32) << UInt64(shift)
    let sign: Int64 = value.sign == .minus ? -1 : 1
    limbs[limb] += sign * Int64(low & 0xffff_ffff)
    limbs[limb + 1] += sign * Int64((low >> 32) + (high & 0xffff_ffff))
    limbs[limb + 2] += sign * Int64(high >> 32)
    pending += 1
    if pending == 1 << 20 { carry() }
  }

  /// Brings all limbs but the last one into 0..<2^32.
  private mutating func carry() {
    pending = 0
    for i in 0..<limbs.count - 1 {
      limbs[i + 1] += limbs[i] >> 32
      limbs[i] &= 0xffff_ffff
    }
  }

  /// The nearest double.
  var value: Double {
    if hasNaN || (infinities.positive && infinities.negative) { return .nan }
    if infinities.positive { return .infinity }
    if infinities.negative { return -.infinity }
    if isMinusZero { return -0.0 }
    var sum = self
    sum.carry()
    let isNegative = sum.limbs[sum.limbs.count - 1] < 0
    if isNegative {
      for i in sum.limbs.indices { sum.limbs[i] = -sum.limbs[i] }
      sum.carry()
    }
    return isNegative ? -sum.magnitude : sum.magnitude
  }

  private var magnitude: Double {
    guard let top = limbs.lastIndex(where: { $0 != 0 }) else { return 0 }
    let bitCount = top * 32 + 64 - limbs[top].leadingZeroBitCount
    let dropped = max(bitCount - 53, 0)
    var mantissa: UInt64 = 0
    for position in stride(from: bitCount - 1, through: dropped, by: -1) { mantissa = mantissa << 1 | bit(position) }
    if dropped > 0, bit(dropped - 1) == 1, mantissa & 1 == 1 || (0..<dropped - 1).contains(where: { bit($0) == 1 }) {
      mantissa += 1
    }
    return scalbn(Double(mantissa), Int32(dropped - 1074))
  }

  private func bit(_ position: Int) -> UInt64 { UInt64(limbs[position / 32] >> Int64(position % 32) & 1) }
}

/// The nearest number that a 16-bit float can hold.
func nearestHalf(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value }
  let magnitude = abs(value)
  if magnitude >= 65520 { return value > 0 ? .infinity : -.infinity }
  let quantum = scalbn(1.0, Int32(max(Int(magnitude.exponent), -14) - 10))
  let rounded = (magnitude / quantum).rounded(.toNearestOrEven) * quantum
  return value < 0 ? -rounded : rounded
}

extension Machine {
  func addNumberIntrinsics() {
    natives.addIntrinsic("ExactSum", .list) { vm, frame, _ in
      let list = vm.cell(frame[0])
      var sum = ExactSum()
      for i in 0..<vm.denseLength(list) {
        if i & 0x1fff == 0 && vm.machine.mustStop { return .retry }
        let element = vm.arrayElements(list)[i]
        sum.add(element.isNumber ? element.asNumber : .nan)
      }
      return Value(number: sum.value)
    }
  }
}

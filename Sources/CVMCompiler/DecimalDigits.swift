/// The decimal digits of a BigInt literal, which is what it is called as a property key.
enum DecimalDigits {
  static func of(_ literal: [UInt16]) -> [UInt16] {
    var digits = literal[...]
    var radix: UInt64 = 10
    if literal.count > 2, literal[0] == 0x30 {
      switch literal[1] | 0x20 {
      case 0x78: radix = 16
      case 0x6f: radix = 8
      case 0x62: radix = 2
      default: break
      }
      if radix != 10 { digits = literal[2...] }
    }
    // Nine decimal digits a limb, the lowest first.
    var limbs: [UInt64] = [0]
    for unit in digits {
      var carry = UInt64(unit <= 0x39 ? unit - 0x30 : (unit | 0x20) - 0x57)
      for index in limbs.indices {
        let value = limbs[index] * radix + carry
        limbs[index] = value % 1_000_000_000
        carry = value / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    var text = String(limbs[limbs.count - 1])
    for limb in limbs.dropLast().reversed() {
      let part = String(limb)
      text += String(repeating: "0", count: 9 - part.utf8.count) + part
    }
    return Array(text.utf16)
  }
}

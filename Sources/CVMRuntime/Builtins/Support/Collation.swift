import CVMDispatch

/// The order of texts for people, close to the root collation of Unicode: base letters first, then accents, then case.
private struct CollationKey {
  var primary: [UInt32] = []
  /// Accents with the number of base characters before them.
  var secondary: [UInt32] = []
  var tertiary: [UInt8] = []

  /// What a unit of a text takes here at most: in the text, as UTF-8, and in arrays that grow.
  static let bytesPerUnit = 4 + 3 + 3 * 9

  private static let punctuation = Array("\t\n\u{b}\u{c}\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)
  fileprivate static let ranks: [UInt32] = {
    var ranks = [UInt32](repeating: 0, count: 128)
    for (rank, scalar) in punctuation.enumerated() { ranks[Int(scalar.value)] = UInt32(rank + 1) }
    for digit in 0x30...0x39 { ranks[digit] = UInt32(0x100 + digit) }
    for letter in 0x41...0x5a {
      ranks[letter] = UInt32(0x200 + letter)
      ranks[letter + 32] = UInt32(0x200 + letter)
    }
    return ranks
  }()

  init(_ units: [UInt16]) {
    for scalar in String(decoding: units, as: UTF16.self).unicodeScalars {
      if scalar.properties.canonicalCombiningClass != .notReordered {
        secondary += [UInt32(primary.count), scalar.value]
        continue
      }
      if scalar.value < 128 {
        let rank = Self.ranks[Int(scalar.value)]
        // Control characters do not count.
        if rank == 0 { continue }
        primary.append(rank)
      } else {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        primary.append(lower.value + 0x1000)
      }
      tertiary.append(scalar.properties.isUppercase ? 1 : 0)
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// -1, 0 or 1 as one text is before, equal to or behind another; nil when it was interrupted.
  func collationOrder(_ a: StringView, _ b: StringView) -> Int32? {
    if let order = plainOrder(a, b) { return order }
    guard let first = normalized(a, .decomposed),
      let second = normalized(b, .decomposed, besides: first.count * 4),
      canAllocate((first.count + second.count) * CollationKey.bytesPerUnit)
    else { return nil }
    let (x, y) = (CollationKey(first), CollationKey(second))
    func order<T: Comparable>(_ a: [T], _ b: [T]) -> Int32 {
      a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
    }
    let primary = order(x.primary, y.primary)
    if primary != 0 { return primary }
    let secondary = order(x.secondary, y.secondary)
    return secondary != 0 ? secondary : order(x.tertiary, y.tertiary)
  }

  /// As `collationOrder` of two texts of printable ASCII; nil for others.
  private func plainOrder(_ a: StringView, _ b: StringView) -> Int32? {
    guard let x = a.latin1, let y = b.latin1, max(a.count, b.count) <= 1 << 13 else { return nil }
    let ranks = CollationKey.ranks
    func isPlain(_ view: StringView) -> Bool { (0..<view.count).allSatisfy { 32..<127 ~= view[$0] } }
    guard isPlain(a), isPlain(b) else { return nil }
    for i in 0..<min(a.count, b.count) {
      let (first, second) = (ranks[Int(x[i])], ranks[Int(y[i])])
      if first != second { return first < second ? -1 : 1 }
    }
    if a.count != b.count { return a.count < b.count ? -1 : 1 }
    // Lower case stands first.
    for i in 0..<a.count where x[i] != y[i] { return x[i] > y[i] ? -1 : 1 }
    return 0
  }
}

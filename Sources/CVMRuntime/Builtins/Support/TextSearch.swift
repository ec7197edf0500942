/// Looks for a long text in time that grows with the length of both, not with their product (Knuth, Morris and Pratt).
struct TextSearch {
  private let wanted: StringView

  init(_ wanted: StringView) { self.wanted = wanted }

  func first(in text: StringView, from start: Int) -> Int? {
    guard start + wanted.count <= text.count else { return nil }
    let end = position(start..<text.count, { text[$0] }, { wanted[$0] })
    return end.map { $0 - wanted.count }
  }

  /// The last place at or before `start`.
  func last(in text: StringView, from start: Int) -> Int? {
    let limit = min(start, text.count - wanted.count)
    guard limit >= 0 else { return nil }
    let (end, last) = (limit + wanted.count, wanted.count - 1)
    let found = position(0..<end, { text[end - 1 - $0] }, { wanted[last - $0] })
    return found.map { end - $0 }
  }

  /// The end of the first occurrence.
  private func position(
    _ range: Range<Int>, _ unit: (Int) -> UInt16, _ pattern: (Int) -> UInt16
  ) -> Int? {
    // How long a beginning of the pattern ends at each of its places.
    var borders = [Int32](repeating: 0, count: wanted.count)
    var length = 0
    for i in 1..<wanted.count {
      while length > 0 && pattern(i) != pattern(length) { length = Int(borders[length - 1]) }
      if pattern(i) == pattern(length) { length += 1 }
      borders[i] = Int32(length)
    }
    length = 0
    for i in range {
      let next = unit(i)
      while length > 0 && next != pattern(length) { length = Int(borders[length - 1]) }
      if next == pattern(length) { length += 1 }
      if length == wanted.count { return i + 1 }
    }
    return nil
  }
}

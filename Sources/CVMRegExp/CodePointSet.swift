/// A set of code points (or, in patterns without `u` and `v`, of code units) as sorted ranges that do not touch.
package struct CodePointSet: Hashable, Sendable {
  struct Range: Hashable, Sendable {
    var first: UInt32
    var last: UInt32
  }

  private(set) var ranges: [Range] = []

  static let empty = CodePointSet()
  static let everything = CodePointSet(0, 0x10FFFF)

  init() {}

  init(_ first: UInt32, _ last: UInt32) {
    ranges = [Range(first: first, last: last)]
  }

  package init(_ single: UInt32) {
    self.init(single, single)
  }

  init(_ pairs: [(UInt32, UInt32)]) {
    self.init(unsorted: pairs.map { Range(first: $0.0, last: $0.1) })
  }

  init(unsorted: [Range]) {
    for range in unsorted.sorted(by: { $0.first < $1.first }) { append(range) }
  }

  var isEmpty: Bool { ranges.isEmpty }

  var count: Int { ranges.reduce(0) { $0 + Int($1.last - $1.first) + 1 } }

  /// The only member, if there is just one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].first == ranges[0].last else { return nil }
    return ranges[0].first
  }

  /// Whether members need more than one code unit, or are halves of a pair.
  var needsCodePoints: Bool {
    ranges.contains { $0.last >= 0xD800 && $0.first <= 0xDFFF || $0.last > 0xFFFF }
  }

  package func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].first <= value
  }

  /// Adds a range that does not start before the last one does.
  mutating func append(_ range: Range) {
    if let last = ranges.last, range.first <= last.last &+ 1 {
      ranges[ranges.count - 1].last = max(last.last, range.last)
    } else {
      ranges.append(range)
    }
  }

  mutating func insert(_ first: UInt32, _ last: UInt32) {
    if let end = ranges.last, first < end.first {
      self = union(CodePointSet(first, last))
    } else {
      append(Range(first: first, last: last))
    }
  }

  func union(_ other: CodePointSet) -> CodePointSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    var result = CodePointSet()
    var left = ranges[...]
    var right = other.ranges[...]
    while let a = left.first, let b = right.first {
      if a.first <= b.first {
        result.append(a)
        left.removeFirst()
      } else {
        result.append(b)
        right.removeFirst()
      }
    }
    for range in left { result.append(range) }
    for range in right { result.append(range) }
    return result
  }

  func intersection(_ other: CodePointSet) -> CodePointSet {
    var result = CodePointSet()
    var i = 0
    var j = 0
    while i < ranges.count && j < other.ranges.count {
      let a = ranges[i]
      let b = other.ranges[j]
      let first = max(a.first, b.first)
      let last = min(a.last, b.last)
      if first <= last { result.append(Range(first: first, last: last)) }
      if a.last < b.last { i += 1 } else { j += 1 }
    }
    return result
  }

  func isDisjoint(with other: CodePointSet) -> Bool {
    var i = 0
    var j = 0
    while i < ranges.count && j < other.ranges.count {
      let a = ranges[i]
      let b = other.ranges[j]
      if max(a.first, b.first) <= min(a.last, b.last) { return false }
      if a.last < b.last { i += 1 } else { j += 1 }
    }
    return true
  }

  /// All code points that are not members.
  var complement: CodePointSet {
    var result = CodePointSet()
    var next: UInt32 = 0
    for range in ranges {
      if range.first > next { result.append(Range(first: next, last: range.first - 1)) }
      next = range.last + 1
    }
    if next <= 0x10FFFF { result.append(Range(first: next, last: 0x10FFFF)) }
    return result
  }

  func subtracting(_ other: CodePointSet) -> CodePointSet {
    intersection(other.complement)
  }
}

extension CodePointSet {
  static let digits = CodePointSet(0x30, 0x39)
  static let wordCharacters = CodePointSet([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
  package static let lineTerminators = CodePointSet([(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
  static let whiteSpace = CodePointSet([
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
    (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
  ])
}

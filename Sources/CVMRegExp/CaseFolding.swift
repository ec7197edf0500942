/// The abstract operation Canonicalize (ECMA-262, 22.2.2.7.3): simple case folding in patterns with `u` or `v`,
/// upper case of single code units in others.
package struct CaseFolding: Sendable {
  /// Sorted by `from`; what is not here maps to itself.
  private let mapping: [(from: UInt32, to: UInt32)]
  /// The members of each class of two or more, by the code point that they map to.
  private let classes: [UInt32: [UInt32]]
  /// What the first 256 code points map to.
  private let small: [UInt32]

  static let unicode = CaseFolding(UnicodeTables.simpleCaseFolding)
  static let legacy = CaseFolding(UnicodeTables.simpleUppercase)

  package static func matching(_ flags: RegExpFlags) -> CaseFolding {
    flags.readsCodePoints ? unicode : legacy
  }

  private init(_ table: StaticString) {
    guard var reader = UnicodeTableReader(table, named: "*") else { preconditionFailure("no table of case mappings") }
    let mapping = reader.readMap()
    var classes: [UInt32: [UInt32]] = [:]
    for (from, to) in mapping { classes[to, default: [to]].append(from) }
    self.mapping = mapping
    self.classes = classes
    var small = Array<UInt32>(0..<256)
    for (from, to) in mapping where from < 256 { small[Int(from)] = to }
    self.small = small
  }

  package func canonicalize(_ value: UInt32) -> UInt32 {
    if value < 256 { return small[Int(value)] }
    let index = lowerBound(value)
    return index < mapping.count && mapping[index].from == value ? mapping[index].to : value
  }

  private func lowerBound(_ value: UInt32) -> Int {
    var low = 0
    var high = mapping.count
    while low < high {
      let middle = (low + high) / 2
      if mapping[middle].from < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// All that compare equal to `value`.
  func closure(of value: UInt32) -> CodePointSet {
    let target = canonicalize(value)
    guard let members = classes[target] else { return CodePointSet(value) }
    return CodePointSet(unsorted: members.map { CodePointSet.Range(first: $0, last: $0) })
  }

  /// All that compare equal to some member of `set`.
  func closure(_ set: CodePointSet) -> CodePointSet {
    var extra: [CodePointSet.Range] = []
    func add(_ value: UInt32) { extra.append(CodePointSet.Range(first: value, last: value)) }
    for range in set.ranges {
      var index = lowerBound(range.first)
      while index < mapping.count && mapping[index].from <= range.last {
        for member in classes[mapping[index].to] ?? [] { add(member) }
        index += 1
      }
    }
    for (target, members) in classes where set.contains(target) { members.forEach(add) }
    return extra.isEmpty ? set : set.union(CodePointSet(unsorted: extra))
  }

  /// Each member replaced by what it maps to.
  func fold(_ set: CodePointSet) -> CodePointSet {
    var kept = set
    var targets: [CodePointSet.Range] = []
    var sources: [CodePointSet.Range] = []
    for range in set.ranges {
      var index = lowerBound(range.first)
      while index < mapping.count && mapping[index].from <= range.last {
        sources.append(CodePointSet.Range(first: mapping[index].from, last: mapping[index].from))
        targets.append(CodePointSet.Range(first: mapping[index].to, last: mapping[index].to))
        index += 1
      }
    }
    if sources.isEmpty { return set }
    kept = kept.subtracting(CodePointSet(unsorted: sources))
    return kept.union(CodePointSet(unsorted: targets))
  }

  /// The code points that map to themselves.
  var canonical: CodePointSet {
    CodePointSet(unsorted: mapping.map { CodePointSet.Range(first: $0.from, last: $0.from) }).complement
  }
}

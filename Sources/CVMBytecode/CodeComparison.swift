/// How the functions of two versions of a program correspond: by name, kind and place, those with the same code first.
public struct CodeComparison {
  /// What has become of a function.
  public enum Fate: Hashable, Sendable {
    /// The same code, perhaps elsewhere in the text.
    case unchanged
    /// Other code that finds all it captures in closures of the old one.
    case changed
    /// Other code that captures what closures of the old one do not hold.
    case capturesMore([String])
    /// Another kind of function, such as a generator or a class, has its place and name.
    case otherKind
    case gone
  }

  /// A function of the old version.
  public struct Function: Sendable {
    public let block: CodeBlock
    /// The new version of it; nil when it is gone.
    public let successor: CodeBlock?
  }

  /// The functions of the old version, each before those nested in it, in the order of the text; the first is the program.
  public private(set) var functions: [Function] = []
  /// The names of functions of the new version that no old one corresponds to.
  public private(set) var added: [String] = []

  /// Compares two programs. O(n log n) in the size of both.
  public init(_ old: CodeBlock, _ new: CodeBlock) {
    // What is still to be compared, the next last.
    var pending: [(old: CodeBlock, new: CodeBlock?)] = [(old, new)]
    while let (old, new) = pending.popLast() {
      functions.append(Function(block: old, successor: new))
      let (pairs, added) = Self.pairs(old.nested, new?.nested ?? [])
      self.added += added.map { String(decoding: $0.name, as: UTF16.self) }
      pending += zip(old.nested, pairs).reversed()
    }
  }

  /// What becomes of a function when another one takes its place.
  public static func fate(of old: CodeBlock, replacedBy new: CodeBlock?) -> Fate {
    guard let new else { return .gone }
    if content(of: old) == content(of: new) { return .unchanged }
    if old.kind != new.kind { return .otherKind }
    let held = Set(old.captures.map(\.name))
    let missing = new.captures.map(\.name).filter { !held.contains($0) }
    return missing.isEmpty ? .changed : .capturesMore(missing.map { String(decoding: $0, as: UTF16.self) })
  }

  /// What tells functions with the same place in the text apart.
  private struct Key: Hashable {
    let name: [UInt16]
    let kind: CodeBlock.Kind
  }

  /// The new function of each old one, and the new ones that are left.
  private static func pairs(_ old: [CodeBlock], _ new: [CodeBlock]) -> (pairs: [CodeBlock?], added: [CodeBlock]) {
    var found = [Int?](repeating: nil, count: old.count)
    var isTaken = [Bool](repeating: false, count: new.count)
    func match<K: Hashable>(_ key: (CodeBlock) -> K) {
      var candidates: [K: [Int]] = [:]
      for index in new.indices.reversed() where !isTaken[index] {
        candidates[key(new[index]), default: []].append(index)
      }
      for index in old.indices where found[index] == nil {
        guard let match = candidates[key(old[index])]?.popLast() else { continue }
        found[index] = match
        isTaken[match] = true
      }
    }
    match { [Array("\($0.kind)".utf8), content(of: $0)] }
    match { Key(name: $0.name, kind: $0.kind) }
    match { $0.name.isEmpty ? [UInt16($0.kind.rawValue)] : $0.name + [UInt16.max] }
    return (found.map { $0.map { new[$0] } }, new.indices.filter { !isTaken[$0] }.map { new[$0] })
  }

  /// A function without those nested in it, and without where it stands in the text.
  private static func content(of block: CodeBlock) -> [UInt8] {
    var block = block
    block.nested = []
    block.sourceMap = SourceMap()
    (block.sourceStart, block.sourceEnd) = (0, 0)
    for index in block.globalDeclarations.indices {
      (block.globalDeclarations[index].start, block.globalDeclarations[index].end) = (0, 0)
    }
    return CodeBlockCoder.encodeFields(block)
  }
}

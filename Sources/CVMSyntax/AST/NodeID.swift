/// The index of a node in its `SyntaxTree`.
@frozen
public struct NodeID: Hashable, Sendable {
  public let index: UInt32

  @inlinable
  public init(index: UInt32) {
    self.index = index
  }

  /// The operand value that stands for "no child"; no real node has it.
  @inlinable
  public static var none: NodeID { NodeID(index: 0) }

  /// The id itself, or nil when it stands for "no child".
  @inlinable
  public var present: NodeID? { index == 0 ? nil : self }
}

/// The id of an interned string: identifier, property name, string value, template piece or literal text.
///
/// Two ids of one tree are equal exactly when their UTF-16 code units are.
@frozen
public struct NameID: Hashable, Sendable {
  public let index: UInt32

  @inlinable
  public init(index: UInt32) {
    self.index = index
  }

  /// The operand value that stands for "no name".
  @inlinable
  public static var none: NameID { NameID(index: 0) }

  /// The id itself, or nil when it stands for "no name".
  @inlinable
  public var present: NameID? { index == 0 ? nil : self }
}

/// A range of UTF-8 byte offsets in a source file.
@frozen
public struct SourceRange: Hashable, Sendable {
  public var start: UInt32
  public var end: UInt32

  @inlinable
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// The smallest range that holds both.
  @inlinable
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(start: min(start, other.start), end: max(end, other.end))
  }

  @inlinable
  public var length: Int { Int(end) - Int(start) }
}

/// One record of the tree; what its operands mean depends on `kind`, and `SyntaxTree`'s typed views say it.
@frozen
public struct Node: Sendable {
  public var kind: NodeKind
  /// The raw value of the operator, declaration kind or property kind.
  public var detail: UInt8
  public var flags: NodeFlags
  public var start: UInt32
  public var end: UInt32
  public var a: UInt32
  public var b: UInt32
  public var c: UInt32
}

/// Properties of a node that are either there or not.
@frozen
public struct NodeFlags: OptionSet, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The expression stands in parentheses; its range is the inner one.
  public static let parenthesized = NodeFlags(rawValue: 1 << 0)
  /// A member access or call is written with `?.`.
  public static let optional = NodeFlags(rawValue: 1 << 1)
  /// `{x}` in an object literal or pattern.
  public static let shorthand = NodeFlags(rawValue: 1 << 2)
  /// A class member is static.
  public static let isStatic = NodeFlags(rawValue: 1 << 3)
  /// `++x` rather than `x++`.
  public static let prefix = NodeFlags(rawValue: 1 << 4)
  /// `yield*`.
  public static let delegate = NodeFlags(rawValue: 1 << 5)
  /// `for await`.
  public static let isAwait = NodeFlags(rawValue: 1 << 6)
  /// A string statement of the directive prologue.
  public static let directive = NodeFlags(rawValue: 1 << 7)
  /// A comma stands after the rest or spread element.
  static let commaAfterSpread = NodeFlags(rawValue: 1 << 8)
}

/// The children of a node that come as a list; a window on the tree, without a copy.
public struct NodeList: RandomAccessCollection, Sendable {
  @usableFromInline let tree: SyntaxTree
  @usableFromInline let base: Int
  public let count: Int

  init(tree: SyntaxTree, reference: UInt32) {
    self.tree = tree
    if reference == 0 {
      base = 0
      count = 0
    } else {
      base = Int(reference) + 1
      count = Int(tree.lists[Int(reference)])
    }
  }

  private init(tree: SyntaxTree, base: Int, count: Int) {
    self.tree = tree
    self.base = base
    self.count = count
  }

  func dropFirstElement() -> NodeList {
    count == 0 ? self : NodeList(tree: tree, base: base + 1, count: count - 1)
  }

  @inlinable
  public var startIndex: Int { 0 }

  @inlinable
  public var endIndex: Int { count }

  @inlinable
  public subscript(position: Int) -> NodeID {
    precondition(position >= 0 && position < count, "node list index out of range")
    return NodeID(index: tree.lists[base + position])
  }
}

/// The syntax tree of one source: an arena of small records, read through typed views.
///
/// Left-associative chains (`a + b + c`, `a.b.c`, `f()()`), and `else if` chains, may nest 100,000 deep: consumers walk
/// `left`, `object`, `callee` and `alternate` in a loop. All other nesting is bounded by `ParseOptions.nestingLimit`.
public final class SyntaxTree: Sendable {
  public let source: SourceFile
  /// The `.program` node.
  public let root: NodeID
  public let names: NameTable
  /// Whether `await` stands outside of every function.
  public let hasTopLevelAwait: Bool
  /// What the top level uses, as `FunctionInfo.facts` says it for functions.
  public let topLevelFacts: FunctionFacts
  /// How the program behaves.
  public let language: LanguageDialect
  @usableFromInline let nodes: [Node]
  @usableFromInline let lists: [UInt32]
  let functions: [FunctionRecord]

  init(
    source: SourceFile, root: NodeID, builder: consuming TreeBuilder, names: NameTable, hasTopLevelAwait: Bool,
    topLevelFacts: FunctionFacts, language: LanguageDialect
  ) {
    self.language = language
    self.source = source
    self.root = root
    self.names = names
    self.hasTopLevelAwait = hasTopLevelAwait
    self.topLevelFacts = topLevelFacts
    nodes = builder.nodes
    lists = builder.lists
    functions = builder.functions
  }

  // MARK: Any node

  /// The number of records, that at index 0 included; every `NodeID.index` is below it.
  @inlinable
  public var nodeCount: Int { nodes.count }

  @inlinable
  public func node(_ id: NodeID) -> Node { nodes[Int(id.index)] }

  @inlinable
  public func kind(_ id: NodeID) -> NodeKind { nodes[Int(id.index)].kind }

  @inlinable
  public func range(_ id: NodeID) -> SourceRange {
    let node = nodes[Int(id.index)]
    return SourceRange(start: node.start, end: node.end)
  }

  @inlinable
  public func isParenthesized(_ id: NodeID) -> Bool { nodes[Int(id.index)].flags.contains(.parenthesized) }

  /// The text of an interned string; lone surrogates become U+FFFD.
  public func text(_ name: NameID) -> String { names.text(name) }

  // MARK: Shapes that several kinds share

  /// The name of an identifier, binding, property name, private name, string or BigInt literal, or `super.name`.
  @inlinable
  public func name(_ id: NodeID) -> NameID { NameID(index: nodes[Int(id.index)].a) }

  /// The only child of a node that always has one.
  @inlinable
  public func operand(_ id: NodeID) -> NodeID { NodeID(index: nodes[Int(id.index)].a) }

  /// The only child of a node that may have none: `return;`.
  @inlinable
  public func optionalOperand(_ id: NodeID) -> NodeID? { NodeID(index: nodes[Int(id.index)].a).present }

  /// The elements of an array, object, sequence, super call or pattern.
  public func elements(_ id: NodeID) -> NodeList { list(nodes[Int(id.index)].a) }

  /// The statements of a program or block.
  public func body(_ id: NodeID) -> NodeList { list(nodes[Int(id.index)].a) }

  func list(_ reference: UInt32) -> NodeList { NodeList(tree: self, reference: reference) }
}

import CVMBytecode
import CVMSyntax

/// The calls `heap(12)` of a statement.
enum HeapReferences {
  struct Reference {
    let id: UInt64
    let range: SourceRange
  }

  /// All calls of `heap` with one literal number, unless the statement has a `heap` of its own.
  static func find(in tree: SyntaxTree) -> [Reference] {
    var references: [Reference] = []
    for index in 1..<max(UInt32(tree.nodeCount), 1) {
      let node = NodeID(index: index)
      switch tree.kind(node) {
      case .bindingIdentifier:
        if tree.text(tree.name(node)) == "heap" { return [] }
      case .call:
        let call = tree.call(node)
        guard tree.kind(call.callee) == .identifierReference, tree.text(tree.name(call.callee)) == "heap",
          call.arguments.count == 1, let argument = call.arguments.first, tree.kind(argument) == .numberLiteral,
          let id = UInt64(tree.source.text(in: tree.range(argument)))
        else { continue }
        references.append(Reference(id: id, range: tree.range(node)))
      default: continue
      }
    }
    return references
  }
}

/// What the last statement of a text declares.
enum DeclaredNames {
  static func lastStatementIsExpression(_ tree: SyntaxTree) -> Bool {
    lastStatement(tree).map { tree.kind($0) == .expressionStatement } ?? false
  }

  private static func lastStatement(_ tree: SyntaxTree) -> NodeID? {
    tree.body(tree.root).last { tree.kind($0) != .emptyStatement }
  }

  static func ofLastStatement(_ tree: SyntaxTree, among declarations: [GlobalDeclaration]) -> [String] {
    guard let last = lastStatement(tree) else { return [] }
    switch tree.kind(last) {
    case .variableDeclaration, .functionDeclaration, .classDeclaration: break
    default: return []
    }
    let range = tree.range(last)
    var names: [String] = []
    for declaration in declarations where declaration.start >= range.start && declaration.end <= range.end {
      let name = String(decoding: declaration.name, as: UTF16.self)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

import CVMSyntax

/// A condition of a task, or a part of it, as far as its text tells what it is about.
struct GoalExpression {
  enum Form: Equatable {
    case same(String, String)
    case different(String, String)
    case other
  }

  let text: String
  private(set) var form = Form.other
  /// Variables that it mentions and does not declare itself.
  private(set) var names: [String] = []

  init(_ text: String) {
    self.text = text
    guard let (tree, expression) = Self.expression(text) else { return }
    if tree.kind(expression) == .binary {
      let info = tree.binary(expression)
      let (left, right) = (Self.text(info.left, tree), Self.text(info.right, tree))
      switch info.op {
      case .strictEqual, .equal: form = .same(left, right)
      case .strictNotEqual, .notEqual: form = .different(left, right)
      default: break
      }
    }
    var declared: Set<String> = []
    for index in 1..<max(UInt32(tree.nodeCount), 1) {
      let node = NodeID(index: index)
      switch tree.kind(node) {
      case .bindingIdentifier: declared.insert(tree.text(tree.name(node)))
      case .identifierReference:
        let name = tree.text(tree.name(node))
        if !names.contains(name) { names.append(name) }
      default: continue
      }
    }
    names.removeAll { declared.contains($0) || $0 == "undefined" }
  }

  /// Whether a text is an expression.
  static func isExpression(_ text: String) -> Bool { expression(text) != nil }

  /// The same condition of another variable.
  static func replacing(_ name: String, with other: String, in text: String) -> String {
    guard let (tree, _) = expression(text) else { return text }
    var ranges: [SourceRange] = []
    for index in 1..<max(UInt32(tree.nodeCount), 1) {
      let node = NodeID(index: index)
      if tree.kind(node) == .identifierReference, tree.text(tree.name(node)) == name { ranges.append(tree.range(node)) }
    }
    var bytes = Array(tree.source.bytes)
    for range in ranges.sorted(by: { $0.start > $1.start }) {
      bytes.replaceSubrange(Int(range.start)..<Int(range.end), with: other.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The parts of a condition that must all hold.
  static func clauses(of text: String) -> [String] {
    guard let (tree, expression) = expression(text) else { return [text] }
    var clauses: [String] = []
    var waiting = [expression]
    while let node = waiting.popLast() {
      if tree.kind(node) == .logical, case let info = tree.logical(node), info.op == .and {
        waiting += [info.right, info.left]
      } else {
        clauses.append(Self.text(node, tree))
      }
    }
    return clauses
  }

  private static func expression(_ text: String) -> (tree: SyntaxTree, node: NodeID)? {
    let source = SourceFile(name: "[goal]", text: "(" + text + "\n)")
    let parsed = parse(source, options: ParseOptions(prefersObjectLiteral: false))
    guard !parsed.hasErrors else { return nil }
    let tree = parsed.tree
    let body = tree.body(tree.root)
    guard body.count == 1, let first = body.first, tree.kind(first) == .expressionStatement else { return nil }
    return (tree, tree.operand(first))
  }

  private static func text(_ node: NodeID, _ tree: SyntaxTree) -> String {
    let text = tree.source.text(in: tree.range(node))
    return tree.kind(node) == .assignment || tree.kind(node) == .conditional ? "(\(text))" : text
  }
}

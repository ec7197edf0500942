import CVMCompiler
import CVMRuntime
import CVMSyntax

/// A piece of program that is to run in the scope of a frame: a function of the frame's variables.
struct FrameScope {
  let frame: StackFrame
  /// The variables that it may use, which are the parameters.
  let variables: [StackFrame.Variable]
  /// Those that it assigns to; their values come with the result.
  let assigned: [StackFrame.Variable]
  /// Whether it changes something on purpose.
  let assigns: Bool
  /// The program whose value is the function.
  let source: SourceFile

  /// `tree` is the text as it was typed, without errors.
  init(_ tree: SyntaxTree, _ frame: StackFrame, reportsAssignments: Bool = true) {
    self.frame = frame
    variables = frame.variables.filter { $0.value != nil && $0.name != "arguments" }
    var targets: Set<String> = []
    var assigns = false
    for index in 1..<max(UInt32(tree.nodeCount), 1) {
      let node = NodeID(index: index)
      let target: NodeID
      switch tree.kind(node) {
      case .assignment: target = tree.assignment(node).target
      case .update: target = tree.update(node).target
      case .unary where tree.unary(node).op == .delete:
        assigns = true
        continue
      default: continue
      }
      assigns = true
      targets.formUnion(Self.names(in: target, tree))
    }
    self.assigns = assigns
    assigned = reportsAssignments ? variables.filter { targets.contains($0.name) } : []
    source = SourceFile(name: "[expression]", text: Self.function(of: tree, variables, assigned))
  }

  private static func names(in target: NodeID, _ tree: SyntaxTree) -> Set<String> {
    var names: Set<String> = []
    var pending = [target]
    while let node = pending.popLast() {
      switch tree.kind(node) {
      case .identifierReference, .bindingIdentifier: names.insert(tree.text(tree.name(node)))
      case .member, .index: continue
      default: pending += tree.children(node).map(\.id)
      }
    }
    return names
  }

  private static func function(
    of tree: SyntaxTree, _ variables: [StackFrame.Variable], _ assigned: [StackFrame.Variable]
  ) -> String {
    let statements = Array(tree.body(tree.root))
    func text(_ start: UInt32, _ end: UInt32) -> String { tree.source.text(in: SourceRange(start: start, end: end)) }
    let end = UInt32(tree.source.bytes.count)
    var body = text(0, end) + "\n"
    var value = "undefined"
    if let last = statements.last, tree.kind(last) == .expressionStatement {
      let range = tree.range(last)
      let expression = tree.range(tree.operand(last))
      value = "(" + text(range.start, max(expression.end, bodyEnd(range, tree))) + "\n)"
      body = text(0, range.start)
    }
    let names = assigned.map(\.name)
    if !names.isEmpty {
      // No name of the program's is shadowed: an array's elements are told in order.
      value = "[\(value), \(names.joined(separator: ", "))]"
    }
    return "(function(\(variables.map(\.name).joined(separator: ", "))) { \(body) return \(value)\n})"
  }

  /// The end of a statement without its semicolon.
  private static func bodyEnd(_ range: SourceRange, _ tree: SyntaxTree) -> UInt32 {
    var end = range.end
    while end > range.start, [0x3b, 0x20, 0x0a, 0x0d, 0x09].contains(tree.source.bytes[Int(end) - 1]) { end -= 1 }
    return end
  }
}

/// Writes a tree as indented text, a node a line.
public struct ASTDump {
  private let tree: SyntaxTree
  private let withRanges: Bool
  private var output = ""

  /// The text of a whole tree; with ranges each line ends in `@start..<end`.
  public static func text(of tree: SyntaxTree, withRanges: Bool = false) -> String {
    var dump = ASTDump(tree: tree, withRanges: withRanges)
    dump.write(tree.root)
    return dump.output
  }

  private init(tree: SyntaxTree, withRanges: Bool) {
    self.tree = tree
    self.withRanges = withRanges
  }

  private mutating func write(_ root: NodeID) {
    var pending: [(child: Child, depth: Int)] = [(Child(nil, root), 0)]
    while let (child, depth) = pending.popLast() {
      writeLine(child, depth)
      for child in tree.children(child.id).reversed() { pending.append((child, depth + 1)) }
    }
  }

  private static let indentationLimit = 100

  private mutating func writeLine(_ child: Child, _ depth: Int) {
    output += String(repeating: "  ", count: min(depth, Self.indentationLimit))
    if depth > Self.indentationLimit { output += "(\(depth)) " }
    if let role = child.role { output += role + ": " }
    output += "\(tree.kind(child.id))"
    let details = self.details(child.id)
    if !details.isEmpty { output += " " + details }
    if tree.isParenthesized(child.id) { output += " parenthesized" }
    if withRanges {
      let range = tree.range(child.id)
      output += " @\(range.start)..<\(range.end)"
    }
    output += "\n"
  }

  // MARK: Details

  private func details(_ id: NodeID) -> String {
    switch tree.kind(id) {
    case .identifierReference, .bindingIdentifier, .propertyName, .superMember: return tree.text(tree.name(id))
    case .privateName: return "#" + tree.text(tree.name(id))
    case .bigIntLiteral: return tree.text(tree.name(id)) + "n"
    case .stringLiteral: return quoted(tree.name(id))
    case .numberLiteral: return "\(tree.number(id))"
    case .regExpLiteral:
      let info = tree.regExp(id)
      return "/\(tree.text(info.pattern))/\(tree.text(info.flags))"
    case .templateElement: return templateElement(id)
    case .variableDeclaration: return tree.variableDeclaration(id).kind.text
    case .expressionStatement: return tree.isDirective(id) ? "directive" : ""
    case .continueStatement, .breakStatement: return tree.label(id).map(tree.text) ?? ""
    case .labeledStatement: return tree.text(tree.labeled(id).label)
    case .forOfStatement: return tree.forEach(id).isAwait ? "await" : ""
    case .functionDeclaration, .functionExpression, .arrowFunction, .classStaticBlock: return function(id)
    default: return operation(id)
    }
  }

  private func operation(_ id: NodeID) -> String {
    switch tree.kind(id) {
    case .unary: return tree.unary(id).op.text
    case .update: return tree.update(id).isPrefix ? "prefix " + tree.update(id).op.text : tree.update(id).op.text
    case .binary: return tree.binary(id).op.text
    case .logical: return tree.logical(id).op.text
    case .assignment: return tree.assignment(id).op.text
    case .member: return optional(tree.member(id).isOptional) + tree.text(tree.member(id).name)
    case .privateMember: return optional(tree.member(id).isOptional) + "#" + tree.text(tree.member(id).name)
    case .index: return tree.index(id).isOptional ? "?." : ""
    case .call: return tree.call(id).isOptional ? "?." : ""
    case .privateIn: return "#" + tree.text(tree.privateIn(id).name)
    case .yieldExpression: return tree.yield(id).isDelegate ? "*" : ""
    case .intrinsicCall: return "%" + tree.text(tree.intrinsicCall(id).name)
    case .property:
      let info = tree.property(id)
      return info.isShorthand ? "shorthand" : info.kind == .value ? "" : "\(info.kind)"
    case .patternProperty: return tree.patternProperty(id).isShorthand ? "shorthand" : ""
    case .classMethod:
      let info = tree.classMethod(id)
      return (info.isStatic ? "static " : "") + "\(info.kind)"
    case .classField: return tree.classField(id).isStatic ? "static" : ""
    default: return ""
    }
  }

  private func optional(_ isOptional: Bool) -> String { isOptional ? "?." : "." }

  private func function(_ id: NodeID) -> String {
    let info = tree.function(id)
    var words: [String] = []
    switch info.kind {
    case .declaration, .expression, .arrow, .staticBlock: break
    default: words.append("\(info.kind)")
    }
    if info.isAsync { words.append("async") }
    if info.isGenerator { words.append("generator") }
    if !info.facts.isEmpty { words.append("[\(info.facts.names.joined(separator: " "))]") }
    return words.joined(separator: " ")
  }

  private func templateElement(_ id: NodeID) -> String {
    let info = tree.templateElement(id)
    guard let cooked = info.cooked else { return "malformed raw " + quoted(info.raw) }
    return cooked == info.raw ? quoted(cooked) : quoted(cooked) + " raw " + quoted(info.raw)
  }

  /// The string in quotes, with escapes for what is not printable ASCII.
  private func quoted(_ name: NameID) -> String {
    var text = "\""
    switch tree.names.units(name) {
    case .latin1(let units): for unit in units { Self.append(UInt16(unit), to: &text) }
    case .utf16(let units): for unit in units { Self.append(unit, to: &text) }
    }
    return text + "\""
  }

  private static func append(_ unit: UInt16, to text: inout String) {
    switch unit {
    case 0x22: text += "\\\""
    case 0x5C: text += "\\\\"
    case 0x0A: text += "\\n"
    case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
    default:
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

extension FunctionFacts {
  /// The facts as words.
  var names: [String] {
    let all: [(FunctionFacts, String)] = [
      (.usesThis, "this"), (.usesArguments, "arguments"), (.usesSuperProperty, "super"), (.usesSuperCall, "super()"),
      (.usesNewTarget, "new.target"), (.containsYield, "yield"), (.containsAwait, "await"),
      (.containsFunctions, "functions"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

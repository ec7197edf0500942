import CVMRuntime
import CVMSyntax

/// A condition that is asked at many instructions: it is told from the tree, without running code, where that can be done.
final class FrameCondition {
  enum Problem: Error {
    /// It calls functions, or does something else that only running it tells.
    case needsRun
    case undefined(String)
  }

  private enum Item {
    case value(Value)
    case number(Double)
    case text([UInt16])
    case flag(Bool)
  }

  let text: String
  private let tree: SyntaxTree
  private let expression: NodeID?

  init(_ text: String) {
    self.text = text
    let parsed = parse(
      SourceFile(name: "[condition]", text: "(" + text + "\n)"), options: ParseOptions(prefersObjectLiteral: false))
    tree = parsed.tree
    let body = parsed.hasErrors ? nil : tree.body(tree.root)
    if let body, body.count == 1, let first = body.first, tree.kind(first) == .expressionStatement {
      expression = tree.operand(first)
    } else {
      expression = nil
    }
  }

  /// Whether it is an expression.
  var isValid: Bool { expression != nil }

  /// Whether only running it tells whether it holds.
  var calls: Bool {
    (1..<max(UInt32(tree.nodeCount), 1)).contains { index in
      switch tree.kind(NodeID(index: index)) {
      case .call, .newExpression, .taggedTemplate, .assignment, .update, .functionExpression, .arrowFunction: true
      default: false
      }
    }
  }

  /// Whether it holds in the innermost frame of a run that stands still.
  func holds(in machine: Machine) throws(Problem) -> Bool {
    guard let expression else { throw .needsRun }
    let scope = Scope(machine: machine, frame: machine.stackFrames(limit: 1).first)
    return isTrue(try value(expression, scope), machine)
  }

  private struct Scope {
    let machine: Machine
    let frame: StackFrame?
  }

  private func isTrue(_ item: Item, _ machine: Machine) -> Bool {
    switch item {
    case .value(let value): machine.isTruthy(value)
    case .number(let number): number != 0 && !number.isNaN
    case .text(let units): !units.isEmpty
    case .flag(let flag): flag
    }
  }

  private func item(_ value: Value, _ machine: Machine) -> Item {
    if value.isNumber { return .number(value.asNumber) }
    if value.isString { return .text(Array(machine.vm.text(value).utf16)) }
    if value == .true || value == .false { return .flag(value == .true) }
    return .value(value)
  }

  // MARK: Expressions

  /// Nesting is bounded: what nests deeper is run.
  private func value(_ node: NodeID, _ scope: Scope, _ depth: Int = 0) throws(Problem) -> Item {
    guard depth < 100 else { throw .needsRun }
    let machine = scope.machine
    switch tree.kind(node) {
    case .numberLiteral: return .number(tree.number(node))
    case .stringLiteral: return .text(Array(tree.text(tree.name(node)).utf16))
    case .trueLiteral: return .flag(true)
    case .falseLiteral: return .flag(false)
    case .nullLiteral: return .value(.null)
    case .identifierReference: return item(try variable(tree.text(tree.name(node)), scope), machine)
    case .thisExpression: return item(scope.frame?.this ?? .undefined, machine)
    case .member, .index: return try member(node, scope, depth)
    case .unary: return try unary(node, scope, depth)
    case .binary:
      let info = tree.binary(node)
      return try binary(info.op, try value(info.left, scope, depth + 1), try value(info.right, scope, depth + 1))
    case .logical:
      let info = tree.logical(node)
      let left = try value(info.left, scope, depth + 1)
      switch info.op {
      case .and: return isTrue(left, machine) ? try value(info.right, scope, depth + 1) : left
      case .or: return isTrue(left, machine) ? left : try value(info.right, scope, depth + 1)
      default:
        guard case .value(let value) = left, value.isNull || value.isUndefined else { return left }
        return try self.value(info.right, scope, depth + 1)
      }
    case .conditional:
      let info = tree.conditional(node)
      let test = isTrue(try value(info.test, scope, depth + 1), machine)
      return try value(test ? info.consequent : info.alternate, scope, depth + 1)
    default: throw .needsRun
    }
  }

  private func variable(_ name: String, _ scope: Scope) throws(Problem) -> Value {
    if name == "undefined" { return .undefined }
    if let variable = scope.frame?.variable(name) {
      guard let value = variable.value else { throw .undefined(name) }
      return value
    }
    guard
      let value = scope.machine.globalBinding(name)?.value ?? scope.machine.globalObjectProperty(name)
    else { throw .undefined(name) }
    return value
  }

  private func member(_ node: NodeID, _ scope: Scope, _ depth: Int) throws(Problem) -> Item {
    let isIndex = tree.kind(node) == .index
    let object = try value(isIndex ? tree.index(node).object : tree.member(node).object, scope, depth + 1)
    var name = isIndex ? "" : tree.text(tree.member(node).name)
    if isIndex {
      switch try value(tree.index(node).key, scope, depth + 1) {
      case .number(let number):
        guard let index = UInt32(exactly: number) else { throw .needsRun }
        name = "\(index)"
      case .text(let units): name = String(decoding: units, as: UTF16.self)
      case .value, .flag: throw .needsRun
      }
    }
    if case .text(let units) = object, name == "length" { return .number(Double(units.count)) }
    guard case .value(let value) = object, value.isObject else { throw .needsRun }
    if scope.machine.isArray(value), name == "length" { return .number(Double(scope.machine.arrayLength(value))) }
    if let found = scope.machine.peek(value, name) { return item(found, scope.machine) }
    // It is not there, or a getter.
    throw .needsRun
  }

  private func unary(_ node: NodeID, _ scope: Scope, _ depth: Int) throws(Problem) -> Item {
    let info = tree.unary(node)
    let operand = try value(info.operand, scope, depth + 1)
    switch info.op {
    case .logicalNot: return .flag(!isTrue(operand, scope.machine))
    case .minus: return .number(-(try number(operand)))
    case .plus: return .number(try number(operand))
    case .typeof:
      let name =
        switch operand {
        case .number: "number"
        case .text: "string"
        case .flag: "boolean"
        case .value(let value): value.isNull ? "object" : scope.machine.typeName(of: value)
        }
      return .text(Array(name.utf16))
    default: throw .needsRun
    }
  }

  private func number(_ item: Item) throws(Problem) -> Double {
    switch item {
    case .number(let number): return number
    case .flag(let flag): return flag ? 1 : 0
    case .value(let value) where value.isUndefined: return .nan
    case .value(let value) where value.isNull: return 0
    case .text, .value: throw .needsRun
    }
  }

  private func binary(_ op: BinaryOperator, _ left: Item, _ right: Item) throws(Problem) -> Item {
    switch op {
    case .strictEqual: return .flag(try isEqual(left, right))
    case .strictNotEqual: return .flag(!(try isEqual(left, right)))
    case .equal: return .flag(try isLooselyEqual(left, right))
    case .notEqual: return .flag(!(try isLooselyEqual(left, right)))
    default: break
    }
    if case .text(let a) = left, case .text(let b) = right {
      switch op {
      case .add: return .text(a + b)
      case .less: return .flag(a.lexicographicallyPrecedes(b))
      case .greater: return .flag(b.lexicographicallyPrecedes(a))
      case .lessOrEqual: return .flag(!b.lexicographicallyPrecedes(a))
      case .greaterOrEqual: return .flag(!a.lexicographicallyPrecedes(b))
      default: throw .needsRun
      }
    }
    let (a, b) = (try number(left), try number(right))
    switch op {
    case .add: return .number(a + b)
    case .subtract: return .number(a - b)
    case .multiply: return .number(a * b)
    case .divide: return .number(a / b)
    case .remainder: return .number(a.truncatingRemainder(dividingBy: b))
    case .less: return .flag(a < b)
    case .lessOrEqual: return .flag(a <= b)
    case .greater: return .flag(a > b)
    case .greaterOrEqual: return .flag(a >= b)
    default: throw .needsRun
    }
  }

  private func isEqual(_ left: Item, _ right: Item) throws(Problem) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): return a == b
    case (.text(let a), .text(let b)): return a == b
    case (.flag(let a), .flag(let b)): return a == b
    case (.value(let a), .value(let b)):
      if a.isBigInt || b.isBigInt { throw .needsRun }
      return a == b
    default: return false
    }
  }

  private func isLooselyEqual(_ left: Item, _ right: Item) throws(Problem) -> Bool {
    switch (left, right) {
    case (.number, .number), (.text, .text), (.flag, .flag): return try isEqual(left, right)
    case (.value(let a), .value(let b)):
      if a.isBigInt || b.isBigInt { throw .needsRun }
      return a == b || ((a.isNull || a.isUndefined) && (b.isNull || b.isUndefined))
    case (.value(let value), _) where value.isNull || value.isUndefined: return false
    case (_, .value(let value)) where value.isNull || value.isUndefined: return false
    default: throw .needsRun
    }
  }
}

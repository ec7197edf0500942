import CVMSyntax

/// The value of a literal.
enum ConstantValue: Equatable {
  case number(Double)
  case string(NameID)
  /// null, false or true.
  case special(Int)
}

/// How the 256 registers of a frame are shared out.
enum Limits {
  /// More variables than these at a time are kept in an array.
  static let variables = 120
  /// More parameters are taken from the extra arguments.
  static let parameters = 120
  /// Longer argument lists go through an array; elements of literals are added one by one from here on.
  static let arguments = 32
  /// An expression inside of others that hold more registers becomes a function of its own.
  static let pressure = 50
}

extension SyntaxTree {
  /// The value that a literal, or a literal with a minus before it, stands for.
  func literal(_ node: NodeID) -> ConstantValue? {
    switch kind(node) {
    case .numberLiteral: return .number(number(node))
    case .stringLiteral: return .string(name(node))
    case .nullLiteral: return .special(Special.null)
    case .falseLiteral: return .special(Special.false)
    case .trueLiteral: return .special(Special.true)
    case .unary:
      let unary = unary(node)
      guard unary.op == .minus, kind(unary.operand) == .numberLiteral else { return nil }
      return .number(-number(unary.operand))
    default: return nil
    }
  }
}

extension Double {
  /// The integer that this number is, when it is one and not -0.
  var exactInteger: Int? {
    guard let value = Int(exactly: self), value != 0 || sign == .plus else { return nil }
    return value
  }
}

/// Which immediate operands the instructions of an operator take.
enum ImmediateRange {
  static let byte = -128...127
  static let half = -32768...32767
  static let word = Int(Int32.min)...Int(Int32.max)

  /// The range of a constant right operand; nil when the operator has no such form.
  static func right(_ op: BinaryOperator) -> ClosedRange<Int>? {
    switch op {
    case .add, .subtract, .multiply: byte
    case .remainder: 1...Int(Int32.max)
    case .bitwiseAnd, .bitwiseOr: word
    case .leftShift, .rightShift, .unsignedRightShift: 0...31
    default: nil
    }
  }

  /// The range in a fused comparison and jump.
  static func comparison(_ op: BinaryOperator) -> ClosedRange<Int>? {
    switch op {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .strictEqual, .strictNotEqual: half
    default: nil
    }
  }
}

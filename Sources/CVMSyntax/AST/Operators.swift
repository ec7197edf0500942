/// How a variable is declared.
@frozen
public enum VariableKind: UInt8, Sendable {
  case `var`
  case `let`
  case const

  public var text: String {
    switch self {
    case .var: "var"
    case .let: "let"
    case .const: "const"
    }
  }
}

@frozen
public enum UnaryOperator: UInt8, Sendable, CaseIterable {
  case plus
  case minus
  case logicalNot
  case bitwiseNot
  case typeof
  case void
  case delete

  public var text: String {
    switch self {
    case .plus: "+"
    case .minus: "-"
    case .logicalNot: "!"
    case .bitwiseNot: "~"
    case .typeof: "typeof"
    case .void: "void"
    case .delete: "delete"
    }
  }
}

@frozen
public enum UpdateOperator: UInt8, Sendable, CaseIterable {
  case increment
  case decrement

  public var text: String { self == .increment ? "++" : "--" }
}

@frozen
public enum BinaryOperator: UInt8, Sendable, CaseIterable {
  case add
  case subtract
  case multiply
  case divide
  case remainder
  case exponentiate
  case leftShift
  case rightShift
  case unsignedRightShift
  case bitwiseAnd
  case bitwiseOr
  case bitwiseXor
  case equal
  case notEqual
  case strictEqual
  case strictNotEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case instanceof
  case `in`

  public var text: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .exponentiate: "**"
    case .leftShift: "<<"
    case .rightShift: ">>"
    case .unsignedRightShift: ">>>"
    case .bitwiseAnd: "&"
    case .bitwiseOr: "|"
    case .bitwiseXor: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .strictEqual: "==="
    case .strictNotEqual: "!=="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .instanceof: "instanceof"
    case .in: "in"
    }
  }
}

@frozen
public enum LogicalOperator: UInt8, Sendable, CaseIterable {
  case and
  case or
  case coalesce

  public var text: String {
    switch self {
    case .and: "&&"
    case .or: "||"
    case .coalesce: "??"
    }
  }
}

/// What an assignment does with the old value.
@frozen
public enum AssignmentOperator: Hashable, Sendable {
  /// `=`; the target may be a pattern.
  case assign
  /// `+=` and its like; the target is a simple one.
  case compound(BinaryOperator)
  /// `&&=`, `||=`, `??=`; the target is a simple one.
  case logical(LogicalOperator)

  public var text: String {
    switch self {
    case .assign: "="
    case .compound(let binary): binary.text + "="
    case .logical(let logical): logical.text + "="
    }
  }

  static let logicalBase: UInt8 = 100

  var detail: UInt8 {
    switch self {
    case .assign: 255
    case .compound(let binary): binary.rawValue
    case .logical(let logical): Self.logicalBase + logical.rawValue
    }
  }

  init(detail: UInt8) {
    if let binary = BinaryOperator(rawValue: detail) {
      self = .compound(binary)
    } else if detail != 255, let logical = LogicalOperator(rawValue: detail - Self.logicalBase) {
      self = .logical(logical)
    } else {
      self = .assign
    }
  }
}

/// What a member of an object literal is.
@frozen
public enum PropertyKind: UInt8, Sendable {
  /// `key: value`, also `key` alone.
  case value
  case method
  case getter
  case setter
}

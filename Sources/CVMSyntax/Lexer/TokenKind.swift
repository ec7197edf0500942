/// What a token is; keywords come last, in the order of `WellKnownName`.
public enum TokenKind: UInt8, CaseIterable, Sendable {
  case endOfFile
  /// Text that is no token; the lexer holds the finding.
  case invalid
  case identifier
  /// A reserved word written with an escape sequence, which is good as a property name only.
  case escapedKeyword
  case privateName
  case number
  case bigInt
  case string
  case regExp
  /// A whole template without substitutions.
  case template
  /// From a back quote to `${`.
  case templateHead
  /// `}text${`
  case templateMiddle
  /// From `}` to a back quote.
  case templateTail

  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace

  case dot, ellipsis, questionDot, question, colon, semicolon, comma, arrow, at
  case exclamation, tilde, plusPlus, minusMinus

  case plus, minus, star, slash, percent, starStar
  case leftShift, rightShift, unsignedRightShift
  case ampersand, bar, caret
  case equalEqual, exclamationEqual, equalEqualEqual, exclamationEqualEqual
  case less, lessEqual, greater, greaterEqual
  case ampersandAmpersand, barBar, questionQuestion

  case equal
  case plusEqual, minusEqual, starEqual, slashEqual, percentEqual, starStarEqual
  case leftShiftEqual, rightShiftEqual, unsignedRightShiftEqual
  case ampersandEqual, barEqual, caretEqual
  case ampersandAmpersandEqual, barBarEqual, questionQuestionEqual

  case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export,
    extends, `false`, finally, `for`, function, `if`, `import`, `in`, instanceof, new, null, `return`, `super`,
    `switch`, this, `throw`, `true`, `try`, typeof, `var`, void, `while`, with

  @inline(__always)
  var isKeyword: Bool { rawValue >= TokenKind.break.rawValue }

  /// The keyword that a reserved word's name stands for.
  @inline(__always)
  init(reserved name: NameID) {
    self =
      TokenKind(rawValue: TokenKind.break.rawValue + UInt8(truncatingIfNeeded: name.index - 1)) ?? .identifier
  }

  /// Opens or closes a bracket.
  @inline(__always)
  var isBracket: Bool { rawValue >= TokenKind.leftParen.rawValue && rawValue <= TokenKind.rightBrace.rawValue }

  /// How tight a binary or logical operator binds; 0 for what is none.
  @inline(__always)
  var precedence: UInt8 {
    switch self {
    case .questionQuestion: 1
    case .barBar: 2
    case .ampersandAmpersand: 3
    case .bar: 4
    case .caret: 5
    case .ampersand: 6
    case .equalEqual, .exclamationEqual, .equalEqualEqual, .exclamationEqualEqual: 7
    case .less, .lessEqual, .greater, .greaterEqual, .instanceof, .in: 8
    case .leftShift, .rightShift, .unsignedRightShift: 9
    case .plus, .minus: 10
    case .star, .slash, .percent: 11
    case .starStar: 12
    default: 0
    }
  }

  static let relationalPrecedence: UInt8 = 8
  static let exponentPrecedence: UInt8 = 12

  var binaryOperator: BinaryOperator? {
    switch self {
    case .plus, .plusEqual: .add
    case .minus, .minusEqual: .subtract
    case .star, .starEqual: .multiply
    case .slash, .slashEqual: .divide
    case .percent, .percentEqual: .remainder
    case .starStar, .starStarEqual: .exponentiate
    case .leftShift, .leftShiftEqual: .leftShift
    case .rightShift, .rightShiftEqual: .rightShift
    case .unsignedRightShift, .unsignedRightShiftEqual: .unsignedRightShift
    case .ampersand, .ampersandEqual: .bitwiseAnd
    case .bar, .barEqual: .bitwiseOr
    case .caret, .caretEqual: .bitwiseXor
    case .equalEqual: .equal
    case .exclamationEqual: .notEqual
    case .equalEqualEqual: .strictEqual
    case .exclamationEqualEqual: .strictNotEqual
    case .less: .less
    case .lessEqual: .lessOrEqual
    case .greater: .greater
    case .greaterEqual: .greaterOrEqual
    case .instanceof: .instanceof
    case .in: .in
    default: nil
    }
  }

  var logicalOperator: LogicalOperator? {
    switch self {
    case .ampersandAmpersand, .ampersandAmpersandEqual: .and
    case .barBar, .barBarEqual: .or
    case .questionQuestion, .questionQuestionEqual: .coalesce
    default: nil
    }
  }

  /// The operator of an assignment token.
  var assignmentOperator: AssignmentOperator? {
    guard rawValue >= TokenKind.equal.rawValue, rawValue <= TokenKind.questionQuestionEqual.rawValue else { return nil }
    if self == .equal { return .assign }
    if let binary = binaryOperator { return .compound(binary) }
    return logicalOperator.map(AssignmentOperator.logical)
  }

  /// The fixed text of a punctuator or keyword.
  public var text: String? {
    switch self {
    case .endOfFile, .invalid, .identifier, .escapedKeyword, .privateName, .number, .bigInt, .string, .regExp,
      .template, .templateHead, .templateMiddle, .templateTail:
      nil
    case .leftParen: "("
    case .rightParen: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .dot: "."
    case .ellipsis: "..."
    case .questionDot: "?."
    case .question: "?"
    case .colon: ":"
    case .semicolon: ";"
    case .comma: ","
    case .arrow: "=>"
    case .at: "@"
    case .exclamation: "!"
    case .tilde: "~"
    case .plusPlus: "++"
    case .minusMinus: "--"
    case .equal: "="
    case .ampersandAmpersand: "&&"
    case .barBar: "||"
    case .questionQuestion: "??"
    default: operatorText
    }
  }

  private var operatorText: String {
    if isKeyword { return "\(self)" }
    if let assignment = assignmentOperator { return assignment.text }
    return binaryOperator?.text ?? "\(self)"
  }
}

/// One token; what a value it has stands in `name`, `raw` and `number`.
public struct Token: Sendable {
  public internal(set) var kind: TokenKind = .endOfFile
  /// A line terminator stands between the previous token and this one.
  public internal(set) var isAfterNewline = false
  /// An identifier, string or template that contains an escape sequence.
  public internal(set) var hasEscape = false
  public internal(set) var start: UInt32 = 0
  public internal(set) var end: UInt32 = 0
  /// The identifier, the cooked string or template piece (none if malformed), the BigInt's text, the pattern.
  public internal(set) var name: NameID = .none
  /// The raw template piece, or the flags of a regular expression.
  public internal(set) var raw: NameID = .none
  public internal(set) var number: Double = 0

  public var range: SourceRange { SourceRange(start: start, end: end) }
}

/// Types are parsed to find where they end, and make no nodes.
extension Parser {
  /// Parses a type; inside of the `extends` of a conditional type no conditional type may stand.
  mutating func parseType(allowsConditional: Bool = true) throws(SyntaxFailure) {
    try enter()
    defer { leave() }
    if try parseFunctionType() { return }
    try parseUnionType(allowsConditional: allowsConditional)
    guard allowsConditional, token.kind == .extends, !token.isAfterNewline else { return }
    advance()
    try parseType(allowsConditional: false)
    try expect(.question, "the condition of the conditional type")
    try parseType()
    try expect(.colon, "the first branch of the conditional type")
    try parseType()
  }

  /// Parses what stands after the colon of a function's head: also `x is T` and `asserts x`.
  mutating func parseReturnType() throws(SyntaxFailure) {
    if atWord(.asserts) {
      let next = peek()
      if !next.isAfterNewline, next.kind == .identifier || next.kind == .this {
        advance()
        advance()
        if atWord(.is) {
          advance()
          try parseType()
        }
        return
      }
    }
    if token.kind == .identifier || token.kind == .this {
      let next = peek()
      if next.kind == .identifier, next.name == NameID(.is), !next.isAfterNewline {
        advance()
        advance()
      }
    }
    try parseType()
  }

  // MARK: Functions

  /// Parses `(x: T) => U` or `new (x: T) => U`; says whether it is there.
  private mutating func parseFunctionType() throws(SyntaxFailure) -> Bool {
    if atWord(.abstract), peek().kind == .new { advance() }
    if token.kind == .new {
      advance()
    } else if token.kind == .leftParen {
      guard isFunctionTypeAhead() else { return false }
    } else if token.kind != .less {
      return false
    }
    if token.kind == .less { try parseTypeParameters() }
    try parseTypeParameterList()
    try expect(.arrow, "the parameters of the function type")
    try parseReturnType()
    return true
  }

  /// Whether a parenthesis opens a parameter list rather than a type.
  private mutating func isFunctionTypeAhead() -> Bool {
    let state = speculationState()
    defer { backtrack(to: state) }
    advance()
    switch token.kind {
    case .rightParen, .ellipsis: return true
    case .identifier, .this: advance()
    case .leftBrace, .leftBracket:
      guard skipBrackets(limit: 10_000) else { return false }
    default: return false
    }
    switch token.kind {
    case .colon, .comma, .question, .equal: return true
    case .rightParen:
      advance()
      return token.kind == .arrow
    default: return false
    }
  }

  private mutating func skipBrackets(limit: Int) -> Bool {
    var level = 0
    for _ in 0..<limit {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: level += 1
      case .rightParen, .rightBracket, .rightBrace: level -= 1
      case .endOfFile, .invalid: return false
      default: break
      }
      advance()
      if level == 0 { return true }
    }
    return false
  }

  /// Parses the parameters of a function type or signature.
  mutating func parseTypeParameterList() throws(SyntaxFailure) {
    let open = token.start
    try expect(.leftParen, "the parameter list")
    while token.kind != .rightParen {
      _ = skip(.ellipsis)
      try parseTypeParameterTarget()
      _ = skip(.question)
      if skip(.colon) { try parseType() }
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightParen, "the parameter list", openedAt: open)
  }

  private mutating func parseTypeParameterTarget() throws(SyntaxFailure) {
    switch token.kind {
    case .leftBrace, .leftBracket:
      guard skipBrackets(limit: .max) else { throw unexpected(expected: "the rest of a pattern") }
    case .identifier, .this: advance()
    default:
      guard token.kind.isKeyword else { throw unexpected(expected: "the name of a parameter") }
      advance()
    }
  }

  // MARK: Lists of types

  /// Parses `<T extends U = V, ...>`.
  mutating func parseTypeParameters() throws(SyntaxFailure) {
    try expect(.less, "the type parameters")
    while token.kind != .greater {
      while token.kind == .const || token.kind == .in || atWord(.out) {
        let next = peek().kind
        guard next == .identifier || next == .in else { break }
        advance()
      }
      guard token.kind == .identifier else { throw unexpected(expected: "the name of a type parameter") }
      advance()
      if skip(.extends) { try parseType() }
      if skip(.equal) { try parseType() }
      if token.kind != .comma { break }
      advance()
    }
    try expectGreater("the type parameters")
  }

  /// Parses `<T, U>`.
  mutating func parseTypeArguments() throws(SyntaxFailure) {
    let start = token.start
    if failedTypeArguments.contains(start) { throw SyntaxFailure() }
    var isClosed = false
    // A list that fails here fails whenever it is tried again.
    defer { if !isClosed { failedTypeArguments.insert(start) } }
    try expect(.less, "the type arguments")
    repeat {
      if token.kind == .greater { break }
      try parseType()
    } while skip(.comma)
    try expectGreater("the type arguments")
    isClosed = true
  }

  /// Expects a `>`, which may be the first character of a longer token.
  mutating func expectGreater(_ purpose: StaticString) throws(SyntaxFailure) {
    switch token.kind {
    case .rightShift, .unsignedRightShift, .greaterEqual, .rightShiftEqual, .unsignedRightShiftEqual:
      lexer.splitGreater(&token)
    default: break
    }
    try expect(.greater, purpose)
  }

  // MARK: Operators

  private mutating func parseUnionType(allowsConditional: Bool) throws(SyntaxFailure) {
    if token.kind == .bar || token.kind == .ampersand { advance() }
    while true {
      if try !parseFunctionType() { try parseTypeOperator(allowsConditional: allowsConditional) }
      guard token.kind == .bar || token.kind == .ampersand else { return }
      advance()
      if token.kind == .bar || token.kind == .ampersand { advance() }
    }
  }

  private mutating func parseTypeOperator(allowsConditional: Bool) throws(SyntaxFailure) {
    while atWord(.keyof) || atWord(.unique) || atWord(.readonly) {
      switch peek().kind {
      case .identifier, .leftParen, .leftBracket, .leftBrace, .string, .typeof, .this, .template, .templateHead,
        .import, .number, .null, .void:
        advance()
      default: return try parsePostfixType()
      }
    }
    if atWord(.infer), peek().kind == .identifier {
      advance()
      advance()
      try parseInferConstraint(allowsConditional: allowsConditional)
    } else {
      try parsePostfixType()
    }
  }

  /// Parses the constraint of `infer T extends U`, unless the `extends` begins a conditional type.
  private mutating func parseInferConstraint(allowsConditional: Bool) throws(SyntaxFailure) {
    guard token.kind == .extends else { return }
    _ = speculate { (parser) throws(SyntaxFailure) in
      parser.advance()
      try parser.parseType(allowsConditional: false)
      return !allowsConditional || parser.token.kind != .question
    }
  }

  private mutating func parsePostfixType() throws(SyntaxFailure) {
    try parsePrimaryType()
    while token.kind == .leftBracket, !token.isAfterNewline {
      let open = token.start
      advance()
      if token.kind != .rightBracket { try parseType() }
      try expectClosing(.rightBracket, "the type", openedAt: open)
    }
  }

  // MARK: Primary types

  private mutating func parsePrimaryType() throws(SyntaxFailure) {
    switch token.kind {
    case .identifier:
      if isBuiltInType, peek().kind != .dot { advance() } else { try parseTypeReference() }
    case .string, .number, .bigInt, .true, .false, .null, .void, .this, .template: advance()
    case .minus:
      advance()
      guard token.kind == .number || token.kind == .bigInt else { throw unexpected(expected: "a number") }
      advance()
    case .templateHead: try parseTemplateType()
    case .typeof:
      advance()
      if token.kind == .import { try parseImportType() } else { try parseTypeQuery() }
    case .import: try parseImportType()
    case .leftBrace: try parseObjectType()
    case .leftBracket: try parseTupleType()
    case .leftParen:
      let open = token.start
      advance()
      try parseType()
      try expectClosing(.rightParen, "the type", openedAt: open)
    default: throw unexpected(expected: "a type")
    }
  }

  /// Whether the token is the name of a type that takes no arguments: in `a as number < b` a comparison follows.
  private var isBuiltInType: Bool {
    switch source.text(in: token.range) {
    case "any", "unknown", "number", "string", "boolean", "bigint", "symbol", "object", "never", "undefined": true
    default: false
    }
  }

  private mutating func parseTypeReference() throws(SyntaxFailure) {
    advance()
    while skip(.dot) { try skipTypeName() }
    if token.kind == .less, !token.isAfterNewline { try parseTypeArguments() }
  }

  private mutating func skipTypeName() throws(SyntaxFailure) {
    guard token.kind == .identifier || token.kind == .privateName || token.kind.isKeyword else {
      throw unexpected(expected: "a name after the dot")
    }
    advance()
  }

  private mutating func parseTypeQuery() throws(SyntaxFailure) {
    guard token.kind == .identifier || token.kind == .this else { throw unexpected(expected: "a name after `typeof`") }
    try parseTypeReference()
  }

  private mutating func parseImportType() throws(SyntaxFailure) {
    advance()
    try skipBalanced(.leftParen)
    while skip(.dot) { try skipTypeName() }
    if token.kind == .less { try parseTypeArguments() }
  }

  private mutating func parseTemplateType() throws(SyntaxFailure) {
    while token.kind == .templateHead || token.kind == .templateMiddle {
      advance()
      bracketDepth += 1
      try parseType()
      guard token.kind == .rightBrace else {
        throw fail(.expected(.rightBrace, "the substitution in the template", found: describeToken(), at: token.range))
      }
      bracketDepth -= 1
      lexer.rescanTemplateContinuation(&token)
    }
    guard token.kind == .templateTail else { throw unexpected(expected: "the rest of the template") }
    advance()
  }

  private mutating func parseTupleType() throws(SyntaxFailure) {
    let open = token.start
    advance()
    while token.kind != .rightBracket {
      _ = skip(.ellipsis)
      if token.kind == .identifier || token.kind.isKeyword { skipTupleName() }
      try parseType()
      _ = skip(.question)
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightBracket, "the tuple type", openedAt: open)
  }

  /// Skips the name of a tuple element: `name: T`, `name?: T`.
  private mutating func skipTupleName() {
    _ = speculate { (parser) throws(SyntaxFailure) in
      parser.advance()
      _ = parser.skip(.question)
      return parser.skip(.colon)
    }
  }

  // MARK: Object types

  /// Parses `{ members }`, also a mapped type.
  mutating func parseObjectType() throws(SyntaxFailure) {
    let open = token.start
    try expect(.leftBrace, "the members of the type")
    while token.kind != .rightBrace {
      try parseTypeMember()
      if token.kind == .semicolon || token.kind == .comma {
        advance()
      } else if token.kind != .rightBrace, !token.isAfterNewline {
        break
      }
    }
    try expectClosing(.rightBrace, "the members of the type", openedAt: open)
  }

  private mutating func parseTypeMember() throws(SyntaxFailure) {
    if token.kind == .plus || token.kind == .minus { advance() }
    if token.kind == .new, peek().kind == .leftParen || peek().kind == .less { advance() }
    while atWord(.readonly) || atWord(.get) || atWord(.set) {
      switch peek().kind {
      case .colon, .question, .leftParen, .less, .semicolon, .comma, .rightBrace, .endOfFile: break
      default:
        advance()
        continue
      }
      break
    }
    if token.kind == .leftBracket {
      try parseBracketedTypeKey()
    } else if token.kind != .leftParen, token.kind != .less {
      try parseTypeKey()
    }
    if token.kind == .plus || token.kind == .minus { advance() }
    _ = skip(.question)
    if token.kind == .less || token.kind == .leftParen {
      try parseTypeParametersIfAny()
      try parseTypeParameterList()
    }
    if skip(.colon) { try parseReturnType() }
  }

  private mutating func parseTypeKey() throws(SyntaxFailure) {
    switch token.kind {
    case .identifier, .string, .number, .bigInt, .privateName: advance()
    default:
      guard token.kind.isKeyword else { throw unexpected(expected: "the name of a member") }
      advance()
    }
  }

  /// Parses `[key: T]`, `[K in T as U]` or `[expression]`.
  private mutating func parseBracketedTypeKey() throws(SyntaxFailure) {
    let open = token.start
    advance()
    if token.kind == .identifier, peek().kind == .colon {
      advance()
      advance()
      try parseType()
    } else if token.kind == .identifier, peek().kind == .in {
      advance()
      advance()
      try parseType()
      if atWord(.as) {
        advance()
        try parseType()
      }
    } else {
      _ = try parseAssignment()
    }
    try expectClosing(.rightBracket, "the key", openedAt: open)
  }
}

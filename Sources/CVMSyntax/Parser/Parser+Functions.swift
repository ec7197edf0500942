/// The parts of a function's head.
struct ParameterList {
  var list: UInt32 = 0
  var length: UInt32 = 0
  var count = 0
  var hasRest = false
  var isSimple = true
}

extension Parser {
  // MARK: Declarations and expressions

  mutating func parseFunctionStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID {
    if position == .body { throw fail(.declarationAsBody("function", at: token.range)) }
    return try parseFunction(isDeclaration: true)
  }

  mutating func parseFunctionExpression() throws(SyntaxFailure) -> NodeID {
    try parseFunction(isDeclaration: false)
  }

  /// Parses from `async` or `function` on.
  private mutating func parseFunction(isDeclaration: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let isAsync = token.kind == .identifier
    if isAsync { advance() }
    advance()
    let isGenerator = skip(.star)
    let name = try parseFunctionName(isDeclaration: isDeclaration, isAsync: isAsync)
    var inner = FunctionContext()
    inner.isFunction = true
    inner.allowsReturn = true
    inner.allowsNewTarget = true
    inner.isAsync = isAsync
    inner.isGenerator = isGenerator
    let node = try parseFunctionRest(
      isDeclaration ? .declaration : .expression, inner, name: name, start: start, mayLackBody: isDeclaration)
    if isDeclaration, node != .none { declareFunction(name) }
    return node
  }

  /// The name of an expression belongs to the function itself: an async one may not be called `await`.
  private mutating func parseFunctionName(isDeclaration: Bool, isAsync: Bool) throws(SyntaxFailure) -> NodeID {
    if isDeclaration { return try parseBindingIdentifier(nil) }
    if token.kind == .leftParen || (isTypeScript && token.kind == .less) { return .none }
    let outer = (function.isAsync, function.forbidsAwait)
    (function.isAsync, function.forbidsAwait) = (isAsync, false)
    let name = try parseBindingIdentifier(nil)
    (function.isAsync, function.forbidsAwait) = outer
    return name
  }

  private mutating func declareFunction(_ name: NodeID) {
    declare(
      NameID(index: tree[name].a), scopes.isAtFunctionLevel ? .function : .lexical, range(name))
  }

  /// Parses parameters and body in a context of their own; none for a signature without a body in TypeScript.
  private mutating func parseFunctionRest(
    _ kind: FunctionKind, _ context: FunctionContext, name: NodeID, start: UInt32, mayLackBody: Bool
  ) throws(SyntaxFailure) -> NodeID {
    let outer = enterFunction(context)
    try parseTypeParametersIfAny()
    function.isInParameters = true
    let parameters = try parseParameters(isConstructor: kind == .constructor || kind == .derivedConstructor)
    function.isInParameters = false
    checkAccessor(kind, parameters, start: start)
    try parseReturnTypeIfAny()
    if isTypeScript, mayLackBody, token.kind != .leftBrace {
      leaveFunction(outer)
      try expectSemicolon(after: "the function signature")
      return .none
    }
    var record = FunctionRecord(
      kind: kind, isAsync: context.isAsync, isGenerator: context.isGenerator, isExpressionBody: false,
      hasSimpleParameters: parameters.isSimple, facts: [], length: parameters.length, name: name.index,
      parameters: parameters.list, body: 0, bodyRange: SourceRange(start: token.start, end: token.start))
    functionHasComplexParameters = !parameters.isSimple
    record.body = try parseBraces("the function body", hasDirectives: true)
    record.bodyRange.end = previousEnd
    record.facts = function.facts
    leaveFunction(outer)
    let isDeclaration = kind == .declaration
    return tree.add(
      isDeclaration ? .functionDeclaration : .functionExpression, start, previousEnd, a: tree.addFunction(record))
  }

  /// Begins a function; returns the context around it.
  mutating func enterFunction(_ context: FunctionContext) -> FunctionContext {
    let outer = function
    function = context
    function.labelBase = labels.count
    scopes.push(.function)
    return outer
  }

  mutating func leaveFunction(_ outer: FunctionContext, inheritedFacts: FunctionFacts = []) {
    scopes.pop()
    function = outer
    function.facts.formUnion(inheritedFacts.union(.containsFunctions))
  }

  private mutating func checkAccessor(_ kind: FunctionKind, _ parameters: ParameterList, start: UInt32) {
    let range = SourceRange(start: start, end: previousEnd)
    if kind == .getter, parameters.count != 0 { report(.getterWithParameters(at: range)) }
    if kind == .setter, parameters.count != 1 || parameters.hasRest { report(.setterParameterCount(at: range)) }
  }

  // MARK: Parameters

  private mutating func parseParameters(isConstructor: Bool) throws(SyntaxFailure) -> ParameterList {
    let open = token.start
    if !isTypeScript, token.kind == .less { throw fail(.typeScriptOnly("A type parameter list", at: token.range)) }
    try expect(.leftParen, "the parameter list")
    var result = ParameterList()
    let base = listStack.count
    if isTypeScript, token.kind == .this { try skipThisParameter() }
    while token.kind != .rightParen {
      if token.kind == .at { throw fail(.decorator(at: token.range)) }
      if isTypeScript { try rejectParameterProperty(isConstructor) }
      if token.kind == .ellipsis {
        listStack.append(try parseRestParameter())
        result.hasRest = true
        result.isSimple = false
        break
      }
      let element = try parseParameter()
      if kind(element) != .bindingIdentifier { result.isSimple = false }
      if kind(element) != .defaultedTarget, result.length == UInt32(result.count) { result.length += 1 }
      result.count += 1
      listStack.append(element)
      if token.kind != .comma { break }
      advance()
    }
    if result.hasRest { result.count += 1 }
    if !isTypeScript, token.kind == .colon { throw fail(.typeScriptOnly("A type annotation", at: token.range)) }
    if !isTypeScript, token.kind == .question { throw fail(.typeScriptOnly("An optional parameter", at: token.range)) }
    try expectClosing(.rightParen, "the parameter list", openedAt: open)
    result.list = finishList(base)
    return result
  }

  private mutating func parseParameter() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let target = try parseBindingTarget(.parameter)
    if isTypeScript {
      _ = skip(.question)
      if skip(.colon) { try parseType() }
    }
    return try parseDefault(target, start: start)
  }

  private mutating func parseRestParameter() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let target = try parseBindingTarget(.parameter)
    let rest = tree.add(.restElement, start, previousEnd, a: target.index)
    if isTypeScript, skip(.colon) { try parseType() }
    if token.kind == .equal { throw fail(.restWithInitializer(at: token.range)) }
    if token.kind == .comma { throw fail(.commaAfterRest(at: token.range)) }
    return rest
  }

  // MARK: Methods

  /// Parses from the parameter list on; none for a method without a body in TypeScript.
  mutating func parseMethod(
    _ kind: FunctionKind, start: UInt32, isAsync: Bool, isGenerator: Bool, mayLackBody: Bool = false
  ) throws(SyntaxFailure) -> NodeID {
    var context = FunctionContext()
    context.isFunction = true
    context.allowsReturn = true
    context.allowsNewTarget = true
    context.allowsSuperProperty = true
    context.allowsSuperCall = kind == .derivedConstructor
    context.isAsync = isAsync
    context.isGenerator = isGenerator
    return try parseFunctionRest(kind, context, name: .none, start: start, mayLackBody: mayLackBody)
  }

  // MARK: Arrow functions

  /// Parses the rest of `x => ...`.
  mutating func parseArrow(
    of name: NodeID, start: UInt32, allowsIn: Bool, isAsync: Bool = false
  ) throws(SyntaxFailure) -> NodeID {
    let group = CoverGroup(base: listStack.count, open: start, mayBeArrow: true, facts: [])
    listStack.append(name)
    return try parseArrow(group, start: start, isAsync: isAsync, allowsIn: allowsIn)
  }

  /// Parses from the arrow on; the parameters stand on the stack of lists.
  mutating func parseArrow(
    _ group: CoverGroup, start: UInt32, isAsync: Bool, allowsIn: Bool = true
  ) throws(SyntaxFailure) -> NodeID {
    coverProblem = nil
    checkArrowParameters(group, isAsync: isAsync)
    var context = FunctionContext()
    context.isFunction = true
    context.allowsReturn = true
    context.allowsNewTarget = function.allowsNewTarget
    context.allowsSuperProperty = function.allowsSuperProperty
    context.allowsSuperCall = function.allowsSuperCall
    context.forbidsArguments = function.forbidsArguments
    context.isAsync = isAsync
    context.facts = group.facts.intersection(FunctionFacts.inheritedByArrows.union(.containsFunctions))
    let outer = enterFunction(context)
    let parameters = convertParameters(group)
    advance()
    var record = FunctionRecord(
      kind: .arrow, isAsync: isAsync, isGenerator: false, isExpressionBody: token.kind != .leftBrace,
      hasSimpleParameters: parameters.isSimple, facts: [], length: parameters.length, name: 0,
      parameters: parameters.list, body: 0, bodyRange: SourceRange(start: token.start, end: token.start))
    if record.isExpressionBody {
      record.body = try parseAssignment(allowsIn: allowsIn).index
    } else {
      functionHasComplexParameters = !parameters.isSimple
      record.body = try parseBraces("the function body", hasDirectives: true)
    }
    record.bodyRange.end = previousEnd
    record.facts = function.facts
    leaveFunction(outer, inheritedFacts: function.facts.intersection(.inheritedByArrows))
    return tree.add(.arrowFunction, start, previousEnd, a: tree.addFunction(record))
  }

  private mutating func checkArrowParameters(_ group: CoverGroup, isAsync: Bool) {
    func place(_ offset: UInt32) -> SourceRange { SourceRange(start: offset, end: offset + 5) }
    if function.lastYield != .max, function.lastYield >= group.open {
      report(.yieldInParameters(at: place(function.lastYield)))
    }
    if function.lastAwait != .max, function.lastAwait >= group.open {
      report(.awaitInParameters(at: place(function.lastAwait)))
    }
    if isAsync, function.lastAwaitName != .max, function.lastAwaitName >= group.open {
      report(.reservedName("await", in: "in the parameters of an async function", at: place(function.lastAwaitName)))
    }
  }

  private mutating func convertParameters(_ group: CoverGroup) -> ParameterList {
    var result = ParameterList()
    let end = listStack.count
    for position in group.base..<end {
      let element = toParameter(listStack[position])
      if kind(element) == .restElement, position < end - 1 { report(.restNotLast(at: range(element))) }
      if kind(element) != .bindingIdentifier { result.isSimple = false }
      if kind(element) != .defaultedTarget, kind(element) != .restElement, result.length == UInt32(result.count) {
        result.length += 1
      }
      result.count += 1
    }
    result.list = finishList(group.base)
    return result
  }
}

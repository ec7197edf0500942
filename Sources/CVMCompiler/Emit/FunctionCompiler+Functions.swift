import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  // MARK: Whole functions

  func compileProgram() -> CodeBlock {
    kind = .program
    let root = tree.root
    let body = tree.body(root)
    let wantsResult = unit.options.completionValue || unit.options.callsMain
    if wantsResult {
      let register = registers.allocate()
      registers.markAsVariable(register)
      loadUndefined(register)
      completion = unit.options.completionValue ? register : nil
    }
    loadThisAtEntry()
    makeSpillArray()
    makeTemplateList()
    if let scope = analysis.scopeOfNode[root.index] {
      declareGlobals(scope)
      enterScope(scope)
    }
    compileStatements(body)
    if unit.options.callsMain { callMain(into: 0, body) }
    if wantsResult { builder.emit(.return, 0) } else { builder.emit(.returnUndefined) }
    return finish(tree.range(root))
  }

  private func declareGlobals(_ scope: Int) {
    for id in analysis.scopes[scope].bindings {
      let binding = analysis.bindings[id]
      let kind: GlobalDeclaration.Kind =
        switch binding.kind {
        case .let: .let
        case .const: .const
        case .class: .class
        case .function: .function
        default: .var
        }
      builder.block.globalDeclarations.append(
        GlobalDeclaration(
          name: unit.units(binding.name), kind: kind, start: binding.range.start, end: binding.range.end))
    }
  }

  /// Calls `main` when the top level declares it and does not call it.
  private func callMain(into target: Int, _ body: NodeList) {
    var declaration: NodeID?
    for statement in body {
      if tree.kind(statement) == .functionDeclaration {
        if let name = tree.function(statement).name, tree.name(name) == NameID(.main) { declaration = name }
      } else if let name = mainVariable(statement) {
        declaration = name
      } else if callsMain(statement) {
        return
      }
    }
    guard let declaration else { return }
    scoped {
      let window = registers.allocate(callHeaderSize)
      builder.emit(.load, window, word: constant(NameID(.main)), at: span(declaration))
      builder.emit(.call, window, 0, at: span(declaration))
      move(target, window)
    }
  }

  /// The name in `const main = () => ...`.
  private func mainVariable(_ statement: NodeID) -> NodeID? {
    guard tree.kind(statement) == .variableDeclaration else { return nil }
    for id in tree.variableDeclaration(statement).declarators {
      let declarator = tree.declarator(id)
      guard tree.kind(declarator.target) == .bindingIdentifier, tree.name(declarator.target) == NameID(.main),
        let value = declarator.initializer
      else { continue }
      if tree.kind(value) == .arrowFunction || tree.kind(value) == .functionExpression { return declarator.target }
    }
    return nil
  }

  /// Whether a call of `main` stands in a statement outside of functions.
  private func callsMain(_ statement: NodeID) -> Bool {
    let range = tree.range(statement)
    var index = statement.index
    // Children are made before their parents.
    while index > 0 {
      let node = tree.node(NodeID(index: index))
      if node.start < range.start { break }
      if node.kind == .call, node.end <= range.end {
        let callee = tree.call(NodeID(index: index)).callee
        if tree.kind(callee) == .identifierReference, tree.name(callee) == NameID(.main) { return true }
      }
      index -= 1
    }
    return false
  }

  /// Compiles a function with this compiler; `name` is that of the binding or property for anonymous ones.
  func compileFunction(_ node: NodeID, name: [UInt16]?) -> CodeBlock {
    let info = tree.function(node)
    kind = codeKind(info)
    builder.block.name = name ?? info.name.map { unit.units(tree.name($0)) } ?? []
    builder.block.length = info.length
    builder.block.instanceSlotHint = min(scopeInfo.ownProperties.count, 255)
    let count = info.parameters.filter { tree.kind($0) != .restElement }.count
    builder.block.parameterCount = registers.allocate(min(count, Limits.parameters)) + min(count, Limits.parameters)
    for register in 0..<builder.block.parameterCount { registers.markAsVariable(register) }
    enterFunction(node, info)
    if kind.isGenerator { builder.emit(.generatorStart, liveRegisters(info.range)) }
    if scopeInfo.fieldInitializer != 0 && kind == .baseConstructor {
      runFieldInitializer(at: SourceSpan(start: info.range.start, end: info.range.start, caret: info.range.start))
    }
    if let expression = info.expressionBody {
      scoped { builder.emit(.return, operand(expression)) }
    } else {
      compileStatements(info.body)
      returnUndefined(info.bodyRange)
    }
    return finish(info.range)
  }

  private func codeKind(_ info: FunctionInfo) -> CodeBlock.Kind {
    if info.isGenerator { return info.kind == .method ? .generatorMethod : .generator }
    return switch info.kind {
    case .declaration, .expression: .function
    case .arrow: .arrow
    case .method: .method
    case .getter: .getter
    case .setter: .setter
    case .constructor: .baseConstructor
    case .derivedConstructor: .derivedConstructor
    case .staticBlock: .fieldInitializer
    }
  }

  /// The return at the end of a function.
  func returnUndefined(_ range: SourceRange) {
    guard builder.isReachable else { return }
    if kind.isGenerator { return emitGeneratorEnd() }
    if kind != .derivedConstructor { return builder.emit(.returnUndefined) }
    scoped {
      let value = temporary()
      loadUndefined(value)
      let end = max(range.start, range.end == 0 ? 0 : range.end - 1)
      emitReturnDerived(value, at: SourceSpan(start: range.start, end: range.end, caret: end))
    }
  }

  func emitReturnDerived(_ value: Int, at span: SourceSpan) {
    scoped {
      let this = temporary()
      loadRawThis(into: this, at: span)
      builder.emit(.returnDerived, value, this, at: span)
    }
  }

  // MARK: Entry

  private func enterFunction(_ node: NodeID, _ info: FunctionInfo) {
    let extra = takeExtraArguments(info)
    loadThisAtEntry()
    prepareImplicitValues()
    makeSpillArray()
    bindParameters(node, info, extra)
    if let scope = analysis.bodyScope[node.index] ?? analysis.parameterScope[node.index] { enterScope(scope) }
  }

  /// Where the arguments are that have no register.
  private struct ExtraArguments {
    var rest: Int?
    /// An array-like object, and the number of the argument that is its element 0.
    var source: (register: Int, first: Int)?
  }

  private func variableRegister() -> Int {
    let register = registers.allocate()
    registers.markAsVariable(register)
    return register
  }

  /// Collects extra arguments, before any other register is written.
  private func takeExtraArguments(_ info: FunctionInfo) -> ExtraArguments {
    var extra = ExtraArguments()
    let hasRest = info.parameters.last.map { tree.kind($0) == .restElement } ?? false
    let usesArguments = scopeInfo.argumentsBinding != 0
    let count = info.parameters.count - (hasRest ? 1 : 0)
    let inRegisters = builder.block.parameterCount
    if hasRest || usesArguments || count > inRegisters { builder.block.needsArgumentCount = true }
    if usesArguments {
      let register = variableRegister()
      builder.emit(.createArguments, register)
      extra.source = (register, 0)
    } else if count > inRegisters {
      let register = variableRegister()
      builder.emit(.rest, register, inRegisters)
      extra.source = (register, inRegisters)
    }
    if hasRest {
      let register = variableRegister()
      extra.rest = register
      if let source = extra.source {
        copyRest(from: source.register, count - source.first, into: register, info)
      } else {
        builder.emit(.rest, register, count)
      }
    }
    if usesArguments, let register = extra.source?.register { placeImplicit(scopeInfo.argumentsBinding, register) }
    return extra
  }

  /// The rest array of a function whose extra arguments have been collected already.
  private func copyRest(from arguments: Int, _ first: Int, into rest: Int, _ info: FunctionInfo) {
    let start = info.range.start
    let place = SourceSpan(start: start, end: start, caret: start)
    builder.emit(.arrayNew, rest, rest, 0)
    scoped {
      let index = temporary()
      let length = temporary()
      let value = temporary()
      loadNumber(Double(first), into: index)
      builder.emit(.arrayLen, length, arguments, word: constant("length"), at: place)
      let test = builder.makeLabel()
      let body = builder.makeLabel()
      builder.emitJump(.jump, to: test)
      builder.bind(body, isReachedLater: true)
      builder.emit(.arrayGet, value, arguments, index, at: place)
      builder.emit(.arrayAppend, rest, value)
      builder.emit(.increment, index, index, at: place)
      builder.bind(test)
      builder.emitJump(.loopLessThan, index, length, to: body, at: place)
    }
  }

  func loadThisAtEntry() {
    guard scopeInfo.usesThis, !scopeInfo.isArrow else { return }
    if kind == .derivedConstructor { isThisInitialized = false }
    if scopeInfo.thisBinding != 0 {
      makeCell(scopeInfo.thisBinding)
      if kind == .derivedConstructor { return }
      scoped {
        let this = temporary()
        builder.emit(.loadThis, this)
        initialize(scopeInfo.thisBinding, from: this)
      }
    }
    if kind == .derivedConstructor && scopeInfo.thisBinding != 0 { return }
    let register = registers.allocate()
    registers.markAsVariable(register)
    thisRegister = register
    if kind == .derivedConstructor {
      builder.emit(.loadSpecial, register, immediate: Special.uninitialized)
    } else {
      builder.emit(.loadThis, register)
    }
  }

  /// Puts what arrow functions share with this function in cells.
  private func prepareImplicitValues() {
    let info = scopeInfo
    if info.newTargetBinding != 0 { cellOf(info.newTargetBinding) { self.builder.emit(.loadNewTarget, $0) } }
    if info.calleeBinding != 0 { cellOf(info.calleeBinding) { self.builder.emit(.loadCallee, $0) } }
    if info.nameBinding != 0, analysis.bindings[info.nameBinding].isCaptured {
      cellOf(info.nameBinding) { self.builder.emit(.loadCallee, $0) }
    }
  }

  private func cellOf(_ id: BindingID, _ load: (Int) -> Void) {
    makeCell(id)
    scoped {
      let value = temporary()
      load(value)
      initialize(id, from: value)
    }
  }

  private func placeImplicit(_ id: BindingID, _ register: Int) {
    if analysis.bindings[id].isCaptured {
      makeCell(id)
      initialize(id, from: register)
    } else {
      place(id, in: register)
    }
  }

  // MARK: Parameters

  private func bindParameters(_ node: NodeID, _ info: FunctionInfo, _ extra: ExtraArguments) {
    guard let scope = analysis.parameterScope[node.index] else { return }
    if !info.hasSimpleParameters {
      // Every captured or early used parameter is uninitialised until its turn.
      for id in analysis.scopes[scope].bindings where analysis.bindings[id].kind == .parameter { prepare(id) }
    }
    for (index, parameter) in info.parameters.enumerated() {
      if tree.kind(parameter) == .restElement {
        if let rest = extra.rest { bindParameter(tree.operand(parameter), register: rest, isOwn: true) }
      } else if index < builder.block.parameterCount {
        if info.hasSimpleParameters, analysis.bindings[analysis.binding(of: parameter)].isCaptured {
          prepare(analysis.binding(of: parameter))
        }
        bindParameter(parameter, register: index, isOwn: true)
      } else if let source = extra.source {
        bindExtra(parameter, index - source.first, source.register, info)
      }
    }
  }

  /// A parameter whose argument has no register.
  private func bindExtra(_ parameter: NodeID, _ index: Int, _ source: Int, _ info: FunctionInfo) {
    if info.hasSimpleParameters { prepare(analysis.binding(of: parameter)) }
    reserveBindings(parameter)
    scoped {
      let value = temporary()
      let key = temporary()
      loadNumber(Double(index), into: key)
      builder.emit(.arrayGet, value, source, key, at: span(parameter))
      bindParameter(parameter, register: value, isOwn: false)
    }
  }

  /// Gives a parameter its argument; the register may become its home when it is the function's own.
  private func bindParameter(_ parameter: NodeID, register: Int, isOwn: Bool) {
    var target = parameter
    if tree.kind(parameter) == .defaultedTarget {
      let info = tree.defaulted(parameter)
      target = info.target
      applyDefault(info.initializer, to: register, name: anonymousName(of: target))
    }
    if tree.kind(target) == .bindingIdentifier {
      let id = analysis.binding(of: target)
      if isOwn, storage[id] == nil, analysis.bindings[id].spillSlot < 0 {
        place(id, in: register)
      } else {
        initialize(id, from: register)
      }
      return
    }
    reserveBindings(target)
    scoped { bindPattern(target, from: register, isDeclaration: true, source: .value) }
  }

  /// Replaces undefined by the value of an initializer.
  func applyDefault(_ initializer: NodeID, to register: Int, name: NameID?) {
    let end = builder.makeLabel()
    builder.emitJump(.jumpNotUndefined, register, to: end)
    compileNamed(initializer, name: name, into: register)
    builder.bind(end)
  }

  // MARK: Closures

  /// The name that an anonymous function gets from the variable it is assigned to.
  func anonymousName(of target: NodeID) -> NameID? {
    switch tree.kind(target) {
    case .bindingIdentifier, .identifierReference: tree.name(target)
    default: nil
    }
  }

  func isAnonymousFunction(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .arrowFunction: true
    case .functionExpression: tree.function(node).name == nil
    case .classExpression: tree.classInfo(node).name == nil
    default: false
    }
  }

  /// Compiles an expression; an anonymous function gets the name.
  func compileNamed(_ node: NodeID, name: NameID?, into target: Int) {
    guard let name, isAnonymousFunction(node) else { return compile(node, into: target) }
    if tree.kind(node) == .classExpression {
      compileClass(node, name: unit.units(name), nameRegister: nil, into: target)
    } else {
      emitClosure(node, name: unit.units(name), into: target)
    }
  }

  /// Emits the closure of a function node.
  func emitClosure(_ node: NodeID, name: [UInt16]?, into target: Int) {
    guard builder.isReachable, let index = analysis.functionOfNode[node.index] else { return }
    let compiler = FunctionCompiler(unit: unit, function: index, parent: self)
    let code = compiler.compileFunction(node, name: name)
    builder.emit(.closure, target, word: builder.nested(code))
  }

  // MARK: this

  /// The register of `this` when it can be used as it is.
  func thisInPlace() -> Int? { isThisInitialized ? thisRegister : nil }

  /// `this`, whatever it is: also uninitialised, in a derived constructor.
  func loadRawThis(into target: Int, at place: SourceSpan) {
    if let thisRegister { return move(target, thisRegister) }
    if case .cell(let cell)? = storage[scopeInfo.thisBinding] {
      return builder.emit(.cellGetRaw, target, cell, at: place)
    }
    // Nothing uses `this` or calls super.
    builder.emit(.loadSpecial, target, immediate: Special.uninitialized)
  }

  func loadThis(_ node: NodeID, into target: Int) {
    let place = span(node)
    if let thisRegister {
      if !isThisInitialized { builder.emit(.checkInitialized, thisRegister, at: place) }
      return move(target, thisRegister)
    }
    if scopeInfo.isArrow || scopeInfo.thisBinding != 0 {
      let owner = thisOwner
      return load(analysis.functions[owner].thisBinding, into: target, at: place)
    }
    builder.emit(.loadThis, target)
  }

  /// The function that `this` belongs to here.
  var thisOwner: Int {
    var index = function
    while analysis.functions[index].isArrow { index = analysis.functions[index].parent }
    return index
  }
}

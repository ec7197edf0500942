import CVMBytecode
import CVMSyntax

/// A chain of property accesses and calls while it is compiled, from its innermost object outwards.
private struct Chain {
  /// The links from the outermost to the innermost.
  var links: [NodeID] = []
  var base: NodeID
  let target: Int
  /// Where the value of the links so far is.
  var value = 0
  /// The register for intermediate values.
  var work: Int?
  /// The call window that the callee and `this` of the next link stand in.
  var window: Int?
  /// The window has the object in its place for `this` and no callee: for ARRAY_PUSH.
  var isPush = false
  /// Where a `?.` whose object is nullish jumps to.
  var short: Label?
}

extension FunctionCompiler {
  // MARK: Source ranges

  /// The whole property access, pointing to the name or bracket.
  func propertySpan(_ node: NodeID) -> SourceSpan {
    switch tree.kind(node) {
    case .member, .privateMember: return span(node, caret: tree.member(node).nameRange.start)
    case .index:
      let info = tree.index(node)
      return span(node, caret: find("[", from: tree.node(info.object).end, to: tree.node(info.key).start))
    default: return span(node)
    }
  }

  /// The callee of a call, pointing to the called name or else to the parenthesis.
  func callSpan(_ callee: NodeID, _ call: NodeID) -> SourceSpan {
    switch tree.kind(callee) {
    case .identifierReference: return span(callee)
    case .member, .privateMember: return propertySpan(callee)
    case .superMember:
      return span(callee, caret: find(".", from: tree.node(callee).start, to: tree.node(callee).end) + 1)
    default:
      let range = tree.range(callee)
      return SourceSpan(
        start: range.start, end: range.end, caret: find("(", from: range.end, to: tree.node(call).end))
    }
  }

  // MARK: Chains

  func compileChain(_ node: NodeID, into target: Int) {
    scoped {
      var chain = makeChain(node, into: target)
      runChain(&chain)
      move(target, chain.value)
    }
  }

  /// The register of the object of a property access; the `?.`s in it jump to `short`.
  func chainOperand(_ node: NodeID, start: UInt32 = 0, end: UInt32 = 0, short: Label?) -> Int {
    guard let short else { return operand(node, start: start, end: end) }
    switch tree.kind(node) {
    case .member, .privateMember, .index, .call: break
    default: return operand(node, start: start, end: end)
    }
    let register = temporary()
    var chain = makeChain(node, into: register)
    chain.short = short
    runChain(&chain)
    move(register, chain.value)
    registers.release(to: register + 1)
    return register
  }

  private func makeChain(_ node: NodeID, into target: Int) -> Chain {
    var chain = Chain(base: node, target: target)
    while true {
      switch tree.kind(chain.base) {
      case .member, .privateMember, .index, .call, .optionalChain:
        chain.links.append(chain.base)
        chain.base = NodeID(index: tree.node(chain.base).a)
      default:
        if !registers.isVariable(target) { chain.work = target }
        return chain
      }
    }
  }

  private func runChain(_ chain: inout Chain) {
    var index = chain.links.count - 1
    if compileCognitiveCall(&chain) {
      index -= 1
    } else {
      compileBase(&chain)
    }
    while index >= 0 {
      let link = chain.links[index]
      let isLast = index == 0
      switch tree.kind(link) {
      case .member, .privateMember, .index:
        compileAccess(link, calledBy: callAfter(chain, index), &chain, isLast: isLast)
      case .call: compileCall(link, &chain, isLast: isLast)
      default: endOptional(&chain, isLast: isLast)
      }
      index -= 1
    }
  }

  /// The call of which a link is the callee.
  private func callAfter(_ chain: Chain, _ index: Int) -> NodeID? {
    var next = index - 1
    while next >= 0, tree.kind(chain.links[next]) == .optionalChain { next -= 1 }
    return next >= 0 && tree.kind(chain.links[next]) == .call ? chain.links[next] : nil
  }

  private func compileBase(_ chain: inout Chain) {
    let base = chain.base
    let kind = tree.kind(base)
    if kind == .superMember || kind == .superIndex, callAfter(chain, chain.links.count) != nil {
      return compileSuperMethod(&chain)
    }
    var start: UInt32 = 0
    var end: UInt32 = 0
    if let first = chain.links.last, tree.kind(first) == .index {
      let range = tree.range(tree.index(first).key)
      (start, end) = (range.start, range.end)
    }
    if let work = chain.work {
      chain.value = operand(base, start: start, end: end, reusing: work)
    } else {
      chain.value = operand(base, start: start, end: end)
      if !registers.isVariable(chain.value) { chain.work = chain.value }
    }
  }

  private func workRegister(_ chain: inout Chain) -> Int {
    if let work = chain.work { return work }
    let work = temporary()
    chain.work = work
    return work
  }

  /// The start of a new call window, at the register for intermediate values where that is the last one.
  private func makeWindow(_ chain: inout Chain) -> Int {
    if let work = chain.work, registers.isTopTemporary(work) {
      _ = registers.allocate(callHeaderSize - 1)
      return work
    }
    return registers.allocate(callHeaderSize)
  }

  // MARK: Property access

  private func skipIfNullish(_ register: Int, _ isOptional: Bool, _ chain: inout Chain) {
    guard isOptional else { return }
    let label = chain.short ?? builder.makeLabel()
    chain.short = label
    builder.emitJump(.jumpNullish, register, to: label)
  }

  /// The property name of an access, when it is known and no array index.
  func staticName(_ node: NodeID) -> NameID? {
    if tree.kind(node) == .member { return tree.member(node).name }
    let key = tree.index(node).key
    guard tree.kind(key) == .stringLiteral, !isArrayIndex(unit.units(tree.name(key))) else { return nil }
    return tree.name(key)
  }

  private func compileAccess(_ link: NodeID, calledBy call: NodeID?, _ chain: inout Chain, isLast: Bool) {
    let isOptional = tree.node(link).flags.contains(.optional)
    skipIfNullish(chain.value, isOptional, &chain)
    if let call { return compileMethod(link, call, &chain) }
    let destination = isLast ? chain.target : workRegister(&chain)
    if tree.kind(link) == .privateMember {
      emitPrivateGet(link, chain.value, into: destination, propertySpan(link))
    } else if let name = staticName(link) {
      emitGet(destination, chain.value, name, propertySpan(link))
    } else {
      scoped {
        let key = operand(tree.index(link).key)
        builder.emit(.arrayGet, destination, chain.value, key, at: propertySpan(link))
      }
    }
    chain.value = destination
  }

  func emitGet(_ target: Int, _ object: Int, _ name: NameID, _ span: SourceSpan) {
    let units = unit.units(name)
    let isLength = units.elementsEqual("length".utf16)
    builder.emit(isLength ? .arrayLen : .propertyGet, target, object, word: builder.constant(units), at: span)
  }

  private func compileMethod(_ link: NodeID, _ call: NodeID, _ chain: inout Chain) {
    let window = makeWindow(&chain)
    chain.window = window
    if tree.kind(link) == .privateMember {
      move(window + 1, chain.value)
      emitPrivateGet(link, window + 1, into: window, propertySpan(link))
    } else if let name = staticName(link) {
      if isSinglePush(link, name, call) {
        chain.isPush = true
        move(window + 1, chain.value)
      } else {
        builder.emit(.methodGet, window, chain.value, word: constant(name), at: propertySpan(link))
      }
    } else {
      move(window + 1, chain.value)
      scoped {
        let key = operand(tree.index(link).key)
        builder.emit(.arrayGet, window, window + 1, key, at: propertySpan(link))
      }
    }
    chain.value = window
  }

  /// `object.push(value)`.
  private func isSinglePush(_ link: NodeID, _ name: NameID, _ call: NodeID) -> Bool {
    let info = tree.call(call)
    guard info.arguments.count == 1, !info.isOptional, info.callee == link else { return false }
    return tree.kind(info.arguments[0]) != .spreadElement && unit.units(name).elementsEqual("push".utf16)
  }

  private func endOptional(_ chain: inout Chain, isLast: Bool) {
    guard let short = chain.short else { return }
    chain.short = nil
    let end = builder.makeLabel()
    if let window = chain.window {
      builder.emitJump(.jump, to: end)
      builder.bind(short)
      loadUndefined(window)
      loadUndefined(window + 1)
    } else {
      let destination = isLast ? chain.target : workRegister(&chain)
      move(destination, chain.value)
      builder.emitJump(.jump, to: end)
      builder.bind(short)
      loadUndefined(destination)
      chain.value = destination
    }
    builder.bind(end)
  }

  // MARK: Calls

  private func compileCall(_ link: NodeID, _ chain: inout Chain, isLast: Bool) {
    let info = tree.call(link)
    let hasThis = chain.window != nil
    let window = chain.window ?? makeWindow(&chain)
    if !hasThis { move(window, chain.value) }
    skipIfNullish(window, info.isOptional, &chain)
    let span = callSpan(info.callee, link)
    if chain.isPush {
      compileArguments(info.arguments, window)
      builder.emit(.arrayPush, window, 1, word: constant("push"), at: span)
    } else {
      emitCall(info.arguments, window, hasThis: hasThis, span)
    }
    finishCall(window, &chain)
  }

  private func finishCall(_ window: Int, _ chain: inout Chain) {
    registers.release(to: window + 1)
    chain.window = nil
    chain.isPush = false
    chain.value = window
    chain.work = window
  }

  private func needsArray(_ arguments: NodeList) -> Bool {
    arguments.count > Limits.arguments || arguments.contains { tree.kind($0) == .spreadElement }
  }

  private func compileArguments(_ arguments: NodeList, _ window: Int) {
    registers.release(to: window + callHeaderSize)
    for argument in arguments { compile(argument, into: temporary()) }
  }

  /// Evaluates the arguments and calls what is in the window.
  func emitCall(_ arguments: NodeList, _ window: Int, hasThis: Bool, _ span: SourceSpan) {
    if needsArray(arguments) {
      if !hasThis { loadUndefined(window + 1) }
      registers.release(to: window + callHeaderSize)
      compileArgumentArray(arguments, into: temporary())
      return builder.emit(.callSpread, window, at: span)
    }
    compileArguments(arguments, window)
    builder.emit(hasThis ? .callMethod : .call, window, arguments.count, at: span)
  }

  /// `CC(prompt)`, where the program declares no CC of its own.
  private func compileCognitiveCall(_ chain: inout Chain) -> Bool {
    guard let link = chain.links.last, tree.kind(link) == .call, tree.kind(chain.base) == .identifierReference,
      tree.text(tree.name(chain.base)) == "CC", analysis.binding(of: chain.base) == 0
    else { return false }
    let info = tree.call(link)
    guard info.arguments.count == 1, !info.isOptional, tree.kind(info.arguments[0]) != .spreadElement else {
      return false
    }
    let destination = chain.links.count == 1 ? chain.target : workRegister(&chain)
    let place = callSpan(chain.base, link)
    let prompt = isFirstDialect ? guardedPrompt(info.arguments[0], place) : operand(info.arguments[0])
    builder.emit(.cc, destination, prompt, at: place)
    chain.value = destination
    return true
  }

  /// The prompt of a `CC` in the dialect `cvm1`: when computing it fails, the question is how to proceed.
  private func guardedPrompt(_ prompt: NodeID, _ place: SourceSpan) -> Int {
    let register = temporary()
    registers.markAsVariable(register)
    let region = Region()
    control.append(.protected(region))
    open(region)
    compile(prompt, into: register)
    close(region)
    control.removeLast()
    let handler = builder.makeLabel()
    let end = builder.makeLabel()
    addHandlers(region, target: handler, register: register)
    if builder.isUsed(handler) {
      builder.emitJump(.jump, to: end)
      builder.bind(handler)
      builder.emit(.failurePrompt, register, register, at: place)
    }
    builder.bind(end)
    return register
  }

  // MARK: new

  func compileNew(_ node: NodeID, into target: Int) {
    let info = tree.new(node)
    let range = tree.range(info.callee)
    let span = SourceSpan(start: range.start, end: range.end, caret: tree.node(node).start)
    scoped {
      let window = windowAt(target)
      compile(info.callee, into: window)
      registers.release(to: window + callHeaderSize)
      if needsArray(info.arguments) {
        compileArgumentArray(info.arguments, into: temporary())
        builder.emit(.constructSpread, window, at: span)
      } else {
        compileArguments(info.arguments, window)
        builder.emit(.construct, window, info.arguments.count, at: span)
      }
      move(target, window)
    }
  }

  /// A call window, at the target where that is the last register and no variable.
  func windowAt(_ target: Int) -> Int {
    if registers.isTopTemporary(target) {
      _ = registers.allocate(callHeaderSize - 1)
      return target
    }
    return registers.allocate(callHeaderSize)
  }

  // MARK: super

  private func compileSuperMethod(_ chain: inout Chain) {
    let window = makeWindow(&chain)
    chain.window = window
    scoped {
      let reference = superReference(chain.base)
      move(window + 1, reference.receiver)
      emitSuperGet(reference, into: window)
    }
    chain.value = window
  }

  private func superSpan(_ node: NodeID) -> SourceSpan {
    let record = tree.node(node)
    let offset = tree.kind(node) == .superMember ? find(".", from: record.start, to: record.end) + 1 : record.start
    return span(node, caret: offset)
  }

  /// A property of `super`: `this` and the object to look in stand in two registers.
  struct SuperReference {
    let node: NodeID
    let receiver: Int
    /// May be changed by conversion.
    let key: Int
  }

  func superReference(_ node: NodeID) -> SuperReference {
    let receiver = registers.allocate(2)
    loadThis(node, into: receiver)
    let key = temporary()
    if tree.kind(node) == .superIndex {
      compile(tree.operand(node), into: key)
    } else {
      builder.emit(.loadConstant, key, word: constant(tree.name(node)))
    }
    builder.emit(.superBase, receiver + 1)
    return SuperReference(node: node, receiver: receiver, key: key)
  }

  private func convertKey(_ reference: SuperReference) {
    guard tree.kind(reference.node) == .superIndex else { return }
    switch tree.kind(tree.operand(reference.node)) {
    case .stringLiteral, .numberLiteral: return
    default: builder.emit(.toPropertyKey, reference.key, reference.key, at: span(reference.node))
    }
  }

  func emitSuperGet(_ reference: SuperReference, into target: Int) {
    convertKey(reference)
    builder.emit(.superGet, target, reference.receiver, reference.key, at: superSpan(reference.node))
  }

  func emitSuperSet(_ reference: SuperReference, _ value: Int) {
    convertKey(reference)
    builder.emit(.superSet, reference.receiver, reference.key, value, at: superSpan(reference.node))
  }

  func compileSuperProperty(_ node: NodeID, into target: Int) {
    scoped { emitSuperGet(superReference(node), into: target) }
  }

  func compileSuperCall(_ node: NodeID, into target: Int) {
    let arguments = tree.elements(node)
    let place = span(node)
    scoped {
      let window = windowAt(target)
      loadCallee(into: window, place)
      builder.emit(.superConstructor, window, window, at: place)
      loadNewTarget(into: window + 1, place)
      if needsArray(arguments) {
        compileArgumentArray(arguments, into: temporary())
        builder.emit(.superCallSpread, window, at: place)
      } else {
        compileArguments(arguments, window)
        builder.emit(.superCall, window, arguments.count, at: place)
      }
      registers.release(to: window + 1)
      bindThis(window, place)
      move(target, window)
    }
  }

  private func loadCallee(into target: Int, _ place: SourceSpan) {
    if scopeInfo.isArrow {
      load(analysis.functions[thisOwner].calleeBinding, into: target, at: place)
    } else {
      builder.emit(.loadCallee, target)
    }
  }

  private func loadNewTarget(into target: Int, _ place: SourceSpan) {
    if scopeInfo.isArrow {
      load(analysis.functions[thisOwner].newTargetBinding, into: target, at: place)
    } else {
      builder.emit(.loadNewTarget, target)
    }
  }

  func compileNewTarget(_ node: NodeID, into target: Int) {
    if kind == .program { return loadUndefined(target) }
    loadNewTarget(into: target, span(node))
  }

  /// Makes the object that a parent constructor made the value of `this`, and initialises its fields.
  func bindThis(_ value: Int, _ place: SourceSpan) {
    let owner = analysis.functions[thisOwner]
    if let thisRegister {
      if owner.superCallCount > 1 || owner.hasUnsureSuperCall {
        builder.emit(.checkSuperOnce, thisRegister, at: place)
      }
      builder.emit(.move, thisRegister, value)
    } else if owner.thisBinding != 0 {
      switch access(to: owner.thisBinding) {
      case .captured(let index): builder.emit(.bindThisCaptured, index, value, at: place)
      case .cell(let cell): builder.emit(.bindThis, cell, value, at: place)
      default: break
      }
    }
    if owner.fieldInitializer != 0 { runFieldInitializer(on: value, at: place) }
  }

  /// Calls the function that initialises the fields of an instance.
  func runFieldInitializer(on instance: Int? = nil, at place: SourceSpan) {
    let id = analysis.functions[thisOwner].fieldInitializer
    scoped {
      let window = registers.allocate(callHeaderSize)
      load(id, into: window, at: place)
      if let instance {
        move(window + 1, instance)
      } else if let thisRegister {
        move(window + 1, thisRegister)
      } else {
        builder.emit(.loadThis, window + 1)
      }
      builder.emit(.callMethod, window, 0, at: place)
    }
  }
}

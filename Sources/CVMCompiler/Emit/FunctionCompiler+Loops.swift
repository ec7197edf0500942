import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  /// Loads the literals that the outermost loop around here uses again and again.
  private func withLoopConstants(_ node: NodeID, _ body: () -> Void) {
    guard let constants = analysis.loopConstants[node.index], !isInLoop else {
      let wasInLoop = isInLoop
      isInLoop = true
      body()
      isInLoop = wasInLoop
      return
    }
    let mark = registers.next
    for constant in constants where registers.next < 140 {
      let register = registers.allocate()
      switch constant {
      case .number(let bits): loadNumberAfresh(Double(bitPattern: bits), into: register)
      case .string(let name): builder.emit(.loadConstant, register, word: self.constant(name))
      case .special(let number): builder.emit(.loadSpecial, register, immediate: number)
      }
      registers.markAsVariable(register)
      loopConstants[constant] = register
    }
    isInLoop = true
    body()
    isInLoop = false
    loopConstants = [:]
    registers.release(to: mark)
  }

  /// The body of a loop with its targets for `break` and `continue`.
  private func compileBody(_ body: NodeID, breakLabel: Label, continueLabel: Label, names: [NameID]) {
    control.append(.breakTarget(breakLabel, names: names, isPlain: true))
    control.append(.continueTarget(continueLabel, names: names))
    compileStatement(body)
    control.removeLast(2)
  }

  // MARK: while and do

  func compileLoop(_ statement: NodeID, names: [NameID]) {
    let info = tree.loop(statement)
    let isWhile = tree.kind(statement) == .whileStatement
    resetCompletion()
    withLoopConstants(statement) {
      let body = builder.makeLabel()
      let test = builder.makeLabel()
      let end = builder.makeLabel()
      if isWhile { jumpToTest(info.test, test) }
      builder.bind(body, isReachedLater: true)
      compileBody(info.body, breakLabel: end, continueLabel: test, names: names)
      builder.bind(test)
      if builder.isReachable { loopBack(info.test, to: body) }
      builder.bind(end)
    }
  }

  /// The first test of a loop is the one at its bottom, unless it is known to succeed.
  private func jumpToTest(_ test: NodeID?, _ label: Label) {
    guard let test, tree.kind(test) != .trueLiteral else { return }
    builder.emitJump(.jump, to: label)
  }

  // MARK: for

  func compileFor(_ statement: NodeID, names: [NameID]) {
    let info = tree.forStatement(statement)
    resetCompletion()
    withLoopConstants(statement) {
      withScope(statement) {
        if let initializer = info.initializer {
          if tree.kind(initializer) == .variableDeclaration {
            compileDeclaration(initializer)
          } else {
            scoped { discard(initializer) }
          }
        }
        compileForLoop(statement, info, names: names)
      }
    }
  }

  private func compileForLoop(_ statement: NodeID, _ info: ForInfo, names: [NameID]) {
    let copied = perIterationBindings(statement)
    let headEnd = info.initializer.map { tree.node($0).end } ?? 0
    if copied.contains(where: { analysis.bindings[$0].firstCapture < headEnd }) { copyCells(copied) }
    let body = builder.makeLabel()
    let next = builder.makeLabel()
    let test = builder.makeLabel()
    let end = builder.makeLabel()
    jumpToTest(info.test, test)
    builder.bind(body, isReachedLater: true)
    compileBody(info.body, breakLabel: end, continueLabel: next, names: names)
    builder.bind(next)
    if builder.isReachable {
      copyCells(copied)
      if let update = info.update {
        builder.statementSpan = span(update)
        scoped { discard(update) }
      }
    }
    builder.bind(test)
    if builder.isReachable {
      if let test = info.test { builder.statementSpan = span(test) }
      if let test = info.test { loopBack(test, to: body) } else { builder.emitJump(.loop, to: body) }
    }
    builder.statementSpan = nil
    builder.bind(end)
  }

  /// The variables of a loop head that each iteration has a copy of, for closures.
  private func perIterationBindings(_ statement: NodeID) -> [BindingID] {
    guard let scope = analysis.scopeOfNode[statement.index] else { return [] }
    return analysis.scopes[scope].bindings.filter {
      analysis.bindings[$0].isCaptured && analysis.bindings[$0].kind == .let
    }
  }

  private func copyCells(_ bindings: [BindingID]) {
    for id in bindings {
      guard case .cell(let cell)? = storage[id] else { continue }
      let range = analysis.bindings[id].range
      scoped {
        let value = temporary()
        builder.emit(
          .cellGet, value, cell, at: SourceSpan(start: range.start, end: range.end, caret: range.start))
        builder.emit(.cellNew, cell)
        builder.emit(.cellInit, cell, value)
      }
    }
  }

  // MARK: for-in and for-of

  func compileForEach(_ statement: NodeID, names: [NameID]) {
    resetCompletion()
    withLoopConstants(statement) {
      let mark = registers.next
      let info = tree.forEach(statement)
      if let steps = stepsOfIntrinsic(info.subject) {
        return compileSteps(statement, info, steps, names: names)
      }
      let state = registers.allocate(3)
      for register in state..<state + 3 { registers.markAsVariable(register) }
      openSubject(statement, info, state)
      if tree.kind(statement) == .forOfStatement {
        compileForOf(statement, info, state, names: names)
      } else {
        compileForIn(statement, info, state, names: names)
      }
      leaveScope(mark)
    }
  }

  /// The arguments of `%Steps(...)`; nil for other subjects.
  private func stepsOfIntrinsic(_ subject: NodeID) -> [NodeID]? {
    guard tree.kind(subject) == .intrinsicCall, tree.text(tree.intrinsicCall(subject).name) == "Steps" else {
      return nil
    }
    return Array(tree.intrinsicCall(subject).arguments)
  }

  /// `for (const value of %Steps(iterator, next))`: the values of an iterator without result objects where nobody sees
  /// them; `%Steps(cursor)`: the keys of a map or set, whose values are `%EntryValue()`. The loop closes nothing.
  private func compileSteps(_ statement: NodeID, _ info: ForEachInfo, _ steps: [NodeID], names: [NameID]) {
    let mark = registers.next
    let state = registers.allocate(2)
    for register in state..<state + 2 { registers.markAsVariable(register) }
    for (i, part) in steps.enumerated() { compile(part, into: state + i) }
    // A cursor brings its own step, and leaves the values of entries where other iterators have theirs.
    let isCursor = steps.count == 1
    if isCursor { loadUndefined(state + 1) }
    let outer = entryValue
    entryValue = isCursor ? state + 1 : nil
    compileRounds(statement, info, names: names) {
      self.builder.emitJump(.iteratorStep, state, $0, isCursor ? 1 : 0, to: $1, at: self.span(info.subject))
    }
    entryValue = outer
    leaveScope(mark)
  }

  /// Evaluates the subject, in which the variables of the head are not initialised yet.
  private func openSubject(_ statement: NodeID, _ info: ForEachInfo, _ state: Int) {
    let mark = registers.next
    if let scope = analysis.scopeOfNode[statement.index], subjectSeesHead(scope, info.subject) { enterScope(scope) }
    let opcode: Opcode = tree.kind(statement) == .forOfStatement ? .iteratorOpen : .forInOpen
    builder.emit(opcode, state, operand(info.subject), at: span(info.subject))
    if isFirstDialect, opcode == .iteratorOpen { builder.emit(.iteratorFix, state) }
    leaveScope(mark)
    if let scope = analysis.scopeOfNode[statement.index] {
      for id in analysis.scopes[scope].bindings { storage[id] = nil }
    }
  }

  private func subjectSeesHead(_ scope: Int, _ subject: NodeID) -> Bool {
    let end = tree.node(subject).end
    return analysis.scopes[scope].bindings.contains {
      analysis.bindings[$0].needsMarker || analysis.bindings[$0].firstCapture < end
    }
  }

  private func compileForOf(_ statement: NodeID, _ info: ForEachInfo, _ state: Int, names: [NameID]) {
    let place = span(info.subject)
    let next = builder.makeLabel()
    let bottom = builder.makeLabel()
    let end = builder.makeLabel()
    let region = Region()
    builder.bind(next, isReachedLater: true)
    control.append(.breakTarget(end, names: names, isPlain: true))
    control.append(.iterator(register: state, region, place))
    control.append(.continueTarget(bottom, names: names))
    compileIteration(statement, info) { target, afterNext in
      self.builder.emitJump(self.isFirstDialect ? .iteratorNextFixed : .iteratorNext, state, target, to: end, at: place)
      self.open(region)
      afterNext()
    }
    close(region)
    control.removeLast(3)
    builder.bind(bottom)
    builder.emitJump(.loop, to: next)
    closeIteratorOnException(region, state, place)
    builder.bind(end)
  }

  private func compileForIn(_ statement: NodeID, _ info: ForEachInfo, _ state: Int, names: [NameID]) {
    compileRounds(statement, info, names: names) { self.builder.emitJump(.forInNext, state, $0, to: $1) }
  }

  /// A loop that needs nothing done when it is left: `advance` fetches the next value or jumps to the end.
  private func compileRounds(
    _ statement: NodeID, _ info: ForEachInfo, names: [NameID], _ advance: (_ target: Int, _ end: Label) -> Void
  ) {
    let next = builder.makeLabel()
    let bottom = builder.makeLabel()
    let end = builder.makeLabel()
    builder.bind(next, isReachedLater: true)
    control.append(.breakTarget(end, names: names, isPlain: true))
    control.append(.continueTarget(bottom, names: names))
    compileIteration(statement, info) { target, afterNext in
      advance(target, end)
      afterNext()
    }
    control.removeLast(2)
    builder.bind(bottom)
    builder.emitJump(.loop, to: next)
    builder.bind(end)
  }

  /// One iteration: `advance` fetches the next value into the register it is given, then assigns it as it is told.
  private func compileIteration(
    _ statement: NodeID, _ info: ForEachInfo, _ advance: (Int, () -> Void) -> Void
  ) {
    let mark = registers.next
    var target = info.target
    let isDeclaration = tree.kind(target) == .variableDeclaration
    if isDeclaration, let declarator = tree.variableDeclaration(target).declarators.first {
      target = tree.declarator(declarator).target
    }
    if let register = iterationRegister(target) {
      advance(register) {}
    } else {
      let value = registers.allocate()
      registers.markAsVariable(value)
      advance(value) {
        if let scope = self.analysis.scopeOfNode[statement.index] { self.enterScope(scope) }
        if isDeclaration { self.reserveBindings(target) }
        self.scoped { self.bindIteration(target, value, isDeclaration: isDeclaration) }
      }
    }
    compileStatement(info.body)
    leaveScope(mark)
  }

  private func bindIteration(_ target: NodeID, _ value: Int, isDeclaration: Bool) {
    if tree.kind(target) == .bindingIdentifier {
      initializeBinding(target, from: value)
    } else {
      bindPattern(target, from: value, isDeclaration: isDeclaration, source: .value)
    }
  }

  /// The register of a head variable that the next value can be put in directly.
  private func iterationRegister(_ target: NodeID) -> Int? {
    guard tree.kind(target) == .bindingIdentifier else { return nil }
    let id = analysis.binding(of: target)
    let binding = analysis.bindings[id]
    guard binding.function == function, !binding.isGlobal, binding.hasDeadZone, !binding.isCaptured,
      !binding.needsMarker, binding.spillSlot < 0
    else { return nil }
    let register = registers.allocate()
    place(id, in: register)
    return register
  }
}

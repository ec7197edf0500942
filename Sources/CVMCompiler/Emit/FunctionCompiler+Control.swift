import CVMBytecode
import CVMSyntax

/// A stretch of code whose exceptions go to one handler, with gaps where control leaves it.
final class Region {
  fileprivate var openedAt: Int?
  fileprivate var ranges: [(start: Int, end: Int)] = []
}

/// The `finally` block around some code, and who goes through it.
final class FinallyBlock {
  let region = Region()
  let label: Label
  /// Says how the block was entered: 0 by running into it, 1 with an exception, else the number of an exit.
  let kind: Int
  /// The exception or the value to return.
  let value: Int
  var exits: [Exit] = []

  init(label: Label, kind: Int, value: Int) {
    self.label = label
    self.kind = kind
    self.value = value
  }
}

/// How control leaves the statements around it.
enum Exit: Equatable {
  /// To the break or continue target at this index of the control stack.
  case jump(Int)
  /// With the value in a register.
  case `return`(Int)
}

/// A construct around the current statement that matters to `break`, `continue`, `return` and exceptions.
enum ControlEntry {
  case breakTarget(Label, names: [NameID], isPlain: Bool)
  case continueTarget(Label, names: [NameID])
  case iterator(register: Int, Region, SourceSpan)
  case finally(FinallyBlock)
  /// The block of a `try` with a handler.
  case protected(Region)
}

extension FunctionCompiler {
  // MARK: Regions

  func open(_ region: Region) { region.openedAt = builder.pc }

  func close(_ region: Region) {
    guard let start = region.openedAt else { return }
    if start < builder.pc { region.ranges.append((start, builder.pc)) }
    region.openedAt = nil
  }

  func addHandlers(_ region: Region, target: Label, register: Int) {
    for range in region.ranges {
      builder.addHandler(from: range.start, to: range.end, target: target, register: register)
    }
  }

  // MARK: Leaving

  /// Leaves everything above an entry of the control stack, then jumps or returns.
  func leave(_ exit: Exit) {
    guard builder.isReachable else { return }
    var suspended: [Region] = []
    defer { for region in suspended { open(region) } }
    var bottom = -1
    if case .jump(let index) = exit { bottom = index }
    var index = control.count - 1
    while index > bottom {
      switch control[index] {
      case .breakTarget, .continueTarget: break
      case .protected(let region):
        close(region)
        suspended.append(region)
      case .iterator(let register, let region, let place):
        close(region)
        suspended.append(region)
        builder.emit(.iteratorClose, register, 0, at: place)
      case .finally(let block):
        close(block.region)
        suspended.append(block.region)
        return enter(block, exit)
      }
      index -= 1
    }
    switch exit {
    case .jump(let index):
      switch control[index] {
      case .breakTarget(let label, _, _), .continueTarget(let label, _): builder.emitJump(.jump, to: label)
      default: break
      }
    case .return(let value): emitReturn(value)
    }
  }

  /// Goes to a `finally` block that will go on with the exit.
  private func enter(_ block: FinallyBlock, _ exit: Exit) {
    var exit = exit
    if case .return(let value) = exit {
      move(block.value, value)
      exit = .return(block.value)
    }
    if !block.exits.contains(exit) { block.exits.append(exit) }
    let number = block.exits.firstIndex(of: exit) ?? 0
    builder.emit(.loadInt, block.kind, immediate: number + 2)
    builder.emitJump(.jump, to: block.label)
  }

  private func emitReturn(_ value: Int) {
    if kind == .derivedConstructor {
      let range = tree.range(scopeInfo.node)
      emitReturnDerived(value, at: SourceSpan(start: range.start, end: range.end, caret: range.start))
    } else {
      builder.emit(kind.isGenerator ? .generatorReturn : .return, value)
    }
  }

  func compileReturn(_ node: NodeID) {
    let value = tree.optionalOperand(node)
    let isPlain = !control.contains {
      if case .finally = $0 { return true }
      if case .iterator = $0 { return true }
      return false
    }
    if value == nil && isPlain && kind != .derivedConstructor && !kind.isGenerator {
      return builder.emit(.returnUndefined)
    }
    if isPlain, let value, tree.kind(value) == .conditional { return returnConditional(value) }
    let register: Int
    if let value {
      register = operand(value)
    } else {
      register = temporary()
      loadUndefined(register)
    }
    leave(.return(register))
  }

  /// `return test ? a : b` returns from both branches.
  private func returnConditional(_ node: NodeID) {
    var node = node
    while tree.kind(node) == .conditional {
      let info = tree.conditional(node)
      let alternate = builder.makeLabel()
      branch(info.test, ifFalse: alternate)
      scoped { leave(.return(operand(info.consequent))) }
      builder.bind(alternate)
      node = info.alternate
    }
    scoped { leave(.return(operand(node))) }
  }

  func compileBreak(_ node: NodeID) {
    if let index = targetIndex(node) { leave(.jump(index)) }
  }

  /// The entry of the control stack that a `break` or `continue` goes to.
  private func targetIndex(_ node: NodeID) -> Int? {
    let label = tree.label(node)
    let isBreak = tree.kind(node) == .breakStatement
    return control.lastIndex {
      switch $0 {
      case .breakTarget(_, let names, let isPlain): isBreak && (label.map(names.contains) ?? isPlain)
      case .continueTarget(_, let names): !isBreak && (label.map(names.contains) ?? true)
      default: false
      }
    }
  }

  /// The label that a lone `break` or `continue` jumps to, when nothing is to be done on the way.
  func exitLabel(_ statement: NodeID) -> Label? {
    var node = statement
    while tree.kind(node) == .blockStatement, tree.body(node).count == 1 { node = tree.body(node)[0] }
    guard tree.kind(node) == .breakStatement || tree.kind(node) == .continueStatement, let index = targetIndex(node)
    else { return nil }
    for entry in control[(index + 1)...] {
      switch entry {
      case .iterator, .finally: return nil
      default: continue
      }
    }
    switch control[index] {
    case .breakTarget(let label, _, _), .continueTarget(let label, _): return label
    default: return nil
    }
  }

  // MARK: try

  func compileTry(_ node: NodeID) {
    let info = tree.tryStatement(node)
    guard let finalizer = info.finalizer else { return compileTryCatch(info) }
    let mark = registers.next
    let block = FinallyBlock(
      label: builder.makeLabel(), kind: registers.allocate(), value: registers.allocate())
    registers.markAsVariable(block.kind)
    registers.markAsVariable(block.value)
    loadUndefined(block.value)
    control.append(.finally(block))
    open(block.region)
    if info.handler != nil { compileTryCatch(info) } else { compileStatement(info.block) }
    close(block.region)
    control.removeLast()
    let runsThrough = builder.isReachable
    if runsThrough { builder.emit(.loadInt, block.kind, immediate: 0) }
    let handler = builder.makeLabel()
    addHandlers(block.region, target: handler, register: block.value)
    let catches = builder.isUsed(handler)
    if catches {
      builder.emitJump(.jump, to: block.label)
      builder.bind(handler)
      builder.emit(.loadInt, block.kind, immediate: 1)
    }
    builder.bind(block.label)
    compileFinalizer(finalizer)
    dispatch(block, catches: catches, runsThrough: runsThrough, place: span(finalizer))
    leaveScope(mark)
  }

  /// The completion value of a `finally` block that runs to its end does not count.
  private func compileFinalizer(_ finalizer: NodeID) {
    guard let completion else { return compileStatement(finalizer) }
    scoped {
      let saved = temporary()
      registers.markAsVariable(saved)
      move(saved, completion)
      loadUndefined(completion)
      compileStatement(finalizer)
      move(completion, saved)
    }
  }

  /// Goes on with what the `finally` block interrupted.
  private func dispatch(_ block: FinallyBlock, catches: Bool, runsThrough: Bool, place: SourceSpan) {
    guard builder.isReachable else { return }
    var ways: [(kind: Int, go: () -> Void)] = []
    if catches { ways.append((1, { self.builder.emit(.throw, block.value, at: place) })) }
    for (index, exit) in block.exits.enumerated() { ways.append((index + 2, { self.leave(exit) })) }
    for (index, way) in ways.enumerated() {
      if !runsThrough && index == ways.count - 1 { return way.go() }
      let next = builder.makeLabel()
      builder.emitJump(.jumpStrictNeqInt, block.kind, immediate: way.kind, to: next)
      way.go()
      builder.bind(next)
    }
  }

  private func compileTryCatch(_ info: TryInfo) {
    guard let handlerNode = info.handler else { return compileStatement(info.block) }
    let region = Region()
    control.append(.protected(region))
    open(region)
    compileStatement(info.block)
    close(region)
    control.removeLast()
    let handler = builder.makeLabel()
    let end = builder.makeLabel()
    let mark = registers.next
    let exception = registers.allocate()
    addHandlers(region, target: handler, register: exception)
    if builder.isUsed(handler) {
      builder.emitJump(.jump, to: end)
      builder.bind(handler)
      compileCatch(handlerNode, exception: exception)
    }
    leaveScope(mark)
    builder.bind(end)
  }

  private func compileCatch(_ node: NodeID, exception: Int) {
    let clause = tree.catchClause(node)
    if let completion { loadUndefined(completion) }
    registers.markAsVariable(exception)
    if let scope = analysis.scopeOfNode[node.index] { enterScope(scope) }
    if let parameter = clause.parameter {
      if tree.kind(parameter) == .bindingIdentifier {
        let id = analysis.binding(of: parameter)
        if analysis.bindings[id].kind == .variable {
          initializeBinding(parameter, from: exception)
        } else if storage[id] == nil && analysis.bindings[id].spillSlot < 0 {
          place(id, in: exception)
        } else {
          initialize(id, from: exception)
        }
      } else {
        reserveBindings(parameter)
        scoped { bindPattern(parameter, from: exception, isDeclaration: true, source: .value) }
      }
    }
    compileStatement(clause.body)
  }
}

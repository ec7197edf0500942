import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  /// How many registers a generator keeps here: those that are in use.
  func liveRegisters(_ range: SourceRange) -> Int {
    guard registers.next <= 255 else {
      unit.report(range, "this generator needs too many variables and intermediate values at a time")
      return 0
    }
    return registers.next
  }

  func emitGeneratorEnd() {
    scoped {
      let value = temporary()
      loadUndefined(value)
      builder.emit(.generatorReturn, value)
    }
  }

  /// `yield value`: what is given to `return()` leaves through the `finally` blocks around.
  func compileYield(_ node: NodeID, into target: Int) {
    let info = tree.yield(node)
    if info.isDelegate, let argument = info.argument { return compileDelegate(node, argument, into: target) }
    let place = span(node)
    scoped {
      let received = temporary()
      if let argument = info.argument { compile(argument, into: received) } else { loadUndefined(received) }
      let next = builder.makeLabel()
      builder.emitJump(.yield, received, received, liveRegisters(tree.range(node)), to: next, at: place)
      leave(.return(received))
      builder.bind(next)
      move(target, received)
    }
  }

  /// `yield* iterable`.
  private func compileDelegate(_ node: NodeID, _ argument: NodeID, into target: Int) {
    let place = span(argument)
    scoped {
      // Iterator, its next method, what is handed on, and by which method.
      let state = registers.allocate(4)
      for register in state..<state + 4 { registers.markAsVariable(register) }
      scoped { builder.emit(.delegateOpen, state, operand(argument), at: place) }
      loadUndefined(state + 2)
      builder.emit(.loadInt, state + 3, immediate: 0)
      let step = builder.makeLabel()
      let pass = builder.makeLabel()
      let end = builder.makeLabel()
      builder.bind(step, isReachedLater: true)
      builder.emitJump(.delegateStep, state, to: pass, at: place)
      builder.emitJump(.jumpFalse, state + 3, to: end)
      leave(.return(state + 2))
      builder.bind(pass)
      builder.emitJump(.yieldDelegate, state, 0, liveRegisters(tree.range(node)), to: step, at: place)
      builder.bind(end)
      move(target, state + 2)
    }
  }
}

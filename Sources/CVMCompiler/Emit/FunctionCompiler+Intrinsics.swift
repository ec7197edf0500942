import CVMBytecode
import CVMSyntax

/// The calls `%name(...)` of self-hosted sources.
extension FunctionCompiler {
  func compileIntrinsic(_ node: NodeID, into target: Int) {
    let info = tree.intrinsicCall(node)
    let arguments = Array(info.arguments)
    switch tree.text(info.name) {
    case "EntryValue" where entryValue != nil: move(target, entryValue ?? target)
    case "Done": builder.emit(.loadSpecial, target, immediate: Special.done)
    case "Hole": builder.emit(.loadSpecial, target, immediate: Special.hole)
    case "IsUndefined" where arguments.count == 1: compare(arguments[0], Special.undefined, into: target)
    case "IsNull" where arguments.count == 1: compare(arguments[0], Special.null, into: target)
    case "IsDone" where arguments.count == 1: compare(arguments[0], Special.done, into: target)
    case "IsHole" where arguments.count == 1: compare(arguments[0], Special.hole, into: target)
    case "Call" where arguments.count >= 2: compileIntrinsicCall(node, arguments, into: target)
    case "Construct" where arguments.count >= 1: compileIntrinsicConstruct(node, arguments, into: target)
    case "IteratorNext" where arguments.count == 2: compileIteratorNext(node, arguments, into: target)
    case "SortWith" where arguments.count == 2: compileSort(node, arguments, into: target)
    case "CallSpread" where arguments.count == 3:
      inWindow(arguments[0], this: arguments[1], Array(arguments[2...]), target) {
        self.builder.emit(.callSpread, $0, at: self.span(node))
      }
    case "ConstructSpread" where arguments.count == 2:
      inWindow(arguments[0], this: nil, Array(arguments[1...]), target) {
        self.builder.emit(.constructSpread, $0, at: self.span(node))
      }
    case let name:
      scoped {
        var first = arguments.isEmpty ? target : registers.next
        if arguments.count == 1 {
          first = operand(arguments[0])
        } else {
          for argument in arguments { compile(argument, into: temporary()) }
        }
        builder.emit(
          .intrinsic, target, first, arguments.count, word: builder.intrinsic(name), at: span(node))
      }
    }
  }

  private func compare(_ node: NodeID, _ special: Int, into target: Int) {
    scoped {
      let value = operand(node)
      let other = temporary()
      builder.emit(.loadSpecial, other, immediate: special)
      builder.emit(.strictEq, target, value, other)
    }
  }

  /// `%IteratorNext(iterator, next)`: the next value or the done marker, without a result object where nobody sees it.
  private func compileIteratorNext(_ node: NodeID, _ arguments: [NodeID], into target: Int) {
    scoped {
      let state = registers.allocate(2)
      compile(arguments[0], into: state)
      compile(arguments[1], into: state + 1)
      let value = temporary()
      let end = builder.makeLabel()
      builder.emit(.loadSpecial, value, immediate: Special.done)
      builder.emitJump(.iteratorStep, state, value, to: end, at: span(node))
      builder.bind(end)
      move(target, value)
    }
  }

  /// `%SortWith(state, comparator)`: calls the comparator until the list of the state is in order.
  private func compileSort(_ node: NodeID, _ arguments: [NodeID], into target: Int) {
    scoped {
      let state = temporary()
      compile(arguments[0], into: state)
      let comparator = temporary()
      compile(arguments[1], into: comparator)
      let window = registers.allocate(callHeaderSize + 2)
      let body = builder.makeLabel()
      let end = builder.makeLabel()
      loadUndefined(window)
      builder.bind(body, isReachedLater: true)
      builder.emitJump(.sortStep, window, state, comparator, to: end, at: span(node))
      builder.emit(.callMethod, window, 2, at: span(node))
      builder.emit(.toNumber, window, window, at: span(node))
      builder.emitJump(.loop, to: body)
      builder.bind(end)
    }
    loadUndefined(target)
  }

  private func inWindow(
    _ callee: NodeID, this: NodeID?, _ arguments: [NodeID], _ target: Int, _ emit: (Int) -> Void
  ) {
    scoped {
      let window = windowAt(target)
      compile(callee, into: window)
      if let this { compile(this, into: window + 1) }
      for argument in arguments { compile(argument, into: temporary()) }
      emit(window)
      move(target, window)
    }
  }

  private func compileIntrinsicCall(_ node: NodeID, _ arguments: [NodeID], into target: Int) {
    inWindow(arguments[0], this: arguments[1], Array(arguments[2...]), target) {
      self.builder.emit(.callMethod, $0, arguments.count - 2, at: self.span(node))
    }
  }

  private func compileIntrinsicConstruct(_ node: NodeID, _ arguments: [NodeID], into target: Int) {
    inWindow(arguments[0], this: nil, Array(arguments[1...]), target) {
      self.builder.emit(.construct, $0, arguments.count - 1, at: self.span(node))
    }
  }
}

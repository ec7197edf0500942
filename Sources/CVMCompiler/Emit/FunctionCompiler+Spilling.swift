import CVMBytecode
import CVMSyntax

/// Variables that no register is left for live in an array, which closures capture as a whole.
extension FunctionCompiler {
  func declarationSpan(_ id: BindingID) -> SourceSpan {
    let range = analysis.bindings[id].range
    return SourceSpan(start: range.start, end: range.end, caret: range.start)
  }

  /// Makes the array at the entry of a function.
  func makeSpillArray() {
    let binding = scopeInfo.spillBinding
    guard binding != 0 else { return }
    let array = registers.allocate()
    registers.markAsVariable(array)
    builder.emit(.listNew, array, word: UInt32(scopeInfo.spillCount))
    spillRegister = array
    if analysis.bindings[binding].isCaptured {
      makeCell(binding)
      initialize(binding, from: array)
    }
  }

  /// The array of the function that a variable belongs to, and the key of the variable, in registers.
  private func locate(_ id: BindingID, _ span: SourceSpan) -> (array: Int, key: Int) {
    let binding = analysis.bindings[id]
    let array: Int
    if binding.function == function, let spillRegister {
      array = spillRegister
    } else {
      array = temporary()
      load(analysis.functions[binding.function].spillBinding, into: array, at: span)
    }
    let key = temporary()
    loadNumber(Double(binding.spillSlot), into: key)
    return (array, key)
  }

  func loadSpilled(_ id: BindingID, into target: Int, isChecked: Bool, _ span: SourceSpan) {
    scoped {
      let place = locate(id, span)
      let needsCheck = isChecked && analysis.bindings[id].hasDeadZone
      let value = needsCheck && registers.isVariable(target) ? temporary() : target
      builder.emit(.arrayGet, value, place.array, place.key, at: span)
      if needsCheck { builder.emit(.checkInitialized, value, at: span) }
      move(target, value)
    }
  }

  func storeSpilled(_ id: BindingID, from value: Int, _ span: SourceSpan) {
    scoped {
      let place = locate(id, span)
      builder.emit(.arraySet, place.array, place.key, value, at: span)
    }
  }

  /// What the variable holds at the start of its scope.
  func prepareSpilled(_ id: BindingID) {
    let binding = analysis.bindings[id]
    scoped {
      let value = temporary()
      if binding.kind == .variable || binding.kind == .function {
        loadUndefined(value)
      } else if binding.needsMarker || binding.isCaptured {
        builder.emit(.loadSpecial, value, immediate: Special.uninitialized)
      } else {
        return
      }
      storeSpilled(id, from: value, declarationSpan(id))
    }
  }

  // MARK: Outlined expressions

  /// Compiles an expression as a call of a function of its own, where it is one; says whether it is.
  func compileOutlined(_ node: NodeID, into target: Int) -> Bool {
    guard let index = outlinedFunction(node) else { return false }
    guard builder.isReachable else { return true }
    let place = span(node)
    scoped {
      let window = windowAt(target)
      let compiler = FunctionCompiler(unit: unit, function: index, parent: self)
      let code = compiler.compileOutlinedBody(node)
      builder.emit(.closure, window, word: builder.nested(code))
      builder.emit(.call, window, 0, at: place)
      move(target, window)
    }
    return true
  }

  func outlinedFunction(_ node: NodeID) -> Int? {
    guard !analysis.outlined.isEmpty, let index = analysis.outlined[node.index], index != function else { return nil }
    return index
  }

  private func compileOutlinedBody(_ node: NodeID) -> CodeBlock {
    kind = .arrow
    scoped { builder.emit(.return, operand(node)) }
    return finish(tree.range(node))
  }
}

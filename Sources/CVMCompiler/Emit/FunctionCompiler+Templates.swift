import CVMBytecode
import CVMSyntax

/// The strings of tagged templates are made when a site is first evaluated, and stay in a list of the program.
extension FunctionCompiler {
  /// Makes the list at the start of the program.
  func makeTemplateList() {
    let binding = analysis.templateBinding
    guard binding != 0 else { return }
    let list = registers.allocate()
    registers.markAsVariable(list)
    builder.emit(.listNew, list, word: UInt32(analysis.templateCount))
    if analysis.bindings[binding].isCaptured {
      makeCell(binding)
      initialize(binding, from: list)
    } else {
      place(binding, in: list)
    }
  }

  func compileTagged(_ node: NodeID, into target: Int) {
    let info = tree.taggedTemplate(node)
    let template = tree.template(info.template)
    let place = callSpan(info.tag, node)
    scoped {
      let window = windowAt(target)
      compileTag(info.tag, into: window)
      registers.release(to: window + callHeaderSize)
      let count = template.expressions.count + 1
      if count <= Limits.arguments {
        loadStrings(node, template, into: temporary(), place)
        for expression in template.expressions { compile(expression, into: temporary()) }
        builder.emit(.callMethod, window, count, at: place)
      } else {
        let arguments = temporary()
        builder.emit(.listNew, arguments, word: 0)
        scoped {
          let value = temporary()
          loadStrings(node, template, into: value, place)
          builder.emit(.arrayAppend, arguments, value)
        }
        for expression in template.expressions { scoped { builder.emit(.arrayAppend, arguments, operand(expression)) } }
        builder.emit(.callSpread, window, at: place)
      }
      move(target, window)
    }
  }

  /// The function and its `this` in a call window.
  private func compileTag(_ tag: NodeID, into window: Int) {
    switch tree.kind(tag) {
    case .member, .index, .privateMember:
      let object = NodeID(index: tree.node(tag).a)
      compile(object, into: window + 1)
      scoped {
        if tree.kind(tag) == .privateMember {
          emitPrivateGet(tag, window + 1, into: window, propertySpan(tag))
        } else if let name = staticName(tag) {
          emitGet(window, window + 1, name, propertySpan(tag))
        } else {
          builder.emit(.arrayGet, window, window + 1, operand(tree.index(tag).key), at: propertySpan(tag))
        }
      }
    case .superMember, .superIndex:
      scoped {
        let reference = superReference(tag)
        move(window + 1, reference.receiver)
        emitSuperGet(reference, into: window)
      }
    default:
      compile(tag, into: window)
      loadUndefined(window + 1)
    }
  }

  private func loadStrings(_ node: NodeID, _ template: TemplateInfo, into target: Int, _ place: SourceSpan) {
    let number = analysis.templateNumbers[node.index] ?? 0
    scoped {
      let list = temporary()
      let key = temporary()
      load(analysis.templateBinding, into: list, at: place)
      loadNumber(Double(number), into: key)
      builder.emit(.arrayGet, target, list, key, at: place)
      let end = builder.makeLabel()
      builder.emitJump(.jumpNotUndefined, target, to: end)
      let raw = temporary()
      let piece = temporary()
      builder.emit(.arrayNew, target, target, 0)
      builder.emit(.arrayNew, raw, raw, 0)
      for element in template.elements {
        let info = tree.templateElement(element)
        if let cooked = info.cooked { loadString(cooked, into: piece) } else { loadUndefined(piece) }
        builder.emit(.arrayAppend, target, piece)
        loadString(info.raw, into: piece)
        builder.emit(.arrayAppend, raw, piece)
      }
      builder.emit(.templateObject, target, raw, at: place)
      builder.emit(.arraySet, list, key, target, at: place)
      builder.bind(end)
    }
  }
}

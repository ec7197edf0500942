import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  // MARK: Access

  func emitPrivateGet(_ node: NodeID, _ object: Int, into target: Int, _ place: SourceSpan) {
    guard let member = analysis.privateMembers[node.index] else { return loadUndefined(target) }
    switch member.kind {
    case .field:
      scoped {
        let key = temporary()
        load(member.binding, into: key, at: place)
        builder.emit(.privateGet, target, object, key, at: place)
      }
    case .method:
      checkMark(member, object, place)
      load(member.binding, into: target, at: place)
    case .accessor:
      checkMark(member, object, place)
      guard member.getter != 0 else {
        throwTypeError("'\(privateText(node))' was defined without a getter", place)
        return loadUndefined(target)
      }
      callAccessor(member.getter, object, argument: nil, result: target, place)
    }
  }

  func emitPrivateSet(_ node: NodeID, _ object: Int, _ value: Int, _ place: SourceSpan) {
    guard let member = analysis.privateMembers[node.index] else { return }
    switch member.kind {
    case .field:
      scoped {
        let key = temporary()
        load(member.binding, into: key, at: place)
        builder.emit(.privateSet, object, value, key, at: place)
      }
    case .method:
      checkMark(member, object, place)
      throwTypeError("Private method '\(privateText(node))' is not writable", place)
    case .accessor:
      checkMark(member, object, place)
      guard member.setter != 0 else {
        return throwTypeError("'\(privateText(node))' was defined without a setter", place)
      }
      callAccessor(member.setter, object, argument: value, result: nil, place)
    }
  }

  private func privateText(_ node: NodeID) -> String { "#" + tree.text(tree.member(node).name) }

  private func throwTypeError(_ message: String, _ place: SourceSpan) {
    builder.emit(.throwError, 0, 0, word: constant(message), at: place)
  }

  private func checkMark(_ member: PrivateMember, _ object: Int, _ place: SourceSpan) {
    scoped {
      let mark = temporary()
      load(member.mark, into: mark, at: place)
      builder.emit(.privateCheck, object, mark, at: place)
    }
  }

  private func callAccessor(_ function: BindingID, _ object: Int, argument: Int?, result: Int?, _ place: SourceSpan) {
    scoped {
      let window = registers.allocate(callHeaderSize + (argument == nil ? 0 : 1))
      load(function, into: window, at: place)
      move(window + 1, object)
      if let argument { move(window + callHeaderSize, argument) }
      builder.emit(.callMethod, window, argument == nil ? 0 : 1, at: place)
      if let result { move(result, window) }
    }
  }

  func compilePrivateIn(_ node: NodeID, into target: Int) {
    guard let member = analysis.privateMembers[node.index] else { return loadUndefined(target) }
    scoped {
      let object = operand(tree.privateIn(node).object)
      let key = temporary()
      load(member.kind == .field ? member.binding : member.mark, into: key, at: span(node))
      builder.emit(.privateHas, target, key, object, at: span(node))
    }
  }

  // MARK: Classes

  /// Makes the private names of a class.
  func makePrivateNames(_ node: NodeID, className: [UInt16]) {
    guard let names = analysis.privateNames[node.index], let marks = analysis.privateMarks[node.index] else { return }
    func make(_ id: BindingID, _ description: [UInt16]) {
      scoped {
        let name = temporary()
        builder.emit(.privateNew, name, word: builder.constant(description))
        initialize(id, from: name)
      }
    }
    for (name, member) in names where member.kind == .field {
      make(member.binding, Array("#".utf16) + unit.units(name))
    }
    let className = className.isEmpty ? Array("anonymous".utf16) : className
    if marks.instance != 0 { make(marks.instance, className) }
    if marks.statics != 0 { make(marks.statics, Array("class ".utf16) + className) }
  }

  /// The variable that a private method or accessor of a class goes to; nil when its key is not private.
  func privateMethodBinding(_ node: NodeID, _ method: ClassMethodInfo) -> BindingID? {
    guard tree.kind(method.key) == .privateName,
      let member = analysis.privateNames[node.index]?.first(where: { $0.name == tree.name(method.key) })?.member
    else { return nil }
    switch method.kind {
    case .getter: return member.getter
    case .setter: return member.setter
    default: return member.binding
    }
  }

  /// Marks an object as one that has private methods.
  func addMark(_ mark: BindingID?, to object: Int, _ place: SourceSpan) {
    guard let mark, mark != 0 else { return }
    scoped {
      let key = temporary()
      let value = temporary()
      load(mark, into: key, at: place)
      loadUndefined(value)
      builder.emit(.privateDefine, object, value, key, at: place)
    }
  }

  /// Adds a private field; the name is that of an anonymous function.
  func definePrivateField(_ key: NodeID, of node: NodeID, on object: Int, value: Int, _ place: SourceSpan) {
    guard let member = analysis.privateNames[node.index]?.first(where: { $0.name == tree.name(key) })?.member else {
      return
    }
    scoped {
      let name = temporary()
      load(member.binding, into: name, at: place)
      builder.emit(.privateDefine, object, value, name, at: place)
    }
  }
}

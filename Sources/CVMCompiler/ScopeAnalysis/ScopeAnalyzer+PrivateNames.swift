import CVMSyntax

extension ScopeAnalyzer {
  /// A class with more private names keeps them in an array.
  private static let privateRegisters = 80

  /// Declares the private names of a class, with a variable for each key and function.
  mutating func declarePrivateNames(_ node: NodeID, _ info: ClassInfo, scope: Int) {
    var members: [UInt32: PrivateMember] = [:]
    var order: [NameID] = []
    var marks = PrivateMarks()
    func name(of key: NodeID) -> NameID? { tree.kind(key) == .privateName ? tree.name(key) : nil }
    for member in info.members {
      var entry: PrivateMember
      let key: NodeID
      switch tree.kind(member) {
      case .classField:
        let field = tree.classField(member)
        guard name(of: field.key) != nil else { continue }
        key = field.key
        entry = PrivateMember(kind: .field, isStatic: field.isStatic)
        entry.binding = hidden(scope)
      case .classMethod:
        let method = tree.classMethod(member)
        guard let name = name(of: method.key) else { continue }
        key = method.key
        entry =
          members[name.index]
          ?? PrivateMember(kind: method.kind == .method ? .method : .accessor, isStatic: method.isStatic)
        entry.mark = mark(&marks, isStatic: method.isStatic, scope)
        switch method.kind {
        case .getter: entry.getter = hidden(scope)
        case .setter: entry.setter = hidden(scope)
        default: entry.binding = hidden(scope)
        }
      default: continue
      }
      let name = tree.name(key)
      if members[name.index] == nil { order.append(name) }
      members[name.index] = entry
    }
    guard !order.isEmpty else { return }
    currentPrivate.merge(members) { $1 }
    result.privateMarks[node.index] = marks
    result.privateNames[node.index] = order.compactMap { name in members[name.index].map { (name, $0) } }
  }

  private mutating func mark(_ marks: inout PrivateMarks, isStatic: Bool, _ scope: Int) -> BindingID {
    let path = isStatic ? \PrivateMarks.statics : \PrivateMarks.instance
    if marks[keyPath: path] == 0 { marks[keyPath: path] = hidden(scope) }
    return marks[keyPath: path]
  }

  /// A variable of the class that its methods capture.
  private mutating func hidden(_ scope: Int) -> BindingID {
    let id = declareHidden(.hidden, name: NameID(.constructor), function: function, scope: scope)
    result.scopes[scope].bindings.append(id)
    result.bindings[id].isInLoop = loop != nil
    if result.scopes[scope].bindings.count > Self.privateRegisters && loop == nil {
      result.bindings[id].spillSlot = result.functions[function].spillCount
      result.functions[function].spillCount += 1
    }
    capture(id, at: 0)
    return id
  }

  mutating func usePrivate(_ node: NodeID, _ name: NameID) {
    // The parser has reported names that no class around declares.
    guard let member = currentPrivate[name.index] else { return }
    result.privateMembers[node.index] = member
  }

  mutating func visitTaggedTemplate(_ node: NodeID) {
    let info = tree.taggedTemplate(node)
    if options.selfHosted { return report(node, "built-ins have no tagged templates") }
    if result.templateBinding == 0 {
      result.templateBinding = declareHidden(.hidden, name: .default, function: 0, scope: 0)
    }
    if function != 0 { capture(result.templateBinding, at: tree.node(node).start) }
    result.templateNumbers[node.index] = result.templateCount
    result.templateCount += 1
    visitExpression(info.tag)
    for (index, expression) in tree.template(info.template).expressions.enumerated() {
      pressure += 6 + min(index, Limits.arguments)
      visitExpression(expression)
      pressure -= 6 + min(index, Limits.arguments)
    }
  }
}

import CVMHeapGraph

extension HeapGraph {
  /// How a program lets go of what a reference holds, or which reference it is where a program cannot.
  public func letGo(_ reference: HeapReference, _ reachable: Reachability) -> String {
    switch reference {
    case .root(let index):
      let name = rootName(index)
      switch roots[index].kind {
      case .globalVariable: return rootNode == nil ? "\(name) = null" : "the root \(name)"
      case .frameLocal: return "\(rootDescription(index)): `\(name)` ends with the call"
      case .repl: return "the prompt forgets \(name)"
      case .builtIn: return "the built-in \(name)"
      case .internalRoot: return "the machine's \(name)"
      }
    case .edge(let edge):
      let source = source(ofEdge: edge)
      let owner = reachable.path(to: source)
      guard let owner, isExpression(owner), text(of: owner).utf8.count < 60 else {
        return "\(label(of: source))\(slotName(edge))"
      }
      let holder = text(of: owner)
      switch edgeKind(edge) {
      case .property: return "delete \(holder)\(slotName(edge))"
      case .element: return "\(holder)\(slotName(edge)) = null"
      case .namedMapValue: return "\(holder).delete(\(string(edgeNames[edge])))"
      case .setMember, .mapKey, .mapValue: return "an entry of \(holder)"
      default: return "\(holder)\(slotName(edge))"
      }
    }
  }
}

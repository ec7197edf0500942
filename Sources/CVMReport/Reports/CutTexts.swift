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
      var source = source(ofEdge: edge)
      var owner = reachable.path(to: source)
      if isEntryTable(source), let path = owner, let last = path.edges.last, leadsToEntryTable(last) {
        source = self.source(ofEdge: last)
        owner = HeapPath(root: path.root, edges: path.edges.dropLast())
      }
      if edgeKind(edge) == .captured, kind(of: source) == .scope { return "\(string(edgeNames[edge])) = null" }
      guard let owner, let holder = isExpression(owner) ? text(of: owner) : textFromVariable(owner),
        holder.utf8.count < 60
      else {
        return "\(label(of: source))\(slotName(edge))"
      }
      if let key = keyEdge(ofEntry: edge), kind(of: target(ofEdge: key)) == .string {
        return "\(holder).delete(\(slotName(edge).dropFirst(2).dropLast(2)))"
      }
      switch edgeKind(edge) {
      case .property: return "delete \(holder)\(slotName(edge))"
      case .element: return "\(holder)\(slotName(edge)) = null"
      case .namedMapValue: return "\(holder).delete(\(string(edgeNames[edge])))"
      case .setMember, .mapKey, .mapValue: return "an entry of \(holder)"
      case .internalSlot where isEntryTable(self.source(ofEdge: edge)): return "an entry of \(holder)"
      default: return "\(holder)\(slotName(edge))"
      }
    }
  }
}

/// How references are written: `.x`, `[0]`, `` `captured` ``, `[["key"]]`.
extension HeapGraph {
  /// The name of the slot that an edge is, as a program would write it where it can.
  public func slotName(_ edge: Int) -> String {
    let kind = edgeKind(edge)
    let number = edgeNames[edge]
    switch kind {
    case .property: return Self.memberText(string(number))
    case .element: return "[\(number)]"
    case .captured: return "`\(string(number))`"
    case .prototype: return ".[[Prototype]]"
    case .internalSlot: return entryName(edge) ?? ".[[\(string(number))]]"
    case .mapKey: return "[[key \(number)]]"
    case .mapValue: return "[[entry \(number)]]"
    case .namedMapValue: return "[[\(string(number))]]"
    case .setMember: return "[[member \(number)]]"
    case .getter: return "get \(string(number))"
    case .setter: return "set \(string(number))"
    case .symbolProperty: return "[\(string(number))]"
    case .privateMember: return ".#\(string(number))"
    case .ephemeron: return "[[weak map value]]"
    case .weak: return ".[[weak \(string(number))]]"
    case .numberedSlot: return ".[[part \(number)]]"
    case .shortcut: return ".[[shortcut \(string(number))]]"
    }
  }

  /// The slot with numbers left open, so that all elements of arrays count as one field.
  public func fieldName(_ edge: Int) -> String {
    switch edgeKind(edge) {
    case .element: "[*]"
    case .mapKey: "[[key]]"
    case .mapValue, .namedMapValue: "[[entry]]"
    case .setMember: "[[member]]"
    case .numberedSlot: "[[part]]"
    case .internalSlot where mapTables != nil && isEntryTable(source(ofEdge: edge)): "[[entry]]"
    default: slotName(edge)
    }
  }

  /// Whether a program can write this slot after an expression.
  public func isExpression(_ edge: Int) -> Bool {
    let kind = edgeKind(edge)
    return kind == .property || kind == .element
  }

  /// A path as text: `app.cache[["k12"]]`.
  ///
  /// Of a foreign dump without what nobody would name: the groups of roots above the last one, the scopes that it holds, and
  /// the tables behind maps.
  public func text(of path: HeapPath) -> String { steps(of: path).joined() }

  /// The root and the slots that the text of a path consists of.
  public func steps(of path: HeapPath) -> [String] {
    var steps = [rootName(path.root)]
    var isInRoots = kind(of: Int(roots[path.root].target)) == .rootGroup
    for (place, edge) in path.edges.enumerated() {
      let isLast = place == path.edges.count - 1
      let target = target(ofEdge: edge)
      if isInRoots, !isLast {
        switch kind(of: target) {
        case .rootGroup:
          steps = [className(of: target)]
          continue
        case .scope: continue
        default: break
        }
      }
      isInRoots = false
      if leadsToEntryTable(edge), !isLast { continue }
      steps.append(slotName(edge))
    }
    return steps
  }

  /// What the root of a path is, in words; of a foreign dump also which of the machine's.
  public func rootDescription(of path: HeapPath) -> String {
    let groups = path.edges.lazy.map(target(ofEdge:)).prefix { self.kind(of: $0) == .rootGroup }
    return groups.contains { self.className(of: $0) == "(Stack roots)" } ? "running call" : rootDescription(path.root)
  }

  /// The part of a path from the last variable that a closure or a scope holds: `bus._events`; nil where a program could not
  /// write what follows, or there is none.
  public func textFromVariable(_ path: HeapPath) -> String? {
    guard let start = path.edges.lastIndex(where: { edgeKind($0) == .captured }) else { return nil }
    let rest = path.edges[(start + 1)...]
    guard rest.allSatisfy({ isExpression($0) || leadsToEntryTable($0) || keyEdge(ofEntry: $0) != nil }) else {
      return nil
    }
    return rest.reduce(string(edgeNames[path.edges[start]])) { text, edge in
      leadsToEntryTable(edge) ? text : text + slotName(edge)
    }
  }

  /// Whether a program could write the path: it starts at a variable and goes over properties and elements.
  public func isExpression(_ path: HeapPath) -> Bool {
    let kind = roots[path.root].kind
    return (kind == .globalVariable || kind == .frameLocal || kind == .repl) && path.edges.allSatisfy(isExpression)
  }

  /// The name of a root.
  public func rootName(_ root: Int) -> String { string(roots[root].name) }

  /// What a root is, in words: `global variable`, `local variable of tick`.
  public func rootDescription(_ index: Int) -> String {
    let root = roots[index]
    guard root.kind == .frameLocal, root.context != 0 else { return root.kind.title }
    let function = string(root.context)
    switch string(root.name) {
    case "(function)": return "running call of \(function)"
    case "(temporary)": return "value in use by \(function)"
    default: return "local variable of \(function)"
    }
  }

  static func memberText(_ name: String) -> String {
    if isIdentifier(name) { return "." + name }
    return "[\"" + escaped(name) + "\"]"
  }

  /// As between the quotes of a string literal.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    let starts = first == "$" || first == "_" || first.properties.isIDStart
    return starts
      && name.unicodeScalars.dropFirst().allSatisfy { $0 == "$" || $0 == "_" || $0.properties.isIDContinue }
  }
}

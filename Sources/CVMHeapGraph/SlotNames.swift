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
    case .internalSlot: return ".[[\(string(number))]]"
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
    default: slotName(edge)
    }
  }

  /// Whether a program can write this slot after an expression.
  public func isExpression(_ edge: Int) -> Bool {
    let kind = edgeKind(edge)
    return kind == .property || kind == .element
  }

  /// A path as text: `app.cache[["k12"]]`.
  public func text(of path: HeapPath) -> String {
    path.edges.reduce(rootName(path.root)) { $0 + slotName($1) }
  }

  /// Whether a program could write the path: it starts at a variable and goes over properties and elements.
  public func isExpression(_ path: HeapPath) -> Bool {
    let kind = roots[path.root].kind
    return (kind == .globalVariable || kind == .frameLocal || kind == .repl) && path.edges.allSatisfy(isExpression)
  }

  /// The name of a root.
  public func rootName(_ root: Int) -> String { string(roots[root].name) }

  /// What a root is, in words: `global variable`, ``local variable of tick``.
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
    var text = "[\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\"]"
  }

  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    let starts = first == "$" || first == "_" || first.properties.isIDStart
    return starts
      && name.unicodeScalars.dropFirst().allSatisfy { $0 == "$" || $0 == "_" || $0.properties.isIDContinue }
  }
}

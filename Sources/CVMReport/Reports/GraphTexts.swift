import CVMHeapGraph

extension ObjectTexts {
  /// What a graph itself knows of its objects: the names of their slots and the texts of strings.
  public init(of graph: HeapGraph) {
    self.init(
      preview: { graph.preview(of: $0, limit: 60) },
      primitiveSlots: { node in
        graph.edges(of: node).lazy.filter { graph.isStrong($0) && graph.isPrimitive($0) }.prefix(100).map {
          PrimitiveSlot(graph.slotName($0), graph.literal(graph.target(ofEdge: $0), limit: 40))
        }
      })
  }
}

extension HeapGraph {
  fileprivate func isPrimitive(_ edge: Int) -> Bool {
    let target = target(ofEdge: edge)
    return kind(of: target).category == .primitive
      && [.property, .element, .captured, .mapKey, .mapValue, .namedMapValue, .setMember].contains(edgeKind(edge))
  }

  /// A string as a program writes it, or the label of anything else.
  public func literal(_ node: Int, limit: Int) -> String {
    guard let text = text(of: node) else { return label(of: node) }
    let cut = TextLayout.ellipsized(TextLayout.printable(String(text.prefix(limit + 1))), to: max(limit, 1))
    return kind(of: node) == .string ? "\"\(cut)\"" : cut
  }

  /// What an object holds in a few words: `{name: "x", next: Node#12}`.
  public func preview(of node: Int, limit: Int) -> String {
    if kind(of: node).category == .primitive { return literal(node, limit: limit) }
    var result = ""
    var isCut = false
    for edge in edges(of: node) where isStrong(edge) {
      let part: String
      switch edgeKind(edge) {
      case .property where builtInName(of: target(ofEdge: edge)) == nil:
        part = "\(string(edgeNames[edge])): \(short(target(ofEdge: edge)))"
      case .element: part = short(target(ofEdge: edge))
      case .namedMapValue: part = "\(string(edgeNames[edge])) => \(short(target(ofEdge: edge)))"
      case .setMember, .mapKey: part = short(target(ofEdge: edge))
      case .captured: part = "`\(string(edgeNames[edge]))`: \(short(target(ofEdge: edge)))"
      default: continue
      }
      if result.utf8.count + part.utf8.count > limit, !result.isEmpty {
        isCut = true
        break
      }
      result += (result.isEmpty ? "" : ", ") + part
    }
    if isCut { result += ", ..." }
    if result.isEmpty { return "" }
    return kind(of: node) == .array ? "[\(result)]" : "{\(result)}"
  }

  private func short(_ node: Int) -> String {
    text(of: node) == nil ? label(of: node) : literal(node, limit: 20)
  }
}

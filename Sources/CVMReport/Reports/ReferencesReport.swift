import CVMHeapGraph

/// What `:refs` answers: who holds an object, by which slots, what it holds, and whether it depends on one holder.
public struct ReferencesReport: Sendable {
  /// One reference to the object.
  public struct Incoming: Sendable, Equatable {
    /// How the reference is written: `p`, `pts[0]`, `` `node` ``.
    public var name: String
    /// Who holds: `global variable`, `Array#13`.
    public var holder: String
    public var holderID: NodeID?
    /// The slot alone; empty for a variable.
    public var slot: String
    /// The slot with its number left open.
    public var field: String
    /// The class of the holder, or what kind of root it is.
    public var holderClass: String
    public var holderNode: Int?
  }

  /// One reference from the object.
  public struct Outgoing: Sendable, Equatable {
    public var slot: String
    public var target: String
    public var targetID: NodeID?
  }

  /// What would happen to the object if its first holder let go.
  public enum Dependence: Sendable, Equatable {
    /// Nothing holds it.
    case unreachable
    /// Only the prompt's own names hold it.
    case prompt
    /// Only one reference keeps it alive; others come from what it holds itself.
    case single(name: String, others: Int)
    /// It stays alive through another variable.
    case several(first: String, other: String)
  }

  /// How many references are described by name; the rest is counted.
  static let namedLimit = 1000

  public var heading: String
  public var id: NodeID?
  public var className: String
  public var preview: String
  /// The statement that made the object, such as `[1] let p = {x: 1, y: 2}`.
  public var origin: String
  public var shallow: UInt64
  public var snapshot: UInt64?
  public var retained: UInt64?
  public var distance: Int?
  public var referenceCount: Int
  public var holderCount: Int
  public var incoming: [Incoming]
  /// What the prompt calls the object: `_`, `$1`.
  public var promptNames: [String]
  public var weakCount: Int
  public var primitives: [ObjectTexts.PrimitiveSlot]
  public var outgoing: [Outgoing]
  public var dependence: Dependence
  /// How many references people see, when they said so.
  public var rowLimit: Int?
  /// What each named holder retains, by node.
  var holderRetained: [Int: UInt64] = [:]

  /// Analyses one object; retained sizes are computed only when wanted.
  public init(
    graph: HeapGraph, node: Int, texts: ObjectTexts = ObjectTexts(), origin: String = "", includesREPL: Bool = true,
    wantsRetained: Bool = false, analyses: GraphAnalyses? = nil, progress: Progress
  ) throws(AnalysisError) {
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    let selection = RootSelection(includesREPL: includesREPL)
    let analyses = analyses ?? GraphAnalyses(graph)
    let reachable = try analyses.reachability(roots: selection, progress: progress)
    let list = try ReferenceList(graph: graph, node: node, roots: selection, reachable: reachable, progress: progress)
    heading = graph.heading(of: node)
    id = graph.id(of: node)
    className = graph.className(of: node)
    preview = texts.preview(node)
    self.origin = origin
    shallow = graph.shallowSizes[node]
    snapshot = graph.snapshotSizes?[node]
    distance = reachable.path(to: node).map(\.edges.count)
    referenceCount = list.incoming.count
    holderCount = list.holderCount
    incoming = list.incoming.prefix(Self.namedLimit).map { Self.incoming($0, graph, reachable) }
    promptNames = list.fromREPL.map(graph.rootName)
    weakCount = list.weak.count
    primitives = texts.primitiveSlots(node)
    outgoing = list.outgoing.filter { Self.isShown($0, graph) }.map { edge in
      let target = graph.target(ofEdge: edge)
      return Outgoing(slot: graph.slotName(edge), target: graph.heading(of: target), targetID: graph.id(of: target))
    }
    dependence = try Self.dependence(of: node, list, incoming.first?.name ?? "", graph, progress)
    if wantsRetained {
      let sizes = try analyses.retainedSizes(roots: selection, progress: progress)
      retained = sizes[node]
      for holder in incoming.compactMap(\.holderNode) { holderRetained[holder] = sizes[holder] }
    }
  }

  private static func isShown(_ edge: Int, _ graph: HeapGraph) -> Bool {
    let target = graph.target(ofEdge: edge)
    return graph.isStrong(edge) && !graph.isBuiltIn(target) && graph.kind(of: target).category == .object
  }

  private static func incoming(_ reference: HeapReference, _ graph: HeapGraph, _ reachable: Reachability) -> Incoming {
    switch reference {
    case .root(let root):
      let description = graph.rootDescription(root)
      return Incoming(
        name: graph.rootName(root), holder: description, holderID: nil, slot: "", field: graph.rootName(root),
        holderClass: graph.roots[root].kind.title, holderNode: nil)
    case .edge(let edge):
      let holder = graph.source(ofEdge: edge)
      let slot = graph.slotName(edge)
      var name = slot
      if graph.isExpression(edge) || graph.edgeKind(edge) == .namedMapValue, let path = reachable.path(to: holder),
        graph.isExpression(path)
      {
        name = graph.text(of: path) + slot
      }
      return Incoming(
        name: name, holder: holderText(holder, graph, reachable), holderID: graph.id(of: holder), slot: slot,
        field: graph.fieldName(edge), holderClass: graph.className(of: holder), holderNode: holder)
    }
  }

  /// What holds, as a person knows it: a scope is known by the function that captured it.
  private static func holderText(_ holder: Int, _ graph: HeapGraph, _ reachable: Reachability) -> String {
    guard graph.kind(of: holder) == .scope || graph.kind(of: holder) == .variableCell,
      let path = reachable.path(to: holder)
    else { return graph.label(of: holder) }
    let owner = path.edges.last { graph.kind(of: graph.source(ofEdge: $0)).category == .object }
    return owner.map { "captured by \(graph.label(of: graph.source(ofEdge: $0)))" } ?? graph.label(of: holder)
  }

  private static func dependence(
    of node: Int, _ list: ReferenceList, _ firstName: String, _ graph: HeapGraph, _ progress: Progress
  ) throws(AnalysisError) -> Dependence {
    guard list.isReachable else { return .unreachable }
    let variables = RootSelection(includesREPL: false)
    let alive = try Reachability(graph: graph, roots: variables, progress: progress)
    guard let first = list.incoming.first, alive.contains(node) else { return .prompt }
    let without = try Reachability(
      graph: graph, roots: variables, without: [first], keepsPaths: true, progress: progress)
    guard let other = without.path(to: node) else {
      return .single(name: firstName, others: list.incoming.count - 1)
    }
    return .several(first: firstName, other: graph.rootName(other.root))
  }
}

// MARK: - Text

extension ReferencesReport {
  private static let columnStart = 46
  private static let usualRowLimit = 12

  /// The answer for beginners, with sentences.
  public func teachText(options: RenderOptions = RenderOptions()) -> String {
    var lines = titleLines(options)
    lines.append("")
    lines += columns(holders(options), contents(options), options)
    lines += TextLayout.wrapped(options.text(sentence), to: options.width)
    return lines.map { $0 + "\n" }.joined()
  }

  private func titleLines(_ options: RenderOptions) -> [String] {
    let title = options.text(preview.isEmpty ? heading : "\(heading) \(preview)")
    if origin.isEmpty { return [options.cut(title, to: options.width)] }
    let made = "made by " + options.text(origin)
    if displayWidth(title) + 4 + displayWidth(made) <= options.width { return [title + "    " + made] }
    return [options.cut(title, to: options.width), options.cut("  " + made, to: options.width)]
  }

  private func holders(_ options: RenderOptions) -> [String] {
    let count = "held by \(Numbers.counted(UInt64(referenceCount), "reference"))"
    var lines = [
      referenceCount == 0 ? "held by nothing" : count + " in \(Numbers.counted(UInt64(holderCount), "holder"))"
    ]
    let shown = incoming.prefix(rowLimit ?? Self.usualRowLimit)
    let limit = Self.columnStart - 4
    let widest = min(shown.map { displayWidth(options.text($0.name)) }.max() ?? 0, limit / 2)
    for reference in shown {
      let name = TextLayout.padded(options.cut(options.text(reference.name), to: widest), to: widest)
      lines.append("  " + options.cut(name + "   " + options.text(reference.holder), to: limit))
    }
    if referenceCount > shown.count {
      lines.append("  ... \(Numbers.grouped(UInt64(referenceCount - shown.count))) more")
    }
    if !promptNames.isEmpty {
      lines.append("  " + options.cut("also the prompt's \(promptNames.joined(separator: ", "))", to: limit))
    }
    if weakCount > 0 { lines.append("  and \(Numbers.counted(UInt64(weakCount), "weak reference"))") }
    return lines
  }

  private func contents(_ options: RenderOptions) -> [String] {
    var lines = ["holds \(Numbers.counted(UInt64(outgoing.count), "object"))"]
    for (index, slot) in primitives.prefix(rowLimit ?? Self.usualRowLimit).enumerated() {
      let text = "  " + options.text("\(slot.name)  \(slot.text)")
      let remark = index == 0 && displayWidth(text) < 10 ? "   (a value, no arrow)" : ""
      lines.append(text + remark)
    }
    for reference in outgoing.prefix(rowLimit ?? Self.usualRowLimit) {
      lines.append("  " + options.text("\(reference.slot) -> \(reference.target)"))
    }
    let limit = rowLimit ?? Self.usualRowLimit
    let hidden = max(0, primitives.count - limit) + max(0, outgoing.count - limit)
    if hidden > 0 { lines.append("  ... \(Numbers.grouped(UInt64(hidden))) more") }
    return lines
  }

  /// Two texts side by side, or one above the other where there is no room.
  private func columns(_ left: [String], _ right: [String], _ options: RenderOptions) -> [String] {
    let rightWidth = options.width - Self.columnStart
    guard rightWidth >= 28 else { return (left + right).map { options.cut($0, to: options.width) } }
    return (0..<max(left.count, right.count)).map { row in
      let head = row < left.count ? left[row] : ""
      guard row < right.count else { return head }
      return TextLayout.padded(head, to: Self.columnStart) + options.cut(right[row], to: rightWidth)
    }
  }

  private var sentence: String {
    switch dependence {
    case .unreachable: return "Nothing holds it: :gc frees it."
    case .prompt:
      return promptNames.isEmpty
        ? "Only the prompt keeps it alive." : "Only the prompt's \(promptNames[0]) keeps it alive."
    case .single(let name, 0): return "Only \(name) keeps it alive."
    case .single(let name, let others):
      let rest = others == 1 ? "the other reference comes" : "the other \(others) references come"
      return "Only \(name) keeps it alive: \(rest) from objects that it keeps alive itself."
    case .several(let first, let other):
      return "Nothing else keeps it: without \(first) it stays alive through \(other)."
    }
  }

  /// The answer for experts: figures, and the references folded by class and field.
  public func expertText(options: RenderOptions = RenderOptions()) -> String {
    var figures = [heading, "shallow \(options.bytes(shallow))"]
    if let retained { figures.append("retained \(options.bytes(retained))") }
    if let distance { figures.append("distance \(distance)") }
    if let snapshot { figures.append("snapshot \(options.bytes(snapshot))") }
    var lines = TextLayout.wrapped(options.text(figures.joined(separator: "  ")), to: options.width)
    let count = Numbers.counted(UInt64(referenceCount), "reference")
    lines.append("\(count) from \(Numbers.counted(UInt64(holderCount), "holder"))")
    let groups = folded()
    if !groups.isEmpty { lines += TerminalRenderer(options: options).lines(of: table(of: groups)) }
    if referenceCount > incoming.count {
      lines.append("(folded over the first \(Numbers.grouped(UInt64(incoming.count))))")
    }
    if !promptNames.isEmpty { lines.append("also the prompt's \(promptNames.joined(separator: ", "))") }
    if weakCount > 0 { lines.append(Numbers.counted(UInt64(weakCount), "weak reference")) }
    lines += TextLayout.wrapped(options.text(sentence), to: options.width)
    return lines.flatMap { TextLayout.wrapped($0, to: options.width) }.map { $0 + "\n" }.joined()
  }

  private struct Group {
    var references: [Incoming]
  }

  /// References with the same class of holder and the same field, most frequent first.
  private func folded() -> [Group] {
    var groups: [Group] = []
    var places: [[String]: Int] = [:]
    for reference in incoming {
      let key = [reference.holderClass, reference.field]
      if let place = places[key] {
        groups[place].references.append(reference)
      } else {
        places[key] = groups.count
        groups.append(Group(references: [reference]))
      }
    }
    return groups.enumerated().sorted {
      ($0.element.references.count, $1.offset) > ($1.element.references.count, $0.offset)
    }
    .map(\.element)
  }

  private func table(of groups: [Group]) -> ResultTable {
    let hasRetained = retained != nil
    let rows = groups.prefix(rowLimit ?? 20).map { group -> [ResultCell] in
      let first = group.references[0]
      let isSingle = Set(group.references.map(\.holderNode)).count == 1
      var row: [ResultCell] = [
        .text(isSingle ? first.holder : first.holderClass),
        .text(group.references.count == 1 ? (first.slot.isEmpty ? first.name : first.slot) : first.field),
        .count(UInt64(group.references.count)), first.holderID.map(ResultCell.object) ?? .none,
      ]
      if hasRetained { row.append(first.holderNode.flatMap { holderRetained[$0] }.map(ResultCell.bytes) ?? .none) }
      return row
    }
    var columns: [ResultTable.Column] = [
      .init("from", .left, isFlexible: true), .init("field", .left, isFlexible: true), .init("count"),
      .init("example", .left),
    ]
    if hasRetained { columns.append(.init("retained")) }
    return ResultTable(columns: columns, rows: rows, totalRowCount: groups.count, isNumbered: true)
  }

  /// The references to the object.
  public var table: ResultTable {
    ResultTable(
      columns: [
        .init("name", .left, isFlexible: true), .init("holder", .left, isFlexible: true), .init("id", .left),
        .init("slot", .left), .init("class", .left, isFlexible: true),
      ],
      rows: incoming.map {
        [
          .text($0.name), .text($0.holder), $0.holderID.map(ResultCell.object) ?? .none, .text($0.slot),
          .text($0.holderClass),
        ]
      }, totalRowCount: referenceCount)
  }

  // MARK: JSON

  /// The report for programs, on one line.
  public func json(isASCII: Bool = false) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report("refs") { writer in
      writer.member("id", id: id)
      writer.member("class", className)
      if !preview.isEmpty { writer.member("preview", preview) }
      writer.member("shallow", shallow)
      if let snapshot { writer.member("snapshot", snapshot) }
      if let retained { writer.member("retained", retained) }
      if let distance { writer.member("distance", distance) }
      writer.member("references", referenceCount)
      writer.member("holders", holderCount)
      writer.member("weak", weakCount)
      writer.member("reachable", dependence != .unreachable)
      writer.list("in") { writer in for reference in incoming { Self.write(reference, &writer) } }
      writer.list("prompt") { writer in for name in promptNames { writer.string(name) } }
      writer.list("out") { writer in
        for slot in primitives { Self.write(slot, &writer) }
        for reference in outgoing { Self.write(reference, &writer) }
      }
    }
    return writer.text
  }

  private static func write(_ reference: Incoming, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", reference.name)
      writer.member("holder", reference.holder)
      if reference.holderNode != nil {
        writer.member("id", id: reference.holderID)
        writer.member("slot", reference.slot)
      }
    }
  }

  private static func write(_ slot: ObjectTexts.PrimitiveSlot, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("slot", slot.name)
      writer.member("value", slot.text)
    }
  }

  private static func write(_ reference: Outgoing, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("slot", reference.slot)
      writer.member("id", id: reference.targetID)
      writer.member("target", reference.target)
    }
  }
}

import CVMHeapGraph

/// What `:path` answers: why an object is alive, and what would free it.
public struct WhyReport: Sendable {
  /// One object on the way.
  public struct Step: Sendable {
    /// How it is reached: the variable's name, or the slot.
    public var slot: String
    public var object: String
    public var id: NodeID?
    public var className: String
    public var shallow: UInt64
    /// Nil where only the shortest path was asked for.
    public var retained: UInt64?
  }

  /// What letting go of one reference would free.
  public struct Cut: Sendable {
    public var text: String
    public var objects: Int
    public var bytes: UInt64
    /// Whether the object would go.
    public var isEnough: Bool
    /// The references that are cut together, if it is not one.
    public var together: [String] = []
  }

  /// What holds the object besides the shortest path.
  public struct Reason: Sendable, Equatable {
    /// The path as it is written: `app.log[3]`.
    public var path: String
    /// The object that holds, and its slot: `Array#14[3]`.
    public var holder: String
  }

  public var heading: String
  public var id: NodeID?
  public var argument: String
  /// The shortest way first; empty where nothing holds the object.
  public var paths: [[Step]]
  /// What kind of root each path begins at.
  public var roots: [String]
  public var hasAllPaths: Bool
  /// What is held in more than one way: the object, or what alone holds it.
  public private(set) var junction: String?
  /// The last steps of the other paths to it.
  public private(set) var reasons: [Reason] = []
  public var cuts: [Cut]
  /// What the prompt calls the object, where that does not count.
  public var promptNames: [String] = []
  /// Variables on the shortest path that closures hold although nothing reads them: `last` of closure `f#3`.
  public private(set) var unread: [String] = []
  /// Whether people see all paths.
  public var showsAll = false
  /// Whether nothing was asked but the shortest path.
  public private(set) var isQuick = false

  private static let mostCuts = 5

  public init(
    analyses: GraphAnalyses, node: Int, argument: String, selection: RootSelection = RootSelection(),
    limit: Int = 3, unreadEdges: [Int: String] = [:], progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    let found = try IndependentPaths(to: node, analyses: analyses, roots: selection, limit: limit, progress: progress)
    heading = graph.heading(of: node)
    id = graph.id(of: node)
    self.argument = argument
    hasAllPaths = found.isComplete
    roots = found.paths.map { graph.rootDescription($0.root) }
    guard !found.paths.isEmpty else {
      (paths, cuts) = ([], [])
      return
    }
    if !selection.includesREPL {
      promptNames = graph.roots.indices.filter { graph.roots[$0].kind == .repl && graph.roots[$0].target == node }
        .map(graph.rootName)
    }
    unread = found.paths[0].edges.compactMap { edge in
      unreadEdges[edge].map { "`\($0)` of \(graph.label(of: graph.source(ofEdge: edge)))" }
    }
    let sizes = try analyses.retainedSizes(roots: selection, progress: progress)
    paths = found.paths.map { Self.steps(of: $0, graph, sizes) }
    let reachable = try analyses.reachability(roots: selection, progress: progress)
    let tree = try analyses.dominators(roots: selection, progress: progress)
    var references: [HeapReference] = found.paths[0].edges.reversed().map { .edge($0) } + [.root(found.paths[0].root)]
    let ways = found.junction.map { junction in found.paths.map { Self.cut($0, at: junction, graph) } } ?? []
    for way in ways.dropFirst() { references.append(way.edges.last.map { .edge($0) } ?? .root(way.root)) }
    let tested = try CutEffects(references, analyses: analyses, roots: selection, progress: progress)
    let effects = tested.effects
    // Of what holds the global object of a foreign dump nobody can let go.
    let isForeign = graph.rootNode != nil && !graph.hasOwnIDs
    let isNotMachines = { (effect: CutEffects.Effect) -> Bool in
      switch effect.reference {
      case .root(let root): !isForeign && graph.roots[root].kind != .internalRoot
      case .edge(let edge): !graph.leadsToEntryTable(edge)
      }
    }
    let single = effects.filter(isNotMachines).map { effect -> Cut in
      let target = graph.target(of: effect.reference)
      return Cut(
        text: graph.letGo(effect.reference, reachable), objects: effect.objects, bytes: effect.bytes,
        isEnough: effect.objects > 0 && tree.dominates(target, node))
    }
    // What is enough, the least of it first, before what is not.
    let enough = single.filter(\.isEnough)
    cuts =
      Array(enough.prefix(Self.mostCuts - 2)) + single.filter { !$0.isEnough }.prefix(enough.isEmpty ? 3 : 2)
    // Who else holds a scope is told only where that is what keeps the object.
    guard let junction = found.junction, ways.count > 1, enough.isEmpty || !graph.isPartOfMachine(junction) else {
      return
    }
    self.junction = junction == node ? nil : graph.label(of: junction)
    reasons = ways.dropFirst().map { way in
      let last = way.edges.last.map { HeapReference.edge($0) } ?? .root(way.root)
      return Reason(path: graph.text(of: way), holder: Self.holder(last, graph))
    }
    var candidates: [(what: String, references: [HeapReference])] = []
    if let all = tested.entries[junction] ?? nil {
      candidates.append((junction == node ? "references to it" : "references to \(graph.label(of: junction))", all))
    }
    if let origin = found.origin {
      let first = ways.compactMap { way in way.edges.first { graph.source(ofEdge: $0) == origin } }
      candidates.append(("ways from \(graph.label(of: origin))", first.map(HeapReference.edge)))
    }
    for (what, references) in candidates {
      guard
        let cut = try Self.cutting(references, what, freeing: node, analyses, selection, reachable, progress)
      else { continue }
      let isMore = enough.first.map { $0.objects <= cut.objects } ?? false
      cuts.insert(cut, at: isMore ? min(enough.count, Self.mostCuts - 2) : 0)
      return
    }
  }

  /// The shortest path alone, in time linear in the heap: what objects on it retain is not asked.
  public init(
    shortestPathTo node: Int, analyses: GraphAnalyses, argument: String, selection: RootSelection, progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    let found = try analyses.reachability(roots: selection, progress: progress).path(to: node)
    heading = graph.heading(of: node)
    id = graph.id(of: node)
    self.argument = argument
    isQuick = true
    hasAllPaths = found == nil
    roots = found.map { [graph.rootDescription($0.root)] } ?? []
    paths = found.map { [Self.steps(of: $0, graph, nil)] } ?? []
    cuts = []
  }

  private static let mostTogether = 12

  /// What letting go of several references at once frees; nil when that does not free the object.
  private static func cutting(
    _ references: [HeapReference], _ what: String, freeing node: Int, _ analyses: GraphAnalyses,
    _ roots: RootSelection, _ reachable: Reachability, _ progress: Progress
  ) throws(AnalysisError) -> Cut? {
    let graph = analyses.graph
    let isMachines = references.contains { reference in
      if case .root(let root) = reference { graph.roots[root].kind == .internalRoot } else { false }
    }
    guard (2...mostTogether).contains(references.count), !isMachines else { return nil }
    let deletion = try VirtualDeletion(analyses: analyses, roots: roots, cuts: Set(references), progress: progress)
    guard deletion.freed.contains(node) else { return nil }
    return Cut(
      text: "\(references.count == 2 ? "both" : "all \(references.count)") \(what)", objects: deletion.freed.count,
      bytes: deletion.bytes, isEnough: true, together: references.map { graph.letGo($0, reachable) })
  }

  /// The part of a path up to a node.
  private static func cut(_ path: HeapPath, at node: Int, _ graph: HeapGraph) -> HeapPath {
    if Int(graph.roots[path.root].target) == node { return HeapPath(root: path.root, edges: []) }
    guard let end = path.edges.firstIndex(where: { graph.target(ofEdge: $0) == node }) else { return path }
    return HeapPath(root: path.root, edges: Array(path.edges[...end]))
  }

  private static func holder(_ reference: HeapReference, _ graph: HeapGraph) -> String {
    switch reference {
    case .root(let root): "\(graph.rootDescription(root)) `\(graph.rootName(root))`"
    case .edge(let edge): graph.label(of: graph.source(ofEdge: edge)) + graph.slotName(edge)
    }
  }

  private static func steps(of path: HeapPath, _ graph: HeapGraph, _ sizes: RetainedSizes?) -> [Step] {
    var steps = [step(graph.rootName(path.root), Int(graph.roots[path.root].target), graph, sizes)]
    for edge in path.edges where !graph.leadsToEntryTable(edge) || edge == path.edges.last {
      steps.append(step(graph.slotName(edge), graph.target(ofEdge: edge), graph, sizes))
    }
    return steps
  }

  private static func step(_ slot: String, _ node: Int, _ graph: HeapGraph, _ sizes: RetainedSizes?) -> Step {
    Step(
      slot: slot, object: graph.label(of: node), id: graph.id(of: node), className: graph.className(of: node),
      shallow: graph.shallowSizes[node], retained: sizes?[node])
  }

  // MARK: Text

  public func text(options: RenderOptions = RenderOptions()) -> String {
    guard !paths.isEmpty else {
      return options.text("Nothing holds \(heading): the next collection frees it.") + "\n"
    }
    var lines = [options.text("\(heading) is alive because")]
    for number in paths.indices.prefix(showsAll ? .max : 1) {
      lines.append("")
      if showsAll, paths.count > 1 {
        lines.append("path \(number + 1) of \(paths.count)\(hasAllPaths ? "" : " or more")")
      }
      lines += self.lines(of: paths[number], roots[number], options)
    }
    lines.append("")
    let count = "\(paths.count)\(hasAllPaths ? "" : " or more")"
    if !showsAll, !reasons.isEmpty { lines += reasonLines(options) }
    if isQuick {
      lines.append("Nothing but the shortest path was asked; what else holds it: :path \(argument)")
    } else if paths.count == 1, hasAllPaths {
      lines.append("No other path leads to it.")
    } else if !showsAll {
      lines.append("Shortest of \(count) independent paths (:path \(argument) --all).")
    }
    lines += cutLines(options)
    for variable in unread {
      lines.append(options.text("No living code reads \(variable): it only keeps this alive."))
    }
    if !promptNames.isEmpty {
      lines.append("The prompt calls it \(promptNames.prefix(5).joined(separator: ", ")): that is not counted.")
    }
    return lines.map { options.cut($0, to: options.width) + "\n" }.joined()
  }

  private static let mostSteps = 24

  private func lines(of steps: [Step], _ root: String, _ options: RenderOptions) -> [String] {
    var result: [String] = []
    let widest = min(30, steps.dropFirst().map { displayWidth(options.text($0.slot)) }.max() ?? 0)
    for (number, step) in steps.enumerated() {
      if steps.count > Self.mostSteps, !showsAll, number == Self.mostSteps / 2 {
        result.append("    ... \(Numbers.counted(UInt64(steps.count - Self.mostSteps), "object")) more (--all)")
      }
      let isMiddle = number >= Self.mostSteps / 2 && number < steps.count - Self.mostSteps / 2
      if steps.count > Self.mostSteps, !showsAll, isMiddle { continue }
      if number == 0 {
        let head = "  " + options.text("\(root) `\(step.slot)`")
        result.append(TextLayout.padded(head, to: widest + 6) + "  " + object(step, options))
      } else {
        let slot = TextLayout.padded(options.cut(options.text(step.slot), to: widest), to: widest)
        result.append("    \(slot)  \(object(step, options))")
      }
    }
    return result
  }

  private static let mostReasons = 5

  /// What else holds it; the end of a path says most.
  private func reasonLines(_ options: RenderOptions) -> [String] {
    var lines = [options.text(junction.map { "\($0) is held otherwise, too:" } ?? "It is held otherwise, too:")]
    for reason in reasons.prefix(Self.mostReasons) {
      let path = options.text(reason.path)
      let isShort = displayWidth(path) <= options.width - 4
      let hint = path.contains(reason.holder) ? "" : "  (\(options.text(reason.holder)))"
      let isBothShort = displayWidth(path + hint) <= options.width - 4
      lines.append("    " + (isBothShort ? path + hint : isShort ? path : options.text(reason.holder)))
    }
    if reasons.count > Self.mostReasons { lines.append("    and \(reasons.count - Self.mostReasons) more: --all") }
    lines.append("")
    return lines
  }

  private func object(_ step: Step, _ options: RenderOptions) -> String {
    options.text(step.object) + (step.retained.map { "  retains \(options.bytes($0))" } ?? "")
  }

  private func cutLines(_ options: RenderOptions) -> [String] {
    guard !cuts.isEmpty else { return [] }
    let effects = cuts.map { cut in
      cut.objects == 0
        ? "frees nothing alone"
        : "frees \(Numbers.counted(UInt64(cut.objects), "object")), \(options.bytes(cut.bytes))"
          + (cut.isEnough ? "  <- enough" : "")
    }
    // Whether it is enough is what people look for: the name gives way.
    let limit = max(16, options.width - 13 - (effects.map(displayWidth).max() ?? 0))
    let width = min(limit, cuts.map { displayWidth(options.text($0.text)) }.max() ?? 0)
    return zip(cuts, effects).enumerated().map { number, line in
      let text = TextLayout.padded(options.cut(options.text(line.0.text), to: width), to: width)
      return (number == 0 ? "Cut test:  " : "           ") + "\(text)  \(line.1)"
    }
  }

  // MARK: For programs

  /// All steps of all paths.
  public var table: ResultTable {
    var rows: [[ResultCell]] = []
    for (number, path) in paths.enumerated() {
      for (place, step) in path.enumerated() {
        rows.append([
          .count(UInt64(number + 1)), .count(UInt64(place)), .text(step.slot), .text(step.object),
          step.id.map(ResultCell.object) ?? .none, .bytes(step.shallow),
          step.retained.map(ResultCell.bytes) ?? .none,
        ])
      }
    }
    return ResultTable(
      columns: [
        .init("path"), .init("step"), .init("slot", .left, isFlexible: true), .init("object", .left, isFlexible: true),
        .init("id", .left), .init("shallow"), .init("retained"),
      ], rows: rows)
  }

  public func json(isASCII: Bool = false) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report("path") { writer in
      writer.member("id", id: id)
      writer.member("reachable", !paths.isEmpty)
      writer.member("complete", hasAllPaths)
      if !unread.isEmpty { writer.list("neverRead") { writer in for text in unread { writer.string(text) } } }
      writer.list("paths") { writer in
        for (path, root) in zip(paths, roots) {
          writer.object { writer in
            writer.member("root", root)
            writer.list("steps") { writer in
              for step in path {
                writer.object { writer in
                  writer.member("slot", step.slot)
                  writer.member("object", step.object)
                  writer.member("id", id: step.id)
                  writer.member("shallow", step.shallow)
                  if let retained = step.retained { writer.member("retained", retained) }
                }
              }
            }
          }
        }
      }
      writer.list("prompt") { writer in for name in promptNames { writer.string(name) } }
      writer.list("cuts") { writer in
        for cut in cuts {
          writer.object { writer in
            writer.member("cut", cut.text)
            writer.member("objects", cut.objects)
            writer.member("bytes", cut.bytes)
            writer.member("enough", cut.isEnough)
            if !cut.together.isEmpty {
              writer.list("together") { writer in for text in cut.together { writer.string(text) } }
            }
          }
        }
      }
    }
    return writer.text
  }
}

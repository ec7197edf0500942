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
    public var retained: UInt64
  }

  /// What letting go of one reference would free.
  public struct Cut: Sendable {
    public var text: String
    public var objects: Int
    public var bytes: UInt64
    /// Whether the object would go.
    public var isEnough: Bool
  }

  public var heading: String
  public var id: NodeID?
  public var argument: String
  /// The shortest way first; empty where nothing holds the object.
  public var paths: [[Step]]
  /// What kind of root each path begins at.
  public var roots: [String]
  public var hasAllPaths: Bool
  public var cuts: [Cut]
  /// What the prompt calls the object, where that does not count.
  public var promptNames: [String] = []
  /// Variables on the shortest path that closures hold although nothing reads them: `last` of closure `f#3`.
  public private(set) var unread: [String] = []
  /// Whether people see all paths.
  public var showsAll = false

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
    paths = found.paths.map { path in
      var steps = [Self.step(graph.rootName(path.root), Int(graph.roots[path.root].target), graph, sizes)]
      for edge in path.edges { steps.append(Self.step(graph.slotName(edge), graph.target(ofEdge: edge), graph, sizes)) }
      return steps
    }
    let reachable = try analyses.reachability(roots: selection, progress: progress)
    let tree = try analyses.dominators(roots: selection, progress: progress)
    var references: [HeapReference] = found.paths[0].edges.reversed().map { .edge($0) } + [.root(found.paths[0].root)]
    for path in found.paths.dropFirst() { references.append(path.edges.last.map { .edge($0) } ?? .root(path.root)) }
    let effects = try CutEffects(references, analyses: analyses, roots: selection, progress: progress).effects
    let isNotMachines = { (effect: CutEffects.Effect) -> Bool in
      guard case .root(let root) = effect.reference else { return true }
      return graph.roots[root].kind != .internalRoot
    }
    let tested = effects.filter(isNotMachines).map { effect -> Cut in
      let target = graph.target(of: effect.reference)
      return Cut(
        text: graph.letGo(effect.reference, reachable), objects: effect.objects, bytes: effect.bytes,
        isEnough: effect.objects > 0 && tree.dominates(target, node))
    }
    // What is enough, the least of it first, before what is not.
    cuts =
      Array(tested.filter(\.isEnough).prefix(Self.mostCuts - 2))
      + tested.filter { !$0.isEnough }.prefix(tested.contains(where: \.isEnough) ? 2 : 3)
  }

  private static func step(_ slot: String, _ node: Int, _ graph: HeapGraph, _ sizes: RetainedSizes) -> Step {
    Step(
      slot: slot, object: graph.label(of: node), id: graph.id(of: node), className: graph.className(of: node),
      shallow: graph.shallowSizes[node], retained: sizes[node])
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
    if paths.count == 1, hasAllPaths {
      lines.append("There is no other path that shares no object with it.")
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

  private func object(_ step: Step, _ options: RenderOptions) -> String {
    options.text(step.object) + "  retains \(options.bytes(step.retained))"
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
          step.id.map(ResultCell.object) ?? .none, .bytes(step.shallow), .bytes(step.retained),
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
                  writer.member("retained", step.retained)
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
          }
        }
      }
    }
    return writer.text
  }
}

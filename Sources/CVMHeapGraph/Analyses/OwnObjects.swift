/// Which nodes of a dump by V8 are the program's, and not of Node or the machine.
///
/// Decided by what would go without the program: its functions (those of scripts that are not `node:...`) with their
/// scopes, the objects of its classes, its properties of the global object, the exports of its modules and what only
/// running calls hold. These, and what nothing else would hold, are the program's.
public final class OwnObjects: @unchecked Sendable {
  private let own: BitColumn
  /// The number of them that are objects or values, and not parts of the machine.
  public private(set) var count = 0
  /// Whether a script of a program was found at all.
  public private(set) var hasScripts = false

  /// Whether a node is the program's; parts of the machine are nobody's.
  public func contains(_ node: Int) -> Bool { own[node] }

  public init(
    analyses: GraphAnalyses, roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    own = BitColumn(count: graph.nodeCount)
    var search = Search(graph)
    try search.run(progress)
    hasScripts = search.hasScripts
    let cuts = try analyses.repeatedSlots(progress: progress).adding(to: search.cuts)
    let before = try analyses.reachability(roots: roots, progress: progress)
    let after = try Reachability(
      graph: graph, roots: roots, without: cuts, removedNodes: search.seeds, progress: progress)
    for node in search.seeds { take(node, graph, before) }
    for number in before.nodes where !after.contains(Int(number)) { take(Int(number), graph, before) }
  }

  private func take(_ node: Int, _ graph: HeapGraph, _ alive: Reachability) {
    guard graph.kind(of: node).category != .internalPart, alive.contains(node), own.insert(node) else { return }
    count += 1
  }

  /// Finds what is the program's by itself.
  private struct Search {
    let graph: HeapGraph
    var seeds: [Int] = []
    var cuts: Set<HeapReference> = []
    var hasScripts = false
    private var scripts: [Int: Bool] = [:]
    private let isOwnFunction: BitColumn
    /// Whether objects with a prototype are of a class of the program.
    private var prototypes: [Int: Bool] = [:]

    init(_ graph: HeapGraph) {
      self.graph = graph
      isOwnFunction = BitColumn(count: graph.nodeCount)
    }

    mutating func run(_ progress: Progress) throws(AnalysisError) {
      for node in 0..<graph.nodeCount {
        try progress.tick("functions", node, of: graph.nodeCount)
        guard graph.kind(of: node) == .closure, isFromProgram(node) else { continue }
        hasScripts = true
        _ = isOwnFunction.insert(node)
        seeds.append(node)
        if let scope = internalTarget(of: node, "context"), graph.kind(of: scope) == .scope { seeds.append(scope) }
      }
      for node in 0..<graph.nodeCount {
        try progress.tick("objects", node, of: graph.nodeCount)
        let kind = graph.kind(of: node)
        if kind == .rootGroup {
          if graph.className(of: node) == "(Stack roots)" { seeds.append(node) }
        } else if kind.category == .object, kind != .closure {
          if isOfOwnClass(node) { seeds.append(node) }
          if graph.string(graph.classNames[node]) == "Module" { cutExports(of: node) }
        }
      }
      for root in graph.roots where root.kind == .globalVariable { cutProperties(of: Int(root.target)) }
    }

    private func internalTarget(of node: Int, _ name: String) -> Int? {
      let edge = graph.edges(of: node).first {
        graph.edgeKind($0) == .internalSlot && graph.string(graph.edgeNames[$0]) == name
      }
      return edge.map(graph.target(ofEdge:))
    }

    /// Whether the script of a function is none of Node's.
    private mutating func isFromProgram(_ function: Int) -> Bool {
      guard let shared = internalTarget(of: function, "shared") else { return false }
      if let known = scripts[shared] { return known }
      var answer = false
      let script = internalTarget(of: shared, "script") ?? internalTarget(of: shared, "script_or_debug_info")
      if let script {
        if let known = scripts[script] {
          answer = known
        } else {
          if let name = internalTarget(of: script, "name"), graph.kind(of: name) == .string,
            let text = graph.text(of: name)
          {
            answer = !text.isEmpty && !text.hasPrefix("node:") && !text.hasPrefix("v8/")
          }
          scripts[script] = answer
        }
      }
      scripts[shared] = answer
      return answer
    }

    private mutating func isOfOwnClass(_ node: Int) -> Bool {
      let link = graph.edges(of: node).first { graph.edgeKind($0) == .prototype }
      guard let prototype = link.map(graph.target(ofEdge:)) else { return false }
      if let known = prototypes[prototype] { return known }
      let constructor = graph.edges(of: prototype).first {
        graph.edgeKind($0) == .property && graph.string(graph.edgeNames[$0]) == "constructor"
      }
      let answer = constructor.map { isOwnFunction[graph.target(ofEdge: $0)] } ?? false
      prototypes[prototype] = answer
      return answer
    }

    private mutating func cutExports(of module: Int) {
      for edge in graph.edges(of: module)
      where graph.edgeKind(edge) == .property && graph.string(graph.edgeNames[edge]) == "exports" {
        cuts.insert(.edge(edge))
      }
    }

    private mutating func cutProperties(of global: Int) {
      for edge in graph.edges(of: global)
      where graph.edgeKind(edge) == .property {
        let name = graph.string(graph.edgeNames[edge])
        // Properties named by symbols are Node's.
        if !NodeGlobals.names.contains(name), !name.hasPrefix("<symbol") { cuts.insert(.edge(edge)) }
      }
    }
  }
}

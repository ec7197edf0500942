import CVMHeapGraph

/// What a drawing of a small heap shows: objects in the order of their making, their names, and the arrows between them.
public struct HeapScene {
  /// An arrow from a slot to an object of the scene.
  public struct Arrow: Equatable {
    public var slot: String
    /// The position of the target among the scene's objects.
    public var target: Int
    /// Whether a program can write the slot after an expression.
    public var isExpression: Bool
  }

  /// One box.
  public struct Object: Equatable {
    public var node: Int
    /// `#12 Object`.
    public var heading: String
    /// `object`, `array`, `function`.
    public var noun: String
    public var names: [String]
    public var preview: String
    public var primitives: [ObjectTexts.PrimitiveSlot]
    public var arrows: [Arrow]
    /// A way to write the object in a program, if there is one.
    public var expression: String?
    public var marks = Marks()
  }

  /// What is said of an object beside its content.
  public struct Marks: Equatable {
    public var isNew = false
    /// Nobody needs it any more.
    public var isDead = false
    /// Slots and variables that a statement changed.
    public var changed: Set<String> = []
    public var remark = ""
  }

  public var objects: [Object]
  public var objectCount: UInt64
  public var bytes: UInt64
  public var builtInCount: UInt64
  /// Objects that nothing holds, such as `#9 Object`.
  public var unreachable: [String]
  /// Whether objects of the scene hold others that are too far away to be drawn.
  public private(set) var isCutOff = false

  /// A scene of given objects.
  init(objects: [Object], objectCount: Int) {
    self.objects = objects
    self.objectCount = UInt64(objectCount)
    bytes = 0
    builtInCount = 0
    unreachable = []
  }

  /// Picks the reachable objects that the program made, at most a number of them.
  public init(
    graph: HeapGraph, texts: ObjectTexts, limit: Int = 12, census: HeapCensus? = nil, progress: Progress
  ) throws(AnalysisError) {
    let figures: HeapCensus
    if let census {
      figures = census
    } else {
      figures = try HeapCensus(graph: graph, wantsRetained: false, progress: progress)
    }
    objectCount = figures.programObjects.objects
    bytes = figures.programObjects.shallow
    builtInCount = figures.builtInObjects
    let reachable = try Reachability(graph: graph, keepsPaths: true, progress: progress)
    let made = (0..<graph.nodeCount).filter(graph.isProgramObject)
    let number = { (node: Int) in graph.id(of: node)?.number ?? 0 }
    unreachable = made.filter { !reachable.contains($0) }.sorted { number($0) < number($1) }.map(graph.heading)
    let drawn = made.filter(reachable.contains).sorted { number($0) < number($1) }.prefix(limit)
    objects = Self.objects(Array(drawn), in: graph, texts, reachable)
  }

  /// The part of the heap that an object holds within a number of references, at most a number of objects.
  ///
  /// `name` is what the object was called by who asked; nil when there are too many objects to draw.
  public init?(
    graph: HeapGraph, texts: ObjectTexts, from node: Int, name: String, depth: Int, limit: Int, progress: Progress
  ) throws(AnalysisError) {
    guard let (nodes, isCutOff) = Self.neighbourhood(of: node, in: graph, depth: depth, limit: limit) else {
      return nil
    }
    let reachable = try Reachability(graph: graph, keepsPaths: true, progress: progress)
    objectCount = UInt64(nodes.count)
    bytes = nodes.reduce(0) { $0 &+ graph.shallowSizes[$1] }
    builtInCount = 0
    unreachable = []
    objects = Self.objects(nodes, in: graph, texts, reachable)
    self.isCutOff = isCutOff
    if !objects[0].names.contains(name), !name.isEmpty { objects[0].names.insert(name, at: 0) }
  }

  /// An object and those that it holds directly and indirectly, nearest first, and whether they hold more; nil when they
  /// are too many.
  private static func neighbourhood(
    of start: Int, in graph: HeapGraph, depth: Int, limit: Int
  ) -> (nodes: [Int], isCutOff: Bool)? {
    var nodes = [start]
    var seen: Set<Int> = [start]
    var level = [start]
    for _ in 0..<depth {
      var next: [Int] = []
      for node in level {
        for target in heldObjects(by: node, in: graph) where seen.insert(target).inserted {
          nodes.append(target)
          next.append(target)
          if nodes.count > limit { return nil }
        }
      }
      level = next
    }
    let holdsMore = level.contains { heldObjects(by: $0, in: graph).contains { !seen.contains($0) } }
    return (nodes, holdsMore)
  }

  /// The program's objects that an object holds, also over its parts.
  private static func heldObjects(by node: Int, in graph: HeapGraph) -> [Int] {
    var result: [Int] = []
    var waiting = [node]
    var visited: Set<Int> = [node]
    while let part = waiting.popLast() {
      for edge in graph.edges(of: part) where graph.isStrong(edge) {
        let target = graph.target(ofEdge: edge)
        if graph.isProgramObject(target) {
          result.append(target)
        } else if graph.kind(of: target).isPartOfHolder, visited.insert(target).inserted {
          waiting.append(target)
        }
      }
    }
    return result
  }

  private static func objects(
    _ nodes: [Int], in graph: HeapGraph, _ texts: ObjectTexts, _ reachable: Reachability
  ) -> [Object] {
    let positions = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    let arrows = nodes.map { Self.arrows(from: $0, in: graph, to: positions) }
    let names = Self.names(in: graph, of: positions, pointedAt: Set(arrows.joined().map(\.target)))
    return nodes.enumerated().map { position, node in
      let path = reachable.path(to: node).flatMap { graph.isExpression($0) ? graph.text(of: $0) : nil }
      return Object(
        node: node, heading: graph.heading(of: node), noun: graph.noun(of: node), names: names[position],
        preview: texts.preview(node), primitives: texts.primitiveSlots(node), arrows: arrows[position],
        expression: names[position].first ?? path)
    }
  }

  /// The arrows from an object, also those that leave from its parts, such as the scope of a function.
  private static func arrows(from node: Int, in graph: HeapGraph, to positions: [Int: Int]) -> [Arrow] {
    var arrows: [Arrow] = []
    var waiting = [node]
    var visited: Set<Int> = [node]
    while let part = waiting.popLast(), visited.count < 100 {
      for edge in graph.edges(of: part) where graph.isStrong(edge) {
        let target = graph.target(ofEdge: edge)
        if let position = positions[target] {
          let isExpression = part == node && graph.isExpression(edge)
          arrows.append(Arrow(slot: graph.slotName(edge), target: position, isExpression: isExpression))
        } else if graph.kind(of: target).isPartOfHolder, visited.insert(target).inserted {
          waiting.append(target)
        }
      }
    }
    return arrows
  }

  /// The variables that hold each object; what only running calls hold, or the prompt, where there is nothing else.
  private static func names(
    in graph: HeapGraph, of positions: [Int: Int], pointedAt: Set<Int>
  ) -> [[String]] {
    var variables = [[String]](repeating: [], count: positions.count)
    var unnamed = variables
    var fromPrompt = variables
    for (index, root) in graph.roots.enumerated() {
      guard let position = positions[Int(root.target)] else { continue }
      let name = graph.rootName(index)
      switch root.kind {
      case .frameLocal where name == "this" || name.hasPrefix("("): unnamed[position].append(name)
      case .globalVariable, .frameLocal: variables[position].append(name)
      case .repl: fromPrompt[position].append(graph.rootName(index))
      case .builtIn, .internalRoot: break
      }
    }
    return positions.values.sorted().map { position in
      if !variables[position].isEmpty || pointedAt.contains(position) { return variables[position] }
      if let name = unnamed[position].first(where: { $0 == "this" }) ?? unnamed[position].first { return [name] }
      return Array(fromPrompt[position].prefix(1))
    }
  }

  /// How many arrows of the drawing end at an object.
  func incomingCount(of position: Int) -> Int {
    objects.reduce(objects[position].names.count) { $0 + $1.arrows.count { $0.target == position } }
  }

  /// For each object with several names a sentence that says so.
  func aliasSentences() -> [String] {
    objects.indices.compactMap { position in
      let slots = objects.flatMap { holder in
        holder.arrows.filter { $0.target == position && $0.isExpression }.compactMap { arrow in
          holder.expression.map { $0 + arrow.slot }
        }
      }
      let aliases = slots + objects[position].names
      return aliases.count > 1 ? sentence(aliases, objects[position]) : nil
    }
  }

  private func sentence(_ aliases: [String], _ object: Object) -> String {
    let shown = aliases.count > 4 ? Array(aliases.prefix(3)) + ["\(aliases.count - 3) more"] : aliases
    let list = shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
    return "\(list) are ONE \(object.noun)\(example(aliases[0], aliases[aliases.count - 1], object))."
  }

  private func example(_ first: String, _ last: String, _ object: Object) -> String {
    switch object.noun {
    case "array": return ": \(first).push(4) changes \(last) too"
    case "map": return ": \(first).set(1, 2) changes \(last) too"
    case "set": return ": \(first).add(4) changes \(last) too"
    case "object":
      guard let slot = object.primitives.first(where: { $0.name.hasPrefix(".") }) else { return "" }
      return ": \(first)\(slot.name) = \(slot.text == "5" ? "6" : "5") changes \(last)\(slot.name) too"
    default: return ""
    }
  }
}

extension NodeKind {
  /// Whether people see the node's references as its holder's.
  fileprivate var isPartOfHolder: Bool {
    switch self {
    case .scope, .variableCell, .elements, .accessorPair: true
    default: false
    }
  }
}

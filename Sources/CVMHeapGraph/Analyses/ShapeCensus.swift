/// Objects with the same properties in the same order.
public struct ShapeFigures: Sendable, Equatable {
  /// The class; empty for plain objects.
  public var className: String
  public var properties: [String]
  /// The properties stand in a table of each object's own.
  public var isTable: Bool
  public var objects: UInt64 = 0
  /// How many properties the objects have room for, in all.
  public var slots: UInt64 = 0
  /// How many they have.
  public var used: UInt64 = 0
  public var bytes: UInt64 = 0
  /// One of them.
  public var example: Int

  public init(className: String, properties: [String], isTable: Bool, example: Int) {
    self.className = className
    self.properties = properties
    self.isTable = isTable
    self.example = example
  }

  /// `{id, name}`, `Node {value, next}`.
  public var title: String {
    let names = isTable ? "(table)" : properties.joined(separator: ", ")
    return className.isEmpty ? "{\(names)}" : "\(className) {\(names)}"
  }
}

/// The shapes of a heap's objects.
public struct ShapeCensus: Sendable {
  /// Most objects first.
  public var shapes: [ShapeFigures]
  /// Whether the shapes are those of the machine, or only what a dump says of properties.
  public var isExact: Bool

  public init(shapes: [ShapeFigures], isExact: Bool) {
    self.shapes = shapes.sorted { ($0.objects, $0.bytes, $1.title) > ($1.objects, $1.bytes, $0.title) }
    self.isExact = isExact
  }

  /// What a dump says: plain objects by the names of their properties, which lack those that hold small numbers.
  public init(graph: HeapGraph, reachable: Reachability, progress: Progress) throws(AnalysisError) {
    var places: [StringIndex: Int] = [:]
    var shapes: [ShapeFigures] = []
    var isPlain: [StringIndex: Bool] = [:]
    for node in 0..<graph.nodeCount {
      try progress.tick("shapes", node, of: graph.nodeCount)
      guard graph.kind(of: node) == .object, !graph.isBuiltIn(node), reachable.contains(node) else { continue }
      let name = graph.classNames[node]
      if isPlain[name] == nil { isPlain[name] = graph.string(name).hasPrefix("{") }
      guard isPlain[name] == true else { continue }
      let place: Int
      if let known = places[name] {
        place = known
      } else {
        place = shapes.count
        places[name] = place
        let text = graph.string(name).dropFirst().dropLast()
        shapes.append(
          ShapeFigures(
            className: "", properties: text.isEmpty ? [] : [String(text)], isTable: false, example: node))
      }
      let used = graph.edges(of: node).count { graph.edgeKind($0) == .property }
      shapes[place].objects += 1
      shapes[place].used += UInt64(used)
      shapes[place].slots += UInt64(used)
      shapes[place].bytes = shapes[place].bytes.saturatingAdd(graph.shallowSizes[node])
    }
    self.init(shapes: shapes, isExact: false)
  }

  /// Shapes that differ only in the order of their properties, by number of objects.
  public var reordered: [[ShapeFigures]] {
    guard isExact else { return [] }
    struct Key: Hashable {
      var className: String
      var properties: Set<String>
    }
    var groups: [Key: [ShapeFigures]] = [:]
    for shape in shapes where !shape.isTable && shape.properties.count > 1 {
      groups[Key(className: shape.className, properties: Set(shape.properties)), default: []].append(shape)
    }
    return groups.values.filter { group in Set(group.map(\.properties)).count > 1 }
      .sorted { ($0[0].objects, $1[0].title) > ($1[0].objects, $0[0].title) }
  }
}

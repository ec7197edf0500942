import CVMHeapGraph

/// A heap graph drawn by hand: nodes first, then references in any order.
public struct GraphSketch {
  private struct Node {
    var kind: NodeKind
    var className: String
    var id: UInt64
    var flags: NodeFlags
    var builtInName: String?
    var size: Int
    var snapshot: Int?
    var edges: [(kind: EdgeKind, name: String, index: UInt32, target: Int)] = []
  }

  private struct Root {
    var kind: RootKind
    var name: String
    var context: String
    var target: Int
  }

  private var nodes: [Node] = []
  private var roots: [Root] = []

  public init() {}

  /// Adds a node and returns its number; id 0 means none.
  @discardableResult
  public mutating func node(
    _ kind: NodeKind = .object, _ className: String = "Object", id: UInt64 = 0, internalID: Bool = false,
    size: Int = 16, snapshot: Int? = nil
  ) -> Int {
    nodes.append(
      Node(
        kind: kind, className: className, id: id, flags: internalID ? .internalID : [], size: size, snapshot: snapshot))
    return nodes.count - 1
  }

  /// Adds a built-in object, held by a root of its own.
  @discardableResult
  public mutating func builtIn(_ name: String, kind: NodeKind = .object, size: Int = 16) -> Int {
    nodes.append(Node(kind: kind, className: "Object", id: 0, flags: .builtIn, builtInName: name, size: size))
    roots.append(Root(kind: .builtIn, name: name, context: "", target: nodes.count - 1))
    return nodes.count - 1
  }

  /// Adds a named reference.
  public mutating func edge(_ source: Int, _ name: String, _ target: Int, kind: EdgeKind = .property) {
    nodes[source].edges.append((kind, name, 0, target))
  }

  /// Adds a numbered reference, or one that needs no name.
  public mutating func edge(_ source: Int, _ index: UInt32, _ target: Int, kind: EdgeKind = .element) {
    nodes[source].edges.append((kind, "", index, target))
  }

  /// Adds a root, a global variable unless told otherwise.
  public mutating func root(_ name: String, _ target: Int, kind: RootKind = .globalVariable, in context: String = "") {
    roots.append(Root(kind: kind, name: name, context: context, target: target))
  }

  /// The graph.
  public func graph() throws(HeapGraphError) -> HeapGraph {
    var builder = HeapGraph.Builder()
    for node in nodes {
      let className = builder.string(node.className)
      if let name = node.builtInName {
        let index = builder.string(name)
        builder.addBuiltIn(node.kind, name: index, className: className, shallowSize: node.size)
      } else {
        builder.addNode(node.kind, className: className, id: node.id, flags: node.flags, shallowSize: node.size)
      }
      if let snapshot = node.snapshot { builder.setSnapshotBytes(snapshot) }
      for edge in node.edges {
        switch edge.kind.naming {
        case .text: builder.addEdge(edge.kind, named: builder.string(edge.name), to: UInt32(edge.target))
        case .index: builder.addEdge(edge.kind, index: edge.index, to: UInt32(edge.target))
        case .none: builder.addEdge(edge.kind, to: UInt32(edge.target))
        }
      }
    }
    for root in roots {
      builder.addRoot(
        root.kind, name: builder.string(root.name), context: builder.string(root.context), to: UInt32(root.target))
    }
    return try builder.finish()
  }

  /// A random graph of untyped objects of 1 to 9 bytes, with one or more roots.
  public static func random(seed: UInt64, nodes count: Int, edges edgeCount: Int, roots rootCount: Int) -> GraphSketch {
    var generator = SeededGenerator(seed: seed)
    var sketch = GraphSketch()
    for index in 0..<count {
      sketch.node(.object, "C\(index % 3)", id: UInt64(index + 1), size: Int.random(in: 1...9, using: &generator))
    }
    for number in 0..<edgeCount {
      sketch.edge(
        Int.random(in: 0..<count, using: &generator), "e\(number)", Int.random(in: 0..<count, using: &generator),
        kind: Int.random(in: 0..<10, using: &generator) == 0 ? .weak : .property)
    }
    for number in 0..<rootCount { sketch.root("r\(number)", Int.random(in: 0..<count, using: &generator)) }
    return sketch
  }
}

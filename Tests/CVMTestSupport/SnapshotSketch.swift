/// A `.heapsnapshot` drawn by hand: nodes with their edges, written as V8 writes them.
public struct SnapshotSketch {
  public struct Edge {
    public var type: String
    /// A number for elements and hidden edges, else a name.
    public var name: String
    public var target: Int
  }

  public struct Node {
    public var type: String
    public var name: String
    public var id: Int
    public var size: Int
    public var edges: [Edge] = []
  }

  /// The first node is the root.
  public var nodes: [Node]
  public var nodeFields = ["type", "name", "id", "self_size", "edge_count", "trace_node_id", "detachedness"]
  public var edgeFields = ["type", "name_or_index", "to_node"]
  public static let nodeTypes = [
    "hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native", "synthetic",
    "concatenated string", "sliced string", "symbol", "bigint", "object shape",
  ]
  public static let edgeTypes = ["context", "element", "property", "internal", "hidden", "shortcut", "weak"]
  /// The order of the parts of the file.
  public var sections = [
    "snapshot", "nodes", "edges", "trace_function_infos", "trace_tree", "samples", "locations", "strings",
  ]
  public var nodeCount: Int?
  public var edgeCount: Int?
  public var separator = ","

  public init() { nodes = [Node(type: "synthetic", name: "", id: 1, size: 0)] }

  /// Adds a node and returns its number.
  @discardableResult
  public mutating func node(_ type: String, _ name: String, size: Int = 16) -> Int {
    nodes.append(Node(type: type, name: name, id: 2 * nodes.count + 1, size: size))
    return nodes.count - 1
  }

  /// Adds an edge.
  public mutating func edge(_ source: Int, _ type: String, _ name: String, _ target: Int) {
    nodes[source].edges.append(Edge(type: type, name: name, target: target))
  }

  /// The file.
  public var text: String {
    var strings: [String] = []
    var places: [String: Int] = [:]
    func string(_ text: String) -> Int {
      if let place = places[text] { return place }
      places[text] = strings.count
      strings.append(text)
      return strings.count - 1
    }
    var nodeNumbers: [Int] = []
    var edgeNumbers: [Int] = []
    for node in nodes {
      let values = [
        "type": Self.nodeTypes.firstIndex(of: node.type) ?? 0, "name": string(node.name), "id": node.id,
        "self_size": node.size, "edge_count": node.edges.count,
      ]
      nodeNumbers += nodeFields.map { values[$0] ?? 0 }
      for edge in node.edges {
        let isNumbered = edge.type == "element" || edge.type == "hidden"
        let values = [
          "type": Self.edgeTypes.firstIndex(of: edge.type) ?? 0,
          "name_or_index": isNumbered ? Int(edge.name) ?? 0 : string(edge.name),
          "to_node": edge.target * nodeFields.count,
        ]
        edgeNumbers += edgeFields.map { values[$0] ?? 0 }
      }
    }
    func list(_ numbers: [Int]) -> String { "[" + numbers.map(String.init).joined(separator: separator) + "]" }
    func quoted(_ texts: [String]) -> String { "[" + texts.map(Self.quoted).joined(separator: separator) + "]" }
    func types(_ names: [String], _ fields: [String]) -> String {
      "[" + fields.map { $0 == "type" ? quoted(names) : "\"number\"" }.joined(separator: separator) + "]"
    }
    let edgeTotal = nodes.reduce(0) { $0 + $1.edges.count }
    let head = """
      {"meta":{"node_fields":\(quoted(nodeFields)),"node_types":\(types(Self.nodeTypes, nodeFields)),\
      "edge_fields":\(quoted(edgeFields)),"edge_types":\(types(Self.edgeTypes, edgeFields))},\
      "node_count":\(nodeCount ?? nodes.count),"edge_count":\(edgeCount ?? edgeTotal),"trace_function_count":0}
      """
    let values = [
      "snapshot": head, "nodes": list(nodeNumbers), "edges": list(edgeNumbers), "strings": quoted(strings),
    ]
    return "{" + sections.map { "\"\($0)\":\(values[$0] ?? "[]")" }.joined(separator: separator + "\n") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

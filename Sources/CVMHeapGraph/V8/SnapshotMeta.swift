/// What the head of a `.heapsnapshot` says about its columns.
struct SnapshotMeta {
  var nodeFields: [String] = []
  var nodeTypes: [String] = []
  var edgeFields: [String] = []
  var edgeTypes: [String] = []
  var nodeCount: Int?
  var edgeCount: Int?
  /// In a file of this machine, whose ids follow from those of the objects: where those of the library begin.
  var firstLibraryID: Int?

  /// The place of a field in a record.
  struct NodeLayout {
    var count: Int
    var type: Int
    var name: Int
    var id: Int
    var size: Int
    var edges: Int
    var detachedness: Int?
  }

  struct EdgeLayout {
    var count: Int
    var type: Int
    var name: Int
    var target: Int
  }

  /// Reads the value of `snapshot`.
  init(_ cursor: inout JSONCursor) throws(HeapSnapshotError) {
    try Self.members(&cursor, "of `snapshot`") { (key, cursor) throws(HeapSnapshotError) in
      switch key {
      case "meta":
        try Self.members(&cursor, "of `meta`") { (key, cursor) throws(HeapSnapshotError) in
          switch key {
          case "node_fields": self.nodeFields = try Self.texts(&cursor, "`node_fields`")
          case "edge_fields": self.edgeFields = try Self.texts(&cursor, "`edge_fields`")
          case "node_types": self.nodeTypes = try Self.typeNames(&cursor, "`node_types`")
          case "edge_types": self.edgeTypes = try Self.typeNames(&cursor, "`edge_types`")
          default: try cursor.skipValue("of `\(key)`")
          }
        }
      case "node_count": self.nodeCount = try cursor.count("of `node_count`")
      case "cvm":
        try Self.members(&cursor, "of `cvm`") { (key, cursor) throws(HeapSnapshotError) in
          if key == "library" {
            self.firstLibraryID = try cursor.count("of `library`")
          } else {
            try cursor.skipValue("of `cvm`")
          }
        }
      case "edge_count": self.edgeCount = try cursor.count("of `edge_count`")
      default: try cursor.skipValue("of `\(key)`")
      }
    }
  }

  /// Where the fields are that a graph needs.
  func layouts(at offset: Int) throws(HeapSnapshotError) -> (NodeLayout, EdgeLayout) {
    func place(_ name: String, _ fields: [String], _ list: String) throws(HeapSnapshotError) -> Int {
      guard let place = fields.firstIndex(of: name) else {
        throw .malformed(offset: offset, reason: "`\(list)` has no `\(name)`")
      }
      return place
    }
    let nodes = try NodeLayout(
      count: nodeFields.count, type: place("type", nodeFields, "node_fields"),
      name: place("name", nodeFields, "node_fields"), id: place("id", nodeFields, "node_fields"),
      size: place("self_size", nodeFields, "node_fields"), edges: place("edge_count", nodeFields, "node_fields"),
      detachedness: nodeFields.firstIndex(of: "detachedness"))
    let edges = try EdgeLayout(
      count: edgeFields.count, type: place("type", edgeFields, "edge_fields"),
      name: place("name_or_index", edgeFields, "edge_fields"), target: place("to_node", edgeFields, "edge_fields"))
    guard nodeFields.count <= Self.mostFields, edgeFields.count <= Self.mostFields else {
      throw .malformed(offset: offset, reason: "records have more than \(Self.mostFields) fields")
    }
    guard nodeTypes.count <= 255, edgeTypes.count <= 255 else {
      throw .malformed(offset: offset, reason: "there are more than 255 types")
    }
    return (nodes, edges)
  }

  static let mostFields = 64

  // MARK: Pieces of JSON

  private static func members(
    _ cursor: inout JSONCursor, _ place: String,
    _ body: (String, inout JSONCursor) throws(HeapSnapshotError) -> Void
  ) throws(HeapSnapshotError) {
    try cursor.expect("{", "at the beginning \(place)")
    if cursor.take("}") { return }
    repeat {
      let key = try cursor.text("at a key \(place)")
      try cursor.expect(":", "behind the key `\(key)`")
      try body(key, &cursor)
    } while cursor.take(",")
    try cursor.expect("}", "at the end \(place)")
  }

  private static func texts(_ cursor: inout JSONCursor, _ place: String) throws(HeapSnapshotError) -> [String] {
    try cursor.expect("[", "at the beginning of \(place)")
    var texts: [String] = []
    if cursor.take("]") { return texts }
    repeat { texts.append(try cursor.text("in \(place)")) } while cursor.take(",")
    try cursor.expect("]", "at the end of \(place)")
    return texts
  }

  /// The names of types, which stand in a list of their own at the place of the field `type`.
  private static func typeNames(_ cursor: inout JSONCursor, _ place: String) throws(HeapSnapshotError) -> [String] {
    try cursor.expect("[", "at the beginning of \(place)")
    var names: [String] = []
    if cursor.take("]") { return names }
    repeat {
      if cursor.peek() == UInt8(ascii: "["), names.isEmpty {
        names = try texts(&cursor, place)
      } else {
        try cursor.skipValue("in \(place)")
      }
    } while cursor.take(",")
    try cursor.expect("]", "at the end of \(place)")
    return names
  }
}

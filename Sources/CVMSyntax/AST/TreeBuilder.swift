/// The growing arena of a tree while it is parsed.
struct TreeBuilder {
  private(set) var nodes: [Node]
  private(set) var lists: [UInt32] = [0]
  private(set) var functions: [FunctionRecord] = []

  init(capacity: Int) {
    nodes = [Node(kind: .none, detail: 0, flags: [], start: 0, end: 0, a: 0, b: 0, c: 0)]
    nodes.reserveCapacity(capacity)
  }

  @inline(__always)
  mutating func add(
    _ kind: NodeKind, _ start: UInt32, _ end: UInt32, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, detail: UInt8 = 0,
    flags: NodeFlags = []
  ) -> NodeID {
    let id = NodeID(index: UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(Node(kind: kind, detail: detail, flags: flags, start: start, end: end, a: a, b: b, c: c))
    return id
  }

  subscript(id: NodeID) -> Node {
    @inline(__always) get { nodes[Int(id.index)] }
    @inline(__always) set { nodes[Int(id.index)] = newValue }
  }

  /// Stores a list; 0 stands for the empty one.
  mutating func addList(_ elements: ArraySlice<NodeID>) -> UInt32 {
    if elements.isEmpty { return 0 }
    let reference = UInt32(truncatingIfNeeded: lists.count)
    lists.append(UInt32(truncatingIfNeeded: elements.count))
    for element in elements { lists.append(element.index) }
    return reference
  }

  /// The elements of a stored list.
  func elements(_ reference: UInt32) -> [NodeID] {
    if reference == 0 { return [] }
    let base = Int(reference) + 1
    return lists[base..<base + Int(lists[Int(reference)])].map(NodeID.init(index:))
  }

  mutating func addFunction(_ record: FunctionRecord) -> UInt32 {
    functions.append(record)
    return UInt32(truncatingIfNeeded: functions.count - 1)
  }
}

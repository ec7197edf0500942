import CVMHeapGraph
import CVMText

/// An execution as the first CVM kept it: `executions/ID.json`. Its heap can be looked at; its program counter belongs to a
/// machine that is no more.
public struct FirstCVMExecution {
  public let id: String
  public let programID: String
  /// In the words of the first CVM: `AWAITING_COGNITIVE_RESULT`.
  public let state: String
  public let programCounter: Int?
  public let question: String?
  public let error: String?
  /// Whether values are nested, each in full, in place of a heap.
  public let isInline: Bool
  public let graph: HeapGraph

  /// Whether a text looks like one.
  public static func isOne(_ document: JSONDocument) -> Bool {
    document.member("programId", of: document.root) != nil && document.member("variables", of: document.root) != nil
      && !ExecutionJSON.isOne(document)
  }

  public init(_ document: JSONDocument) throws(JSONError) {
    let root = document.root
    func text(_ name: String) throws(JSONError) -> String? {
      guard let node = document.member(name, of: root), document.kind(node) != .null else { return nil }
      guard let text = document.text(node) else { throw document.error("this is no string", at: node) }
      return text
    }
    guard document.member("variables", of: root) != nil else {
      throw document.error("this is no execution of the first CVM: it has no variables", at: root)
    }
    id = try text("id") ?? ""
    programID = try text("programId") ?? ""
    state = try text("state") ?? ""
    question = try text("ccPrompt")
    error = try text("error")
    programCounter = document.member("pc", of: root).flatMap { document.integer($0) }
    isInline = document.member("heap", of: root).map { document.kind($0) == .null } ?? true
    graph = try FirstCVMGraph(document).graph()
  }
}

/// Makes a heap graph of values as the first CVM wrote them: `{"$ref": 12}` in the heap, `{"type": "array-ref", "id": 12}`
/// elsewhere, and others in full.
private struct FirstCVMGraph: ~Copyable {
  /// What a node of the graph is, in a word: a file may consist of nothing but very small values.
  private struct Item: BitwiseCopyable {
    enum Kind: UInt64 {
      /// A value that is nested in full, in the heap or elsewhere.
      case inHeap, outside
      /// What stands in the heap under an id.
      case entry
      /// A text, or what else has no parts.
      case leaf
    }

    private let word: UInt64
    /// A node of the document, or an id.
    var payload: Int { Int(word >> 2) }
    var kind: Kind { Kind(rawValue: word & 3) ?? .leaf }

    init(_ kind: Kind, _ payload: Int) { word = UInt64(payload) << 2 | kind.rawValue }
  }

  private let document: JSONDocument
  /// What the nodes of the graph are, in order; the nodes before `next` are in the graph.
  private var items = GrowingColumn<Item>()
  private var entries: [UInt64: Int] = [:]
  private var nodes: [UInt64: Int] = [:]
  /// Nodes of texts, and of other leaves, by their string in the graph.
  private var texts = LeafTable()
  private var scalars = LeafTable()
  private var nextID: UInt64 = 1
  private var builder = HeapGraph.Builder()

  init(_ document: JSONDocument) { self.document = document }

  consuming func graph() throws(JSONError) -> HeapGraph {
    try readHeap()
    try addRoots()
    for id in entries.keys.sorted() { _ = try node(ofID: id, at: document.root) }
    var next = 0
    while next < items.count {
      let item = items[next]
      switch item.kind {
      case .leaf: addLeaf(item.payload)
      case .entry:
        let entry = entries[UInt64(item.payload)] ?? document.root
        try add(document.member("data", of: entry) ?? entry, UInt64(item.payload), isInHeap: true)
      case .inHeap, .outside:
        try add(item.payload, nextID, isInHeap: item.kind == .inHeap)
        nextID += 1
      }
      next += 1
    }
    let text = document
    let failure: String
    do throws(HeapGraphError) {
      return try builder.finish()
    } catch {
      failure = "\(error)"
    }
    throw text.error("the heap is too large to be looked at: \(failure)", at: text.root)
  }

  // MARK: The heap

  private mutating func readHeap() throws(JSONError) {
    guard let heap = document.member("heap", of: document.root), document.kind(heap) != .null else { return }
    guard let objects = document.member("objects", of: heap) else {
      throw document.error("the heap has no objects", at: heap)
    }
    switch document.kind(objects) {
    case .object:
      for (key, value) in document.members(of: objects) {
        guard let text = document.text(key), let id = UInt64(text), String(id) == text else {
          throw document.error("this is no id of an object", at: key)
        }
        try note(id, value)
      }
    case .array:
      for (index, value) in document.elements(of: objects).enumerated() {
        switch document.kind(value) {
        case .null: continue
        case .array:
          // As `Array.from` makes it of a `Map`.
          guard document.elementCount(of: value) == 2, let id = document.integer(value + 1), id >= 0 else {
            throw document.error("this is no pair of an id and an object", at: value)
          }
          try note(UInt64(id), document.next(value + 1))
        default:
          let id = document.member("id", of: value).flatMap { document.integer($0) } ?? index
          guard id >= 0 else { throw document.error("this is no id of an object", at: value) }
          try note(UInt64(id), value)
        }
      }
    default: throw document.error("objects is neither a record nor an array", at: objects)
    }
    // Values that are nested have no ids of their own.
    nextID = (entries.keys.max() ?? 0) + 1
  }

  private mutating func note(_ id: UInt64, _ entry: Int) throws(JSONError) {
    guard id > 0, id < 1 << 40 else { throw document.error("an id is out of range", at: entry) }
    guard document.kind(entry) == .object else { throw document.error("this is no object of the heap", at: entry) }
    guard entries.updateValue(entry, forKey: id) == nil else {
      throw document.error("there are two objects \(id)", at: entry)
    }
  }

  private mutating func node(ofID id: UInt64, at place: Int) throws(JSONError) -> Int {
    if let known = nodes[id] { return known }
    guard entries[id] != nil else { throw document.error("Invalid heap reference: \(id)", at: place) }
    nodes[id] = items.count
    return node(Item(.entry, Int(id)))
  }

  // MARK: Values

  /// The node that a value is.
  private mutating func node(_ value: Int, isInHeap: Bool) throws(JSONError) -> Int {
    switch document.kind(value) {
    case .null, .boolean, .number, .string: return leaf(value)
    case .array: return node(Item(isInHeap ? .inHeap : .outside, value))
    case .object: break
    }
    if let type = document.member("type", of: value).flatMap({ document.text($0) }) {
      switch type {
      case "undefined": return leaf(value)
      case "array-ref", "object-ref":
        guard let place = document.member("id", of: value) else { break }
        return try node(ofID: id(place), at: place)
      default: break
      }
    } else if isInHeap, let place = document.member("$ref", of: value) {
      return try node(ofID: id(place), at: place)
    }
    return node(Item(isInHeap ? .inHeap : .outside, value))
  }

  private func id(_ place: Int) throws(JSONError) -> UInt64 {
    guard let id = document.integer(place), id >= 0 else { throw document.error("this is no id", at: place) }
    return UInt64(id)
  }

  private mutating func node(_ item: Item) -> Int {
    items.append(item)
    return items.count - 1
  }

  /// The node of a leaf, the same for equal ones.
  private mutating func leaf(_ value: Int) -> Int {
    let isText = document.kind(value) == .string
    let text = leafText(value)
    let known = isText ? texts[text] : scalars[text]
    if let known { return known }
    if isText { texts[text] = items.count } else { scalars[text] = items.count }
    return node(Item(.leaf, value))
  }

  private mutating func leafText(_ value: Int) -> StringIndex {
    switch document.kind(value) {
    case .string: return (document.units(value) ?? []).withUnsafeBufferPointer { builder.string(utf16: $0) }
    case .null: return builder.string("null")
    case .boolean: return builder.string(document.boolean(value) == true ? "true" : "false")
    case .number: return builder.string(document.lexeme(value) ?? "")
    case .array, .object: return builder.string("undefined")
    }
  }

  // MARK: Nodes

  private mutating func addLeaf(_ value: Int) {
    let text = leafText(value)
    switch document.kind(value) {
    case .string:
      let size = document.units(value)?.count ?? 0
      builder.addNode(.string, className: builder.string("(string)"), shallowSize: size + 2)
    case .null: addScalar("(null)", text)
    case .boolean: addScalar("(boolean)", text)
    case .number: addScalar("(number)", text)
    case .array, .object: addScalar("(undefined)", text)
    }
    builder.setText(text)
  }

  private mutating func addScalar(_ className: String, _ text: StringIndex) {
    builder.addNode(.number, className: builder.string(className), shallowSize: builder.text(text).utf8.count)
  }

  private struct Parts {
    var elements: Int?
    var properties: Int?
  }

  /// The elements and properties of a value, whichever way it is written.
  private func parts(_ value: Int) -> Parts {
    if document.kind(value) == .array { return Parts(elements: value) }
    let elements = document.member("elements", of: value).flatMap { document.kind($0) == .array ? $0 : nil }
    let properties = document.member("properties", of: value).flatMap { document.kind($0) == .object ? $0 : nil }
    switch document.member("type", of: value).flatMap({ document.text($0) }) {
    case "array" where elements != nil: return Parts(elements: elements, properties: properties)
    case "object" where properties != nil: return Parts(properties: properties)
    default: return Parts(properties: value)
    }
  }

  private mutating func add(_ value: Int, _ id: UInt64, isInHeap: Bool) throws(JSONError) {
    let parts = parts(value)
    let isArray = parts.elements != nil
    let className = builder.string(isArray ? "Array" : "Object")
    builder.addNode(isArray ? .array : .object, className: className, id: id, shallowSize: 0)
    var size = 2
    if let elements = parts.elements {
      for (index, element) in document.elements(of: elements).enumerated() {
        let target = try node(element, isInHeap: isInHeap)
        builder.addEdge(.element, index: UInt32(index), to: UInt32(target))
        size += 8
      }
    }
    if let properties = parts.properties {
      for (key, property) in document.members(of: properties) {
        let units = document.units(key) ?? []
        let name = units.withUnsafeBufferPointer { builder.string(utf16: $0) }
        builder.addEdge(.property, named: name, to: UInt32(try node(property, isInHeap: isInHeap)))
        size += units.count + 11
      }
    }
    builder.setShallowSize(size)
  }

  // MARK: Roots

  private mutating func addRoots() throws(JSONError) {
    let root = document.root
    if let variables = document.member("variables", of: root) {
      guard document.kind(variables) == .object else {
        throw document.error("variables is no object", at: variables)
      }
      for (key, value) in document.members(of: variables) {
        try addRoot(.globalVariable, document.text(key) ?? "", value)
      }
    }
    if let stack = document.member("stack", of: root), document.kind(stack) == .array {
      for (index, value) in document.elements(of: stack).enumerated() {
        try addRoot(.frameLocal, "stack[\(index)]", value)
      }
    }
    if let iterators = document.member("iterators", of: root), document.kind(iterators) == .array {
      for (index, iterator) in document.elements(of: iterators).enumerated() {
        // A copy of what is walked over, not a reference to it.
        guard let array = document.member("array", of: iterator), document.kind(array) != .null else { continue }
        try addRoot(.internalRoot, "iterators[\(index)]", array)
      }
    }
    if let value = document.member("returnValue", of: root) { try addRoot(.internalRoot, "returnValue", value) }
  }

  private mutating func addRoot(_ kind: RootKind, _ name: String, _ value: Int) throws(JSONError) {
    let target = try node(value, isInHeap: false)
    let index = builder.string(name)
    let context = builder.string(kind == .frameLocal ? "main" : "")
    builder.addRoot(kind, name: index, context: context, to: UInt32(target))
  }
}

/// The nodes of leaves, by the string that they are.
private struct LeafTable: ~Copyable {
  private var nodes = GrowingColumn<UInt32>()

  subscript(text: StringIndex) -> Int? {
    get { Int(text) < nodes.count && nodes[Int(text)] != 0 ? Int(nodes[Int(text)]) - 1 : nil }
    set {
      while nodes.count <= Int(text) { nodes.append(0) }
      nodes[Int(text)] = UInt32(truncatingIfNeeded: (newValue ?? -1) + 1)
    }
  }
}

/// A program as the first CVM kept it: `programs/ID.json`.
public struct FirstCVMProgram {
  public let id: String
  public let name: String
  public let source: String

  /// Whether a text looks like one.
  public static func isOne(_ document: JSONDocument) -> Bool {
    document.member("source", of: document.root) != nil && document.member("bytecode", of: document.root) != nil
  }

  public init(_ document: JSONDocument) throws(JSONError) {
    func text(_ name: String) throws(JSONError) -> String {
      guard let node = document.member(name, of: document.root) else {
        throw document.error("the member \(name) is missing", at: document.root)
      }
      guard let text = document.text(node) else { throw document.error("this is no string", at: node) }
      return text
    }
    id = try text("id")
    source = try text("source")
    name = document.member("name", of: document.root).flatMap { document.text($0) } ?? id
  }
}

import CVMRuntime
import CVMText

/// Makes the sections of a state from execution JSON.
///
/// Numbers are given in the order in which the encoding mentions things, whatever the order of the records in the text.
/// What is wrong as JSON or as execution JSON is found here; what no machine can have, by the reader of the sections.
struct ExecutionJSONReader {
  let document: JSONDocument
  var buffers: [PortableSection: ByteBuffer] = [:]

  var builtInNumbers: [String: Int] = [:]
  var stringIndex = StringIndexTable()
  /// The record of each name.
  private var records: [RecordKey: Int] = [:]
  /// Numbers in the encoding, of those that were mentioned.
  private var numbers: [RecordKey: Int] = [:]
  /// Records that are written in full where they are mentioned have no name.
  private var queue: [(key: RecordKey?, node: Int)] = []
  /// What the next object without an id is called.
  var nextID: UInt64 = 0
  var current: Int64 = 0
  private var last = (program: UInt64(0), machine: UInt64(0))
  var shapes = ExecutionShapes()
  /// Where each record begins in the sections of cells and values, to say where something is wrong.
  private(set) var starts: [(node: Int, cells: Int, values: Int)] = []
  private(set) var frameStarts: [(node: Int, start: Int)] = []

  init(_ document: JSONDocument) {
    self.document = document
    for section in PortableSection.allCases { buffers[section] = ByteBuffer() }
  }

  func free() {
    stringIndex.free()
    for buffer in buffers.values { buffer.free() }
  }

  func buffer(_ section: PortableSection) -> ByteBuffer { buffers[section].unsafelyUnwrapped }

  /// Members of the text that are the host's.
  mutating func read(hostMembers: [String]) throws(JSONError) -> PortableState {
    var fields = try JSONFields(document, document.root)
    for name in hostMembers { _ = fields.take(name) }
    let heap = try fields.required("heap")
    var heapFields = try JSONFields(document, heap)
    try index(heapFields.required("objects"))
    try variables(fields.required("variables"))
    try builtIns(fields.required("builtIns"))
    let state = try fields.required("state")
    guard let activity = ExecutionNames.activities.firstIndex(of: try text(state)) else {
      throw document.error("a state is idle, waiting, stopped or failed", at: state)
    }
    let pc = try stack(fields.required("stack"), isPaused: activity == 1)
    if let node = fields.take("pc"), try integer(node) != pc {
      throw document.error("the innermost frame stands at \(pc.map { "\($0)" } ?? "no place")", at: node)
    }
    let question = activity == 1 ? try fields.required("question") : nil
    nextID = UInt64(try integer(heapFields.required("nextId"), below: 1 << 47))
    try machine(fields.required("machine"), activity, question)
    let nextInternalID = try integer(heapFields.required("nextInternalId"), below: 1 << 47)
    try heapFields.finish()
    try named(fields.required("host"), .host)
    try drain()
    finishMachine(activity, nextInternalID)
    for (name, other) in [("twins", false), ("selfHosted", true)] {
      try functions(fields.required(name), isLast: other)
    }
    try timers(fields.required("timers"))
    try sources(fields.required("sources"))
    try code(fields.required("code"))
    buffer(.opcodes).append(try base64(fields.required("instructions")))
    try fields.finish()
    return PortableState(
      sections: PortableSection.allCases.map { ($0, buffer($0)) }, cellCount: queue.count,
      stringCount: Int(stringIndex.count))
  }

  private mutating func index(_ objects: Int) throws(JSONError) {
    guard document.kind(objects) == .object else { throw document.error("objects is no object", at: objects) }
    for (key, value) in document.members(of: objects) {
      guard let name = document.text(key).flatMap({ RecordKey($0) }) else {
        throw document.error("a record is called 12, i12 or c12", at: key)
      }
      records[name] = value
    }
    guard document.member("storage", of: document.root) != nil else { return }
    // Records that are nested may have ids, by which others refer to them.
    for node in 0..<document.count where document.kind(node) == .object {
      guard let record = document.member("$inline", of: node), let id = document.member("id", of: record) else {
        continue
      }
      let name = try recordKey(id)
      guard name.space != .record, name.number > 0 else { continue }
      guard records.updateValue(record, forKey: name) == nil else {
        throw document.error("there are two objects \(name.text)", at: id)
      }
    }
  }

  /// A record that is written in full where it is mentioned, perhaps not for the first time.
  mutating func number(ofNested node: Int) throws(JSONError) -> (number: Int, isNew: Bool) {
    if let id = document.member("id", of: node) {
      let name = try recordKey(id)
      if name.space != .record, name.number > 0 { return try number(of: name, at: id) }
    }
    queue.append((nil, node))
    return (queue.count - 1, true)
  }

  /// The value that an error in the sections is about.
  func node(of error: PortableError) -> Int {
    let root = document.root
    func last(_ list: [(node: Int, start: Int)]) -> Int? { list.last { $0.start <= error.offset }?.node }
    switch error.section {
    case .cells: return last(starts.map { ($0.node, $0.cells) }) ?? root
    case .values: return last(starts.map { ($0.node, $0.values) }) ?? root
    case .frames: return last(frameStarts) ?? document.member("stack", of: root) ?? root
    case .globals: return document.member("variables", of: root) ?? root
    case .builtIns: return document.member("builtIns", of: root) ?? root
    case .machine: return document.member("machine", of: root) ?? root
    case .host: return document.member("host", of: root) ?? root
    case .functions: return document.member("selfHosted", of: root) ?? root
    case .timers: return document.member("timers", of: root) ?? root
    case .sources: return document.member("sources", of: root) ?? root
    case .code, .opcodes: return document.member("code", of: root) ?? root
    case .shapes, .names, .strings, nil: return document.member("heap", of: root) ?? root
    }
  }

  // MARK: Records

  /// The number of a record, a new one when it was not mentioned before.
  mutating func number(of key: RecordKey, at node: Int) throws(JSONError) -> (number: Int, isNew: Bool) {
    if let known = numbers[key] { return (known, false) }
    guard let record = records[key] else { throw document.error("Invalid heap reference: \(key.text)", at: node) }
    numbers[key] = queue.count
    queue.append((key, record))
    return (queue.count - 1, true)
  }

  private mutating func drain() throws(JSONError) {
    var next = 0
    while next < queue.count {
      current = Int64(next)
      let (key, node) = queue[next]
      starts.append((node, buffer(.cells).count, buffer(.values).count))
      try record(key, node)
      next += 1
    }
    current = 0
  }

  private mutating func record(_ key: RecordKey?, _ node: Int) throws(JSONError) {
    var fields = try JSONFields(document, node)
    let kindNode = try fields.required("kind")
    guard let kind = ExecutionNames.kind(named: try text(kindNode)) else {
      throw document.error("there is no kind \(try text(kindNode).prefix(40))", at: kindNode)
    }
    var (flags, shapeFlags) = try self.flags(fields.take(ExecutionNames.flagsMember), kind)
    let cells = buffer(.cells)
    guard kind.isObject else {
      guard key.map({ $0.space == .record }) ?? true else {
        throw document.error("this is no object, which alone has an id", at: node)
      }
      try part(kind, flags, &fields)
      return try fields.finish()
    }
    let (id, isInternal) = try self.id(key, &fields)
    let properties = try self.properties(fields.take("properties"))
    let isDictionary = shapeFlags & 1 != 0
    let prototypeNode = try fields.required("prototype")
    let elements = try elementsMember(kind, &fields)
    if kind == .array, elements?.isSparse == true { flags |= 2 }
    var first = kind.rawValue | (isInternal ? RecordFlag.isInternal : 0)
    if kind != .array, elements != nil { first |= RecordFlag.hasElements }
    if flags != 0 { first |= RecordFlag.hasFlags }
    cells.byte(first)
    if flags != 0 { cells.byte(flags) }
    if isInternal {
      cells.number(zigzag(Int64(bitPattern: id &- last.machine)))
      last.machine = id
    } else {
      cells.number(zigzag(Int64(bitPattern: id &- last.program)))
      last.program = id
    }
    let slots = try fields.take("slots").map { (node) throws(JSONError) in try integer(node, below: 129) } ?? 0
    let prototype = try ShapePrototype(document, prototypeNode)
    shapeFlags &= 0x0f
    let shape = try self.shape(
      prototype, prototypeNode, slots: UInt8(slots), flags: shapeFlags, isDictionary ? [] : properties)
    cells.number(shape)
    if let elements { header(elements) }
    for field in ExecutionNames.fields(kind) { try self.field(field, kind, elements, &fields) }
    if kind != .array, let elements { try write(elements) }
    try write(properties, isDictionary: isDictionary)
    _ = kind == .function ? fields.take("name") : nil
    try fields.finish()
  }

  /// What an object is called: as its record, or as the record says.
  private mutating func id(
    _ key: RecordKey?, _ fields: inout JSONFields
  ) throws(JSONError) -> (id: UInt64, isInternal: Bool) {
    guard let key else {
      guard let node = fields.take("id") else {
        // A copy of an object that is written elsewhere, too.
        nextID += 1
        return (nextID - 1, false)
      }
      let name = try recordKey(node)
      return (name.number, name.space == .machine)
    }
    if key.space != .record {
      if let node = fields.take("id"), try recordKey(node) != key {
        throw document.error("this record is called \(key.text)", at: node)
      }
      return (key.number, key.space == .machine)
    }
    let node = try fields.required("id")
    guard ["0", "i0"].contains(try text(node)) else {
      throw document.error("objects with an id are called by it", at: node)
    }
    return (0, try text(node) == "i0")
  }

  private func flags(_ node: Int?, _ kind: RecordKind) throws(JSONError) -> (cell: UInt8, shape: UInt8) {
    guard let node else { return (0, 0) }
    var result: (cell: UInt8, shape: UInt8) = (0, 0)
    guard document.kind(node) == .array else { throw document.error("this is no list of words", at: node) }
    for element in document.elements(of: node) {
      let word = try text(element)
      if let flag = ExecutionNames.flags(kind).first(where: { $0.name == word }) {
        result.cell |= flag.bit
      } else if kind.isObject, let flag = ExecutionNames.shapeFlags.first(where: { $0.name == word }) {
        result.shape |= flag.bit
      } else {
        throw document.error("a \(kind) is not \(word.prefix(40))", at: element)
      }
    }
    return result
  }

  private mutating func field(
    _ field: ExecutionNames.Field, _ kind: RecordKind, _ elements: Elements?, _ fields: inout JSONFields
  ) throws(JSONError) {
    let values = buffer(.values)
    switch field {
    case .value(let name): try value(fields.required(name), values)
    case .captures:
      buffer(.cells).number(try integer(fields.required("code"), below: 1 << 32))
      // The home object is written before the captures; the code's number stands in the other section.
      if let node = fields.take("captures") { try list(node, values) }
    case .arguments:
      let node = try fields.required("arguments")
      buffer(.cells).number(try list(node, values))
    case .elements: if let elements { try write(elements) }
    case .generator: try generator(&fields)
    case .list, .entries, .limbs: break
    }
  }

  /// Writes the values of an array; how many there are.
  @discardableResult
  mutating func list(_ node: Int, _ out: ByteBuffer) throws(JSONError) -> Int {
    guard document.kind(node) == .array else { throw document.error("this is no array", at: node) }
    var count = 0
    for element in document.elements(of: node) {
      try value(element, out)
      count += 1
    }
    return count
  }

  mutating func pairs(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    for pair in document.elements(of: node) {
      let (first, second) = try self.pair(pair)
      try value(first, out)
      try value(second, out)
    }
  }

  func pair(_ node: Int) throws(JSONError) -> (Int, Int) {
    guard document.kind(node) == .array, document.elementCount(of: node) == 2 else {
      throw document.error("this is no pair", at: node)
    }
    return (node + 1, document.next(node + 1))
  }

  func elementCount(_ node: Int) throws(JSONError) -> Int {
    guard document.kind(node) == .array else { throw document.error("this is no array", at: node) }
    return document.elementCount(of: node)
  }

  private mutating func part(_ kind: RecordKind, _ flags: UInt8, _ fields: inout JSONFields) throws(JSONError) {
    let (cells, values) = (buffer(.cells), buffer(.values))
    func header(_ flags: UInt8) {
      cells.byte(kind.rawValue | (flags != 0 ? RecordFlag.hasFlags : 0))
      if flags != 0 { cells.byte(flags) }
    }
    switch kind {
    case .bigInt:
      let node = try fields.required("value")
      guard let (limbs, isNegative) = Hexadecimal.limbs(try text(node)) else {
        throw document.error("a BigInt is written as -0x12ab", at: node)
      }
      header(isNegative ? 1 : 0)
      cells.number(limbs.count)
      for limb in limbs { values.fixed(limb) }
    case .values:
      header(0)
      let node = try fields.required("values")
      cells.number(try list(node, values))
    case .table:
      let keys = fields.take("keys")
      let node = if let keys { keys } else { try fields.required("entries") }
      cells.byte(kind.rawValue | (keys != nil ? RecordFlag.keysOnly : 0))
      cells.number(try elementCount(node))
      if keys != nil { try list(node, values) } else { try pairs(node, values) }
    default:
      header(flags)
      for case .value(let name) in ExecutionNames.fields(kind) { try value(fields.required(name), values) }
    }
  }

  // MARK: Elements

  struct Elements {
    var length: Int
    var node: Int
    var count: Int
    var isSparse: Bool
  }

  private func elementsMember(_ kind: RecordKind, _ fields: inout JSONFields) throws(JSONError) -> Elements? {
    guard let lengthNode = fields.take("length") else {
      if kind == .array { _ = try fields.required("length") }
      return nil
    }
    let length = try integer(lengthNode, below: 1 << 32)
    let sparse = fields.take("sparse")
    let node = if let sparse { sparse } else { try fields.required("elements") }
    return Elements(length: length, node: node, count: try elementCount(node), isSparse: sparse != nil)
  }

  private func header(_ elements: Elements) {
    buffer(.cells).number(elements.length)
    buffer(.cells).number(UInt64(elements.count) << 1 | (elements.isSparse ? 1 : 0))
  }

  private mutating func write(_ elements: Elements) throws(JSONError) {
    guard elements.isSparse else {
      try list(elements.node, buffer(.values))
      return
    }
    try sparse(elements.node, buffer(.values))
  }

  mutating func sparse(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    for element in document.elements(of: node) {
      let (index, content) = try pair(element)
      out.number(try integer(index, below: 1 << 32))
      try write(ExecutionProperty(document, content), out, withAttributes: true)
    }
  }

  // MARK: Frames

  private mutating func generator(_ fields: inout JSONFields) throws(JSONError) {
    let values = buffer(.values)
    let node = try fields.required("state")
    guard let state = ExecutionNames.generatorStates.firstIndex(of: try text(node)) else {
      throw document.error("a generator is notStarted, suspended, running or ended", at: node)
    }
    values.byte(UInt8(state))
    if state == 3 { return }
    try value(fields.required("function"), values)
    try value(fields.required("this"), values)
    if state == 2 { return }
    values.number(try integer(fields.required("pc"), below: 1 << 32))
    try registers(fields.required("registers"), values)
  }

  private mutating func registers(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    guard document.kind(node) == .object else { throw document.error("registers is no object", at: node) }
    var before = -1
    for (key, content) in document.members(of: node) {
      guard let register = document.text(key).flatMap({ Int($0) }), register > before, register < 256 else {
        throw document.error("registers are numbers from 0 to 255, in order", at: key)
      }
      before = register
      try value(content, out)
    }
  }

  /// The place of the innermost frame.
  private mutating func stack(_ node: Int, isPaused: Bool) throws(JSONError) -> Int? {
    let frames = buffer(.frames)
    let count = try elementCount(node)
    frames.number(count)
    let nodes = Array(document.elements(of: node))
    var innermost: Int?
    for (number, frame) in nodes.enumerated() {
      frameStarts.append((frame, frames.count))
      var fields = try JSONFields(document, frame)
      let returnsNode = try fields.required("returns")
      let own = try returns(returnsNode)
      if number == 0, try text(returnsNode) != "host" {
        throw document.error("the outermost frame returns to the host", at: returnsNode)
      }
      if number + 1 < count {
        var inner = try JSONFields(document, nodes[number + 1])
        frames.byte(try returns(inner.required("returns")))
      } else if isPaused {
        frames.byte(UInt8(try integer(fields.required("answerRegister"), below: 256)))
      }
      try value(fields.required("function"), frames)
      try value(fields.required("this"), frames)
      let pc = try integer(fields.required("pc"), below: 1 << 32)
      frames.number(pc)
      innermost = pc
      if let generator = fields.take("generator") { try value(generator, frames) }
      if let count = fields.take("argumentCount") { frames.number(try integer(count, below: 65536)) }
      if let destination = fields.take("destination") { frames.byte(UInt8(try integer(destination, below: 256))) }
      if let newTarget = fields.take("newTarget") { try value(newTarget, frames) }
      try registers(fields.required("registers"), frames)
      if let extra = fields.take("extraArguments") { try list(extra, frames) }
      _ = own
      for name in ["name", "place", "locals"] { _ = fields.take(name) }
      try fields.finish()
    }
    return innermost
  }

  private func returns(_ node: Int) throws(JSONError) -> UInt8 {
    guard let raw = ReturnNames.raw(try text(node)) else {
      throw document.error("a frame returns in an unknown way", at: node)
    }
    return raw
  }
}

import CVMRuntime
import CVMText

/// Execution JSON with values nested, each in full where it is mentioned, as the first CVM stored variables.
///
/// Arrays, objects and other data are nested; functions, captured variables and whatever is a part of how the program runs stay
/// records that values refer to.
public struct InlineExecution {
  /// An object that was written twice: two objects when it is read.
  public struct Alias: Equatable, Sendable {
    public var first: String
    public var second: String
  }

  public private(set) var text: [UInt8] = []
  /// The first of those whose identity is lost.
  public private(set) var aliases: [Alias] = []
  /// How many mentions make copies.
  public private(set) var copyCount = 0

  /// Texts beyond this size are refused: what is shared in several places at several levels doubles with each.
  public static let sizeLimit = 1 << 30
  /// Each level takes several of the text's own.
  public static let depthLimit = JSONDocument.depthLimit / 8
  private static let aliasLimit = 20

  private enum Piece {
    case bytes(Range<Int>)
    /// A value's mention of a record, which is nested there.
    case mention(RecordKey, name: String)
    /// Any other mention, which stays a reference.
    case reference(RecordKey)
  }

  private struct Open {
    var pieces: [Piece]
    var next = 0
    var key: RecordKey?
    /// It was written before, or is a part of what was.
    var isCopy = false
  }

  private let document: JSONDocument
  private let sizeLimit: Int
  private var records: [RecordKey: Int] = [:]
  /// Records that stay records.
  private var kept: Set<RecordKey> = []
  /// Tables that do not own what is in them.
  private var weakTables: Set<RecordKey> = []
  /// Records that something other than a value refers to, in the order of the text.
  private var referenced: [RecordKey] = []
  /// The first mention: in which record, and by what name there.
  private var mentions: [RecordKey: (parent: RecordKey?, name: String)] = [:]
  private var open: [Open] = []
  private var openKeys: Set<RecordKey> = []

  /// Nests the values of execution JSON. A value that contains itself has no such form.
  public init(_ flat: [UInt8], sizeLimit: Int = Self.sizeLimit) throws(SnapshotError) {
    self.sizeLimit = sizeLimit
    do throws(JSONError) {
      document = try JSONDocument(flat)
      try findRecords()
      try write()
    } catch {
      throw .notSavable(PortableError(error.message))
    }
  }

  // MARK: What is nested

  private static let nestedKinds: Set<String> = [
    "object", "array", "error", "map", "set", "wrapper", "date", "regExp", "bigInt", "table",
  ]
  /// Members that hold values of the program.
  private static let valueMembers: Set<String> = [
    "value", "elements", "sparse", "properties", "entries", "keys", "table",
  ]

  private var objects: Int? { document.member("heap", of: 0).flatMap { document.member("objects", of: $0) } }

  private func kind(_ node: Int) -> String { document.member("kind", of: node).flatMap { document.text($0) } ?? "" }

  private mutating func findRecords() throws(JSONError) {
    guard let objects else { throw document.error("this is no execution JSON", at: 0) }
    for (key, record) in document.members(of: objects) {
      guard let name = document.text(key).flatMap({ RecordKey($0) }) else { continue }
      records[name] = record
      let kind = kind(record)
      if !Self.nestedKinds.contains(kind) { kept.insert(name) }
      if kind == "weakMap" || kind == "weakSet", let table = document.member("table", of: record).flatMap(reference) {
        weakTables.insert(table)
      }
    }
    // What has no id can't be referred to where it is nested.
    var found: [RecordKey] = []
    for (key, member) in document.members(of: 0) where !document.isText(key, "heap") {
      walk(member, "") { record, _, isValue, _ in if !isValue { found.append(record) } }
    }
    for (key, record) in records {
      walk(record, "", allowsValues: !weakTables.contains(key)) { record, _, isValue, _ in
        if !isValue { found.append(record) }
      }
    }
    for key in found where key.space == .record { kept.insert(key) }
  }

  private func reference(_ node: Int) -> RecordKey? {
    guard document.kind(node) == .object, document.next(node) == node + 3, document.isText(node + 1, "$ref") else {
      return nil
    }
    return (document.lexeme(node + 2) ?? document.text(node + 2)).flatMap { RecordKey($0) }
  }

  /// The variables of a frame by their registers.
  private func locals(_ frame: Int) -> [String: String] {
    guard let list = document.member("locals", of: frame), document.kind(list) == .array else { return [:] }
    var locals: [String: String] = [:]
    for pair in document.elements(of: list) where document.kind(pair) == .array && document.next(pair) > pair + 2 {
      if let name = document.text(pair + 1), let register = document.lexeme(document.next(pair + 1)) {
        locals[register] = name
      }
    }
    return locals
  }

  /// Calls a function with each mention of a record: where it stands, whether it is a value of the program, and what people
  /// call the place. Prototypes, code, and the registers of frames that are no variables are the machine's.
  private func walk(
    _ node: Int, _ base: String, allowsValues: Bool = true, _ body: (RecordKey, Int, Bool, String) -> Void
  ) {
    // The text itself is nested no deeper than its format is.
    func visit(_ node: Int, _ name: String, isValue: Bool, areProperties: Bool) {
      if let key = reference(node) { return body(key, node, isValue && allowsValues, name) }
      switch document.kind(node) {
      case .array:
        for (index, element) in document.elements(of: node).enumerated() {
          visit(element, "\(name)[\(index)]", isValue: isValue, areProperties: false)
        }
      case .object:
        let locals = isValue ? [:] : locals(node)
        let isWeak = !isValue && ["weakMap", "weakSet"].contains(kind(node))
        for (key, member) in document.members(of: node) {
          let text = document.text(key) ?? ""
          if text == "registers", !isValue, document.kind(member) == .object {
            for (register, value) in document.members(of: member) {
              let local = locals[document.text(register) ?? ""]
              visit(value, name + (local ?? ""), isValue: local != nil, areProperties: false)
            }
            continue
          }
          visit(
            member, name + self.name(text, of: name, areProperties),
            isValue: isValue || (!isWeak && Self.valueMembers.contains(text)),
            areProperties: text == "properties" && !areProperties)
        }
      case .string, .number, .boolean, .null: break
      }
    }
    visit(node, base, isValue: false, areProperties: false)
  }

  private func name(_ text: String, of path: String, _ areProperties: Bool) -> String {
    if !areProperties {
      if Self.valueMembers.subtracting(["entries", "keys"]).contains(text) { return "" }
      if text == "keys" { return ".entries" }
    }
    return path.isEmpty ? text : "." + text
  }

  /// A part of the text, cut where records are mentioned.
  private func pieces(_ node: Int, in range: Range<Int>, base: String, allowsValues: Bool = true) -> [Piece] {
    var pieces: [Piece] = []
    var cursor = range.lowerBound
    walk(node, base, allowsValues: allowsValues) { key, place, isValue, name in
      guard isValue, !kept.contains(key), records[key] != nil else { return pieces.append(.reference(key)) }
      let place = document.range(of: place)
      pieces.append(.bytes(cursor..<place.lowerBound))
      pieces.append(.mention(key, name: name))
      cursor = place.upperBound
    }
    pieces.append(.bytes(cursor..<range.upperBound))
    return pieces
  }

  // MARK: Writing

  private mutating func write() throws(JSONError) {
    append("{\"format\":\"\(ExecutionNames.format)\",\"version\":\(ExecutionNames.version),\"storage\":\"inline\"")
    for (key, member) in document.members(of: 0) {
      let name = document.text(key) ?? ""
      switch name {
      case "format", "version": continue
      case "heap": continue
      case "stack": try writeStack(member)
      default:
        append(",\n\"\(name)\":")
        try emit(pieces(member, in: document.range(of: member), base: name == "variables" ? "" : name))
      }
    }
    try writeHeap()
    append("\n}\n")
  }

  private mutating func writeStack(_ stack: Int) throws(JSONError) {
    append(",\n\"stack\":[")
    for (number, frame) in document.elements(of: stack).enumerated() {
      append(number == 0 ? "\n " : ",\n ")
      let function = document.member("name", of: frame).flatMap { document.text($0) } ?? ""
      try emit(pieces(frame, in: document.range(of: frame), base: "\(function)(): "))
    }
    append("]")
  }

  /// What is not nested anywhere.
  private mutating func writeHeap() throws(JSONError) {
    guard let objects, let heap = document.member("heap", of: 0) else { return }
    append(",\n\"heap\":{")
    for (key, member) in document.members(of: heap) where !document.isText(key, "objects") {
      append("\"\(document.text(key) ?? "")\":")
      try emit([.bytes(document.range(of: member))])
      append(",")
    }
    append("\n\"objects\":{")
    var isFirst = true
    for (key, record) in document.members(of: objects) {
      guard let name = document.text(key).flatMap({ RecordKey($0) }), kept.contains(name) else { continue }
      try write(record, name, &isFirst)
    }
    var next = 0
    while next < referenced.count {
      let name = referenced[next]
      next += 1
      guard let record = records[name], !kept.contains(name), mentions[name] == nil else { continue }
      mentions[name] = (nil, "#\(name.text)")
      try write(record, name, &isFirst)
    }
    append("}}")
  }

  private mutating func write(_ record: Int, _ name: RecordKey, _ isFirst: inout Bool) throws(JSONError) {
    append("\(isFirst ? "" : ",")\n \"\(name.text)\":")
    isFirst = false
    openKeys = [name]
    try emit(
      pieces(
        record, in: document.range(of: record), base: "#\(name.text)", allowsValues: !weakTables.contains(name)))
    openKeys = []
  }

  private mutating func append(_ text: String) { self.text += Array(text.utf8) }

  private mutating func emit(_ pieces: [Piece]) throws(JSONError) {
    open = [Open(pieces: pieces)]
    while let last = open.indices.last {
      guard open[last].next < open[last].pieces.count else {
        if let key = open.removeLast().key {
          openKeys.remove(key)
          append("}")
        }
        continue
      }
      let piece = open[last].pieces[open[last].next]
      open[last].next += 1
      switch piece {
      case .bytes(let range): text += document.bytes[range]
      case .reference(let key): referenced.append(key)
      case .mention(let key, let name): try nest(key, name, in: open[last])
      }
      if text.count > sizeLimit {
        throw JSONError(
          "with values nested the state takes more than \(sizeLimit >> 20) MB", path: path(open.last?.key, ""))
      }
    }
  }

  private mutating func nest(_ key: RecordKey, _ name: String, in holder: Open) throws(JSONError) {
    let parent = holder.key
    if openKeys.contains(key) {
      let inner = path(parent, name)
      throw JSONError("\(inner) is \(path(key)) itself: what contains itself can't be written in full", path: inner)
    }
    guard let record = records[key] else { return }
    guard open.count < Self.depthLimit else {
      throw JSONError("values are nested deeper than \(Self.depthLimit)", path: String(path(parent, name).prefix(200)))
    }
    let isFirst = mentions[key] == nil
    let hasIdentity = !["bigInt", "table"].contains(kind(record))
    if isFirst {
      mentions[key] = (parent, name)
    } else if hasIdentity {
      copyCount += 1
      if !holder.isCopy, aliases.count < Self.aliasLimit {
        aliases.append(Alias(first: path(key), second: path(parent, name)))
      }
    }
    append("{\"$inline\":{")
    if isFirst, hasIdentity, key.space != .record {
      append(key.space == .program ? "\"id\":\(key.number)," : "\"id\":\"\(key.text)\",")
    }
    openKeys.insert(key)
    let whole = document.range(of: record)
    // Behind the brace.
    open.append(
      Open(
        pieces: pieces(record, in: whole.lowerBound + 1..<whole.upperBound, base: ""), key: key,
        isCopy: holder.isCopy || !isFirst))
  }

  // MARK: Paths

  /// The way by which a record was mentioned first.
  private func path(_ key: RecordKey) -> String {
    mentions[key].map { path($0.parent, $0.name) } ?? "#\(key.text)"
  }

  private func path(_ parent: RecordKey?, _ name: String) -> String {
    var parts = [name]
    var next = parent
    while let key = next, let mention = mentions[key], parts.count < 1000 {
      parts.append(mention.name)
      next = mention.parent
    }
    return parts.reversed().enumerated().map { $0 > 0 && !"[.".contains($1.first ?? ".") ? "." + $1 : $1 }.joined()
  }
}

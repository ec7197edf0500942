/// Why a text is not JSON, or not the JSON that was expected, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  public var message: String
  /// From 1; columns count bytes.
  public var line: Int
  public var column: Int
  /// The way to the value, such as `heap.objects["12"]`; empty when the text is no JSON.
  public var path: String

  public init(_ message: String, line: Int = 0, column: Int = 0, path: String = "") {
    (self.message, self.line, self.column, self.path) = (message, line, column, path)
  }

  public var description: String {
    "line \(line), column \(column)" + (path.isEmpty ? "" : ", \(path)") + ": \(message)"
  }
}

/// A JSON text and where each of its values stands: eight bytes a value, whatever it is, and no recursion.
///
/// The text is checked as a whole: its grammar, its UTF-8, its depth, and that no object has a name twice. Values are
/// numbered in the order in which they stand; the root is 0. Names of members are values, too.
public final class JSONDocument: Sendable {
  /// What a value is.
  public enum Kind: Sendable { case object, array, string, number, boolean, null }

  struct Entry {
    /// The first byte.
    var start: UInt32
    /// The value after this one and all that it contains.
    var next: UInt32
  }

  public let bytes: [UInt8]
  let entries: [Entry]

  /// Values that are nested deeper than this are refused.
  public static let depthLimit = 100_000

  public init(_ bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(count: bytes.count)
    let failure: (message: String, offset: Int)? = bytes.withUnsafeBufferPointer { parser.parse($0) }
    if let failure {
      let place = JSONDocument.place(of: failure.offset, in: bytes)
      throw JSONError(failure.message, line: place.line, column: place.column)
    }
    self.bytes = bytes
    entries = parser.entries
    try checkNames()
  }

  public var root: Int { 0 }
  /// How many values there are, names included.
  public var count: Int { entries.count }

  public func kind(_ node: Int) -> Kind {
    switch bytes[Int(entries[node].start)] {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// The value that follows a value and all that it contains.
  @inline(__always) public func next(_ node: Int) -> Int { Int(entries[node].next) }

  // MARK: Containers

  /// The elements of an array.
  public func elements(of node: Int) -> JSONChildren { JSONChildren(self, node) }

  /// How many elements an array has.
  public func elementCount(of node: Int) -> Int {
    var count = 0
    for _ in elements(of: node) { count += 1 }
    return count
  }

  /// Names and values of an object's members in order.
  public func members(of node: Int) -> JSONMembers { JSONMembers(self, node) }

  /// The value of a member; nil when there is none, or the value is no object.
  public func member(_ name: String, of node: Int) -> Int? {
    guard kind(node) == .object else { return nil }
    for (key, value) in members(of: node) where isText(key, name) { return value }
    return nil
  }

  /// Where a value, and all that it contains, stands in the text.
  public func range(of node: Int) -> Range<Int> {
    let start = Int(entries[node].start)
    switch kind(node) {
    case .number: return start..<start + (lexeme(node) ?? "").utf8.count
    case .boolean: return start..<start + (boolean(node) == true ? 4 : 5)
    case .null: return start..<start + 4
    case .string:
      var end = start + 1
      while bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
      return start..<end + 1
    case .object, .array: break
    }
    // The last value in it ends with it, perhaps in containers that do, too.
    let last = next(node) - 1
    var open = 0
    var inner = node
    while inner <= last {
      let isContainer = kind(inner) == .object || kind(inner) == .array
      if isContainer, next(inner) == next(node) { open += 1 }
      // What ends earlier is passed over as a whole.
      inner = next(inner) == next(node) ? inner + 1 : next(inner)
    }
    let lastIsContainer = kind(last) == .object || kind(last) == .array
    var end = lastIsContainer ? Int(entries[last].start) + 1 : range(of: last).upperBound
    while open > 0 {
      if bytes[end] == UInt8(ascii: "}") || bytes[end] == UInt8(ascii: "]") { open -= 1 }
      end += 1
    }
    return start..<end
  }

  // MARK: Scalars

  public func boolean(_ node: Int) -> Bool? {
    kind(node) == .boolean ? bytes[Int(entries[node].start)] == UInt8(ascii: "t") : nil
  }

  /// A number as it is spelled.
  public func lexeme(_ node: Int) -> String? {
    guard kind(node) == .number else { return nil }
    let start = Int(entries[node].start)
    var end = start
    while end < bytes.count, JSONParser.isNumberByte(bytes[end]) { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  public func double(_ node: Int) -> Double? { lexeme(node).flatMap { Double($0) } }

  /// A whole number.
  public func integer(_ node: Int) -> Int? { lexeme(node).flatMap { Int($0) } }

  /// The UTF-16 code units of a string.
  public func units(_ node: Int) -> [UInt16]? {
    guard kind(node) == .string else { return nil }
    var units: [UInt16] = []
    forEachUnit(node) { units.append($0) }
    return units
  }

  /// A string; what is no Unicode in it is replaced.
  public func text(_ node: Int) -> String? { units(node).map { String(decoding: $0, as: UTF16.self) } }

  /// Whether a string consists of these ASCII characters.
  public func isText(_ node: Int, _ text: String) -> Bool {
    let start = Int(entries[node].start) + 1
    guard bytes[start - 1] == UInt8(ascii: "\"") else { return false }
    var position = start
    for byte in text.utf8 {
      if position >= bytes.count || bytes[position] == UInt8(ascii: "\\") { return units(node) == Array(text.utf16) }
      if bytes[position] != byte { return false }
      position += 1
    }
    return position < bytes.count && bytes[position] == UInt8(ascii: "\"")
  }

  func forEachUnit(_ node: Int, _ body: (UInt16) -> Void) {
    var position = Int(entries[node].start) + 1
    while bytes[position] != UInt8(ascii: "\"") {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        position += 1
        body(escaped(&position))
      } else if byte < 0x80 {
        body(UInt16(byte))
        position += 1
      } else {
        let length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
        var scalar = UInt32(byte) & (0xff >> UInt32(length + 1))
        for i in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + i] & 0x3f) }
        position += length
        if scalar < 0x10000 {
          body(UInt16(scalar))
        } else {
          body(UInt16(0xd800 + (scalar - 0x10000) >> 10))
          body(UInt16(0xdc00 + (scalar - 0x10000) & 0x3ff))
        }
      }
    }
  }

  /// The unit of an escape, whose letter is at `position`.
  private func escaped(_ position: inout Int) -> UInt16 {
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "u"):
      var unit: UInt16 = 0
      for _ in 0..<4 {
        unit = unit << 4 | UInt16(JSONParser.digit(bytes[position]) ?? 0)
        position += 1
      }
      return unit
    default: return UInt16(letter)
    }
  }

  // MARK: Errors

  /// An error about a value.
  public func error(_ message: String, at node: Int) -> JSONError {
    let place = JSONDocument.place(of: Int(entries[node].start), in: bytes)
    return JSONError(message, line: place.line, column: place.column, path: path(of: node))
  }

  /// The way from the root to a value.
  public func path(of target: Int) -> String {
    var node = 0
    var path = ""
    while node != target {
      switch kind(node) {
      case .object:
        guard let member = members(of: node).first(where: { target >= $0.key && target < next($0.value) }) else {
          return path
        }
        path += name(member.key, isFirst: path.isEmpty)
        if target == member.key { return path }
        node = member.value
      case .array:
        guard
          let element = elements(of: node).enumerated().first(where: { target < next($0.element) })
        else { return path }
        path += "[\(element.offset)]"
        node = element.element
      case .string, .number, .boolean, .null: return path
      }
    }
    return path
  }

  private func name(_ key: Int, isFirst: Bool) -> String {
    let text = String((text(key) ?? "").prefix(60))
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
      }
    if isPlain { return isFirst ? text : "." + text }
    return "[" + JSONWriter.text(isASCII: true) { $0.string(text) } + "]"
  }

  private static func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    var line = 1
    var start = 0
    for position in 0..<min(offset, bytes.count) where bytes[position] == 0x0a {
      line += 1
      start = position + 1
    }
    return (line, offset - start + 1)
  }

  // MARK: Names

  /// No object has a name twice: readers would differ in which one they take.
  private func checkNames() throws(JSONError) {
    var table: [Int: UInt32] = [:]
    for node in entries.indices where bytes[Int(entries[node].start)] == UInt8(ascii: "{") {
      table.removeAll(keepingCapacity: table.capacity < 4096)
      for (key, _) in members(of: node) {
        // Nobody can know in advance which names would collide.
        var hasher = Hasher()
        forEachUnit(key) { hasher.combine($0) }
        var hash = hasher.finalize()
        while let other = table[hash] {
          if units(Int(other)) == units(key) { throw error("this name is there twice", at: key) }
          hash = hash &+ 1
        }
        table[hash] = UInt32(key)
      }
    }
  }
}

/// The elements of an array, one after the other.
public struct JSONChildren: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var node: Int
  private let end: Int

  init(_ document: JSONDocument, _ parent: Int) {
    self.document = document
    node = parent + 1
    end = document.next(parent)
  }

  public mutating func next() -> Int? {
    guard node < end else { return nil }
    defer { node = document.next(node) }
    return node
  }
}

/// The members of an object, one after the other.
public struct JSONMembers: Sequence, IteratorProtocol {
  private let document: JSONDocument
  /// Names stand between values as siblings.
  private var nodes: JSONChildren

  init(_ document: JSONDocument, _ parent: Int) {
    self.document = document
    nodes = JSONChildren(document, parent)
  }

  public mutating func next() -> (key: Int, value: Int)? {
    guard let key = nodes.next(), let value = nodes.next() else { return nil }
    return (key, value)
  }
}

/// Texts one after the other, each a length in digits, a colon, the bytes and a comma (Bernstein, 1997).
struct NetstringWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ content: [UInt8]) { bytes += Array("\(content.count):".utf8) + content + [0x2c] }
  mutating func add(_ text: String) { add(Array(text.utf8)) }
  mutating func add(_ number: some BinaryInteger) { add("\(number)") }

  /// A count, and the texts.
  mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }
}

/// Reads what a ``NetstringWriter`` wrote; each answer is nil when something else stands there.
struct NetstringReader {
  private let fields: [ArraySlice<UInt8>]
  private var position = 0

  /// Nil when the bytes are no netstrings.
  init?(_ bytes: [UInt8]) {
    var fields: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let colon = rest.prefix(20).firstIndex(of: 0x3a),
        let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
        count < rest.endIndex - colon - 1, rest[colon + 1 + count] == 0x2c
      else { return nil }
      fields.append(rest[(colon + 1)..<(colon + 1 + count)])
      rest = rest[(colon + 2 + count)...]
    }
    self.fields = fields
  }

  var isAtEnd: Bool { position >= fields.count }

  mutating func content() -> [UInt8]? {
    guard position < fields.count else { return nil }
    position += 1
    return Array(fields[position - 1])
  }

  mutating func text() -> String? { content().map { String(decoding: $0, as: UTF8.self) } }
  mutating func number() -> Int? { text().flatMap { Int($0) } }
  mutating func identifier() -> UInt64? { text().flatMap { UInt64($0) } }

  /// A number of things that follow.
  mutating func count() -> Int? {
    guard let count = number(), count >= 0, count <= fields.count - position else { return nil }
    return count
  }

  mutating func texts() -> [String]? {
    guard let count = count() else { return nil }
    return (0..<count).compactMap { _ in text() }
  }
}

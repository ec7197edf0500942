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
  /// What was not read yet: whole netstrings, so many of them.
  private var rest: ArraySlice<UInt8>
  private var restCount = 0

  /// Nil when the bytes are no netstrings.
  init?(_ bytes: [UInt8]) {
    rest = bytes[...]
    var end = rest
    while !end.isEmpty {
      guard Self.take(from: &end) != nil else { return nil }
      restCount += 1
    }
  }

  /// The next one; nil when something else stands there.
  private static func take(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = rest.prefix(20).firstIndex(of: 0x3a),
      let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
      count < rest.endIndex - colon - 1, rest[colon + 1 + count] == 0x2c
    else { return nil }
    defer { rest = rest[(colon + 2 + count)...] }
    return rest[(colon + 1)..<(colon + 1 + count)]
  }

  var isAtEnd: Bool { restCount == 0 }

  mutating func content() -> [UInt8]? {
    guard let content = Self.take(from: &rest) else { return nil }
    restCount -= 1
    return Array(content)
  }

  mutating func text() -> String? { content().map { String(decoding: $0, as: UTF8.self) } }

  /// A number of something: adding to it can't overflow.
  mutating func number() -> Int? { text().flatMap { Int($0) }.flatMap { 0..<1 << 53 ~= $0 ? $0 : nil } }
  mutating func identifier() -> UInt64? { text().flatMap { UInt64($0) }.flatMap { $0 < 1 << 53 ? $0 : nil } }

  /// A number of things that follow.
  mutating func count() -> Int? { number().flatMap { $0 <= restCount ? $0 : nil } }

  mutating func texts() -> [String]? {
    guard let count = count() else { return nil }
    return (0..<count).compactMap { _ in text() }
  }
}

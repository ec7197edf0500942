/// Finds the values of a JSON text, with a stack of its own.
struct JSONParser {
  typealias Failure = (message: String, offset: Int)

  var entries: [JSONDocument.Entry] = []
  private let count: Int
  private var position = 0
  private var open: [UInt32] = []

  init(count: Int) { self.count = count }

  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    guard bytes.count < Int(UInt32.max) else { return ("the text is longer than 4 GB", 0) }
    entries.reserveCapacity(valueCount(bytes))
    // A byte order mark.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    skipSpace(bytes)
    if let failure = value(bytes) { return failure }
    while !open.isEmpty {
      if let failure = proceed(bytes) { return failure }
    }
    skipSpace(bytes)
    return position == count ? nil : ("something follows the value", position)
  }

  /// At least as many as there are: memory is taken once.
  private func valueCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var values = 1
    var isInside = false
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): isInside.toggle()
      case UInt8(ascii: "\\") where isInside: position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"): if !isInside { values += 1 }
      default: break
      }
      position += 1
    }
    return values
  }

  /// Goes on inside of the innermost open container: behind its bracket, or behind a value.
  private mutating func proceed(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    let container = Int(open[open.count - 1])
    let isObject = bytes[Int(entries[container].start)] == UInt8(ascii: "{")
    let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    skipSpace(bytes)
    guard position < count else { return ("the text ends inside of \(isObject ? "an object" : "an array")", position) }
    let isEmpty = entries.count == container + 1
    if bytes[position] == closing {
      position += 1
      open.removeLast()
      entries[container].next = UInt32(entries.count)
      return nil
    }
    if !isEmpty {
      guard bytes[position] == UInt8(ascii: ",") else {
        return ("a comma or \(isObject ? "}" : "]") is missing", position)
      }
      position += 1
      skipSpace(bytes)
    }
    if isObject {
      guard position < count, bytes[position] == UInt8(ascii: "\"") else { return ("a name is missing", position) }
      if let failure = string(bytes) { return failure }
      skipSpace(bytes)
      guard position < count, bytes[position] == UInt8(ascii: ":") else { return ("a colon is missing", position) }
      position += 1
      skipSpace(bytes)
    }
    return value(bytes)
  }

  private mutating func skipSpace(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func add() {
    entries.append(JSONDocument.Entry(start: UInt32(position), next: UInt32(entries.count + 1)))
  }

  private mutating func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    guard position < count else { return ("a value is missing", position) }
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < JSONDocument.depthLimit else {
        return ("values are nested deeper than \(JSONDocument.depthLimit)", position)
      }
      open.append(UInt32(entries.count))
      add()
      position += 1
      return nil
    case UInt8(ascii: "\""): return string(bytes)
    case UInt8(ascii: "t"): return word("true", bytes)
    case UInt8(ascii: "f"): return word("false", bytes)
    case UInt8(ascii: "n"): return word("null", bytes)
    default: return number(bytes)
    }
  }

  private mutating func word(_ word: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    let length = word.utf8CodeUnitCount
    guard count - position >= length, (0..<length).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] }) else {
      return ("this is no value", position)
    }
    add()
    position += length
    return nil
  }

  static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
    default: nil
    }
  }

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    var place = position
    func digits() -> Bool {
      let start = place
      while place < count, bytes[place] >= 48, bytes[place] <= 57 { place += 1 }
      return place > start
    }
    func takes(_ byte: UInt8) -> Bool {
      guard place < count, bytes[place] == byte else { return false }
      place += 1
      return true
    }
    _ = takes(UInt8(ascii: "-"))
    let startsWithZero = place < count && bytes[place] == 48
    let first = place
    guard digits() else { return ("this is no value", position) }
    if startsWithZero, place > first + 1 { return ("a number begins with 0", position) }
    if takes(UInt8(ascii: ".")), !digits() { return ("a number ends with its point", position) }
    if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
      if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
      if !digits() { return ("a number ends with its exponent's sign", position) }
    }
    if place < count, JSONParser.isNumberByte(bytes[place]) { return ("this is no number", position) }
    add()
    position = place
    return nil
  }

  private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    add()
    let start = position
    position += 1
    while position < count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return nil
      case UInt8(ascii: "\\"):
        if let failure = escape(bytes) { return failure }
      case 0..<0x20: return ("a control character stands in a string", position)
      case 0x20..<0x80: position += 1
      default:
        let length = JSONParser.sequenceLength(bytes, position)
        guard length > 0 else { return ("a string is no UTF-8", position) }
        position += length
      }
    }
    return ("a string does not end", start)
  }

  private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
    let start = position
    position += 2
    guard position <= count else { return ("a string does not end", start) }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return nil
    case UInt8(ascii: "u"):
      guard count - position >= 4, (0..<4).allSatisfy({ JSONParser.digit(bytes[position + $0]) != nil }) else {
        return ("an escape is malformed", start)
      }
      position += 4
      return nil
    default: return ("an escape is malformed", start)
    }
  }

  /// The length of a well-formed sequence of UTF-8 beyond ASCII; 0 when it is none.
  static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
    let first = bytes[position]
    let length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
    guard length > 0, bytes.count - position >= length else { return 0 }
    let second = bytes[position + 1]
    let lowest: UInt8 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf
    guard second >= lowest, second <= highest else { return 0 }
    for i in 2..<max(length, 2) where bytes[position + i] & 0xc0 != 0x80 { return 0 }
    return length
  }
}

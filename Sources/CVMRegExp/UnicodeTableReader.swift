/// Reads the encoded tables of `UnicodeTables`.
struct UnicodeTableReader {
  private var position: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  private init(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    position = start
    self.end = end
  }

  private static let newline = UInt8(ascii: "\n")

  /// The line of a table that has `name` among its names.
  init?(_ table: StaticString, named name: String) {
    var line = table.utf8Start
    let end = line + table.utf8CodeUnitCount
    let name = Array(name.utf8)
    while line < end {
      var next = line
      while next < end && next.pointee != Self.newline { next += 1 }
      if let start = Self.data(of: line, to: next, named: name) {
        self.init(start, next)
        return
      }
      line = next + 1
    }
    return nil
  }

  private static func data(
    of line: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, named name: [UInt8]
  ) -> UnsafePointer<UInt8>? {
    var position = line
    var found = false
    while true {
      let start = position
      while position < end && position.pointee != UInt8(ascii: ",") && position.pointee != UInt8(ascii: "=") {
        position += 1
      }
      if UnsafeBufferPointer(start: start, count: position - start).elementsEqual(name) { found = true }
      guard position < end else { return nil }
      position += 1
      if position[-1] == UInt8(ascii: "=") { return found ? position : nil }
    }
  }

  var isAtEnd: Bool { position == end }

  mutating func next() -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while true {
      let digit = Self.value(position.pointee)
      position += 1
      value |= (digit & 31) << shift
      if digit < 32 { return value }
      shift += 5
    }
  }

  private static func value(_ byte: UInt8) -> UInt32 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }

  mutating func readSet() -> CodePointSet {
    var set = CodePointSet()
    var position: UInt32 = 0
    while !isAtEnd {
      let first = position + next()
      let last = first + next()
      set.append(CodePointSet.Range(first: first, last: last))
      position = last + 2
    }
    return set
  }

  /// A mapping of code points, sorted by its keys.
  mutating func readMap() -> [(from: UInt32, to: UInt32)] {
    var result: [(UInt32, UInt32)] = []
    var position: UInt32 = 0
    while !isAtEnd {
      position += next()
      let lengthAndStride = next()
      let zigzag = next()
      let difference = zigzag & 1 == 0 ? Int64(zigzag / 2) : -Int64(zigzag / 2) - 1
      for step in 0...lengthAndStride / 2 {
        let from = position + step * (1 + lengthAndStride & 1)
        result.append((from, UInt32(Int64(from) + difference)))
      }
      position = result[result.count - 1].0
    }
    return result
  }

  /// Sequences of code points by a code point each.
  mutating func readExpansions() -> [UInt32: [UInt32]] {
    var result: [UInt32: [UInt32]] = [:]
    var code: UInt32 = 0
    while !isAtEnd {
      code += next()
      result[code] = (0..<next()).map { _ in next() }
    }
    return result
  }

  /// Front-coded sequences over an alphabet.
  mutating func readSequences(over alphabet: [UInt32]) -> [[UInt32]] {
    var result: [[UInt32]] = []
    var last: [UInt32] = []
    for _ in 0..<next() {
      var string = Array(last.prefix(Int(next())))
      for _ in 0..<next() { string.append(alphabet[Int(next())]) }
      result.append(string)
      last = string
    }
    return result
  }
}

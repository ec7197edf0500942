import Glibc

/// A place in JSON text that is read from front to back.
struct JSONCursor {
  let base: UnsafePointer<UInt8>
  var position: Int
  let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    end = bytes.count
  }

  init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
    self.base = base
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position >= end }

  mutating func skipSpace() {
    while position < end, base[position] == 0x20 || (base[position] <= 0x0D && base[position] >= 0x09) {
      position += 1
    }
  }

  /// The next character behind white space; nil at the end.
  mutating func peek() -> UInt8? {
    skipSpace()
    return position < end ? base[position] : nil
  }

  mutating func take(_ character: Character) -> Bool {
    guard peek() == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Character, _ place: String) throws(HeapSnapshotError) {
    if take(character) { return }
    throw failure("expected `\(character)` \(place)")
  }

  func failure(_ reason: String) -> HeapSnapshotError {
    position >= end
      ? .malformed(offset: end, reason: "the file ends here, where it should have gone on: \(reason)")
      : .malformed(offset: position, reason: reason)
  }

  /// Reads a string; the bytes between its quotes.
  mutating func string(_ place: String) throws(HeapSnapshotError) -> UnsafeBufferPointer<UInt8> {
    try expect("\"", place)
    let start = position
    while position < end, base[position] != 0x22 { position += base[position] == 0x5C ? 2 : 1 }
    guard position < end else {
      position = end
      throw failure("the string at byte \(start - 1) has no end")
    }
    position += 1
    return UnsafeBufferPointer(start: base + start, count: position - 1 - start)
  }

  mutating func text(_ place: String) throws(HeapSnapshotError) -> String {
    String(decoding: JSONText.unescaped(try string(place)), as: UTF8.self)
  }

  mutating func count(_ place: String) throws(HeapSnapshotError) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < end, base[position] >= 0x30, base[position] <= 0x39, position - start < 17 {
      value = value * 10 + Int(base[position] - 0x30)
      position += 1
    }
    guard position > start, position - start < 17 else { throw failure("expected a number \(place)") }
    return value
  }

  /// Passes a value of any kind.
  mutating func skipValue(_ place: String) throws(HeapSnapshotError) {
    var depth = 0
    repeat {
      guard let character = peek() else { throw failure("expected a value \(place)") }
      switch character {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        guard depth >= 0 else { throw failure("expected a value \(place)") }
        position += 1
      case UInt8(ascii: "\""): _ = try string(place)
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw failure("expected a value \(place)") }
        position += 1
      default:
        let start = position
        while position < end, Self.isPartOfScalar(base[position]) { position += 1 }
        guard position > start else { throw failure("expected a value \(place)") }
      }
    } while depth > 0
  }

  private static func isPartOfScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Passes an array of numbers without looking at them; the place between its brackets.
  mutating func skipNumbers(_ place: String) throws(HeapSnapshotError) -> Range<Int> {
    try expect("[", place)
    let start = position
    guard let close = memchr(base + position, 0x5D, end - position) else {
      position = end
      throw failure("\(place) has no end")
    }
    position = UnsafeRawPointer(close) - UnsafeRawPointer(base) + 1
    return start..<position - 1
  }
}

/// Reads the numbers of an array one after the other.
///
/// The byte behind the array is its closing bracket, so that a digit more can always be looked at.
struct NumberScanner {
  let base: UnsafePointer<UInt8>
  var position: Int
  let end: Int
  /// Where 8 bytes can be read at last.
  private let lastWord: Int
  let section: String

  init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ section: String) {
    (self.base, position, end, self.section) = (base, range.lowerBound, range.upperBound, section)
    lastWord = end - 8
    skipSpace()
  }

  var isAtEnd: Bool { position >= end }

  private mutating func skipSpace() {
    while position < end, base[position] == 0x20 || (base[position] <= 0x0D && base[position] >= 0x09) {
      position += 1
    }
  }

  /// The next number, and what separates it from the one behind it.
  @inline(__always) mutating func next() throws(HeapSnapshotError) -> UInt64 {
    var value: UInt64 = 0
    let digits = position <= lastWord ? Self.parse(base + position, &value) : 0
    // So short, or so long, that it needs a look at each digit.
    if _slowPath(digits == 0) { value = try nextByDigits() } else { position += digits }
    let place = base + position
    if _fastPath(place.pointee == 0x2C && place[1] &- 0x30 < 10) {
      position += 1
    } else if place.pointee == 0x0A && place[1] == 0x2C && place[2] &- 0x30 < 10 {
      // Between records, as V8 writes it.
      position += 2
    } else {
      try separate()
    }
    return value
  }

  /// Reads a number of up to 8 digits from 8 bytes at once, without a branch on its length: how many digits it has; 0 for
  /// what is longer or none.
  ///
  /// A byte that is no digit is found as in Lamport, "Multiple byte processing with full-word instructions" (1975); pairs,
  /// then fours of digits are added up within the word.
  @inline(__always) private static func parse(_ place: UnsafePointer<UInt8>, _ value: inout UInt64) -> Int {
    let digits = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
    let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    let count = others.trailingZeroBitCount >> 3
    guard _fastPath(count > 0), _fastPath(count < 8 || place[8] &- 0x30 >= 10) else { return 0 }
    let word = digits &<< UInt64(64 - 8 * count)
    let pairs = word &* 10 &+ word >> 8
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    value = (low &+ high) >> 32
    return count
  }

  @inline(never) private mutating func nextByDigits() throws(HeapSnapshotError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    while case let digit = base[position] &- 0x30, digit < 10 {
      value = value &* 10 &+ UInt64(digit)
      position += 1
    }
    if position == start { throw failure() }
    if position - start > 15 { throw tooLarge(start) }
    return value
  }

  @inline(never) private mutating func separate() throws(HeapSnapshotError) {
    skipSpace()
    if isAtEnd { return }
    guard base[position] == 0x2C else { throw failure() }
    position += 1
    skipSpace()
    guard !isAtEnd else {
      throw .malformed(offset: position, reason: "a number is missing behind the last comma of `\(section)`")
    }
  }

  @inline(never) private func failure() -> HeapSnapshotError {
    guard !isAtEnd else {
      return .malformed(offset: position, reason: "`\(section)` ends in the middle of a record")
    }
    let shown =
      base[position] > 0x20 && base[position] < 0x7F ? "`\(Character(Unicode.Scalar(base[position])))`" : "a byte"
    return .malformed(offset: position, reason: "\(shown) in `\(section)`, which holds whole numbers and commas")
  }

  @inline(never) private func tooLarge(_ start: Int) -> HeapSnapshotError {
    .malformed(offset: start, reason: "a number of `\(section)` is too large")
  }

  /// The place of a number, counted from 0.
  static func place(
    ofNumber number: Int, _ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ section: String
  ) -> Int {
    var scanner = NumberScanner(base, range, section)
    for _ in 0..<number where !scanner.isAtEnd { _ = try? scanner.next() }
    return scanner.position
  }
}

/// Reads a section and believes nothing: every length and number is checked before it is used.
package struct ByteReader {
  private let start: UnsafePointer<UInt8>
  package let count: Int
  package private(set) var position = 0
  package let section: PortableSection

  /// The bytes must outlive the reader.
  package init(_ bytes: UnsafeRawBufferPointer, _ section: PortableSection) {
    // An empty section may have no address.
    start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    count = bytes.count
    self.section = section
  }

  package var remaining: Int { count - position }
  package var isAtEnd: Bool { position == count }

  @inline(never) package func error(_ message: String) -> PortableError {
    PortableError(message, section: section, offset: position)
  }

  package func requireEnd() throws(PortableError) {
    if !isAtEnd { throw error("bytes after the end") }
  }

  @inline(__always) package mutating func byte() throws(PortableError) -> UInt8 {
    guard position < count else { throw error("the section ends too early") }
    position &+= 1
    return start[position &- 1]
  }

  @inline(__always) package mutating func number() throws(PortableError) -> UInt64 {
    if _fastPath(position < count) {
      let first = start[position]
      if _fastPath(first < 0x80) {
        position &+= 1
        return UInt64(first)
      }
    }
    return try longNumber()
  }

  @inline(never) private mutating func longNumber() throws(PortableError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      if shift == 63, byte > 1 { throw error("a number is too large") }
      result |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        // One way to write each number: the same state has the same bytes.
        if byte == 0, shift > 0 { throw error("a number is longer than it need be") }
        return result
      }
      shift += 7
      if shift > 63 { throw error("a number is too long") }
    }
  }

  /// A number from 0 up to `limit`, exclusive.
  @inline(__always) package mutating func number(below limit: Int) throws(PortableError) -> Int {
    let number = try number()
    guard number < UInt64(limit) else { throw error("\(number) is out of range") }
    return Int(number)
  }

  @inline(__always) package mutating func signed() throws(PortableError) -> Int64 { unzigzag(try number()) }

  /// A count of things that take at least `size` bytes each, which must fit in what is left.
  package mutating func count(of size: Int) throws(PortableError) -> Int {
    let number = try number()
    guard number <= UInt64(remaining / size) else { throw error("\(number) entries do not fit in what is left") }
    return Int(number)
  }

  package mutating func fixed() throws(PortableError) -> UInt64 {
    guard remaining >= 8 else { throw error("the section ends too early") }
    position += 8
    return UInt64(littleEndian: UnsafeRawPointer(start + position - 8).loadUnaligned(as: UInt64.self))
  }

  package mutating func bytes(_ count: Int) throws(PortableError) -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, count <= remaining else { throw error("the section ends too early") }
    position += count
    return UnsafeBufferPointer(start: start + position - count, count: count)
  }

  package mutating func text() throws(PortableError) -> String {
    String(decoding: try bytes(try count(of: 1)), as: UTF8.self)
  }
}

@inline(__always) package func unzigzag(_ number: UInt64) -> Int64 {
  Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
}

import Glibc

/// A growing run of bytes, written without checks for exclusive access: a save writes hundreds of millions of them.
public struct ByteBuffer {
  private struct Storage {
    var start: UnsafeMutablePointer<UInt8>
    var count: Int
    var capacity: Int
  }
  private let storage: UnsafeMutablePointer<Storage>

  package init() {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(start: .allocate(capacity: 64), count: 0, capacity: 64))
  }

  package func free() {
    storage.pointee.start.deallocate()
    storage.deallocate()
  }

  public var count: Int { storage.pointee.count }
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage.pointee.start, count: storage.pointee.count)
  }

  @inline(__always) private func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if _slowPath(storage.pointee.count &+ more > storage.pointee.capacity) { grow(more) }
    return storage.pointee.start + storage.pointee.count
  }

  @inline(never) private func grow(_ more: Int) {
    let capacity = max(storage.pointee.capacity * 2, storage.pointee.count + more)
    guard let larger = realloc(storage.pointee.start, capacity) else { fatalError("out of memory") }
    storage.pointee.start = larger.assumingMemoryBound(to: UInt8.self)
    storage.pointee.capacity = capacity
  }

  @inline(__always) package func byte(_ byte: UInt8) {
    room(1).pointee = byte
    storage.pointee.count &+= 1
  }

  /// A number in groups of seven bits, lowest first.
  @inline(__always) package func number(_ number: UInt64) {
    let place = room(10)
    if _fastPath(number < 0x80) {
      place.pointee = UInt8(truncatingIfNeeded: number)
      storage.pointee.count &+= 1
      return
    }
    var rest = number
    var length = 0
    while rest >= 0x80 {
      place[length] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      length &+= 1
    }
    place[length] = UInt8(truncatingIfNeeded: rest)
    storage.pointee.count &+= length &+ 1
  }

  @inline(__always) package func number(_ number: Int) { self.number(UInt64(number)) }
  @inline(__always) package func signed(_ number: Int64) { self.number(zigzag(number)) }

  /// Eight bytes, lowest first.
  @inline(__always) package func fixed(_ word: UInt64) {
    UnsafeMutableRawPointer(room(8)).storeBytes(of: word.littleEndian, as: UInt64.self)
    storage.pointee.count &+= 8
  }

  package func append(_ source: UnsafeRawBufferPointer) {
    guard let start = source.baseAddress, source.count > 0 else { return }
    memcpy(room(source.count), start, source.count)
    storage.pointee.count &+= source.count
  }

  package func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  /// A length and the UTF-8 of a text of the machine's own, such as a name.
  package func text(_ text: String) {
    let bytes = Array(text.utf8)
    number(bytes.count)
    append(bytes)
  }

  package func truncate(to count: Int) { storage.pointee.count = count }
}

/// Small numbers of either sign as small numbers: 0, -1, 1, -2 ...
@inline(__always) package func zigzag(_ number: Int64) -> UInt64 {
  UInt64(bitPattern: (number &<< 1) ^ (number &>> 63))
}

/// A flat column that grows at its end.
struct HandleList {
  private struct Storage {
    var start: UnsafeMutablePointer<UInt32>
    var count: Int
    var capacity: Int
  }
  private let storage: UnsafeMutablePointer<Storage>

  init() {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(start: .allocate(capacity: 256), count: 0, capacity: 256))
  }

  func free() {
    storage.pointee.start.deallocate()
    storage.deallocate()
  }

  @inline(__always) var count: Int { storage.pointee.count }
  @inline(__always) subscript(_ index: Int) -> UInt32 {
    get { storage.pointee.start[index] }
    nonmutating set { storage.pointee.start[index] = newValue }
  }

  @inline(__always) func append(_ element: UInt32) {
    if _slowPath(storage.pointee.count == storage.pointee.capacity) { grow() }
    storage.pointee.start[storage.pointee.count] = element
    storage.pointee.count &+= 1
  }

  @inline(never) private func grow() {
    let capacity = storage.pointee.capacity * 2
    guard let larger = realloc(storage.pointee.start, capacity * 4) else { fatalError("out of memory") }
    storage.pointee.start = larger.assumingMemoryBound(to: UInt32.self)
    storage.pointee.capacity = capacity
  }
}

import Glibc

/// Bytes on their way into a file.
struct OutputBuffer: ~Copyable {
  private let descriptor: Int32
  private let base: UnsafeMutablePointer<UInt8>
  private var used = 0
  /// The number of the first error; nothing is written after it.
  private(set) var failure: Int32 = 0
  private(set) var byteCount = 0
  private static let capacity = 1 << 20
  /// The most that one call may add without a look at the space that is left.
  private static let margin = 32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    base = .allocate(capacity: Self.capacity)
  }

  deinit { base.deallocate() }

  mutating func flush() {
    var written = 0
    while written < used, failure == 0 {
      let count = write(descriptor, base + written, used - written)
      if count > 0 {
        written += count
      } else if count < 0, errno != EINTR {
        failure = errno
      }
    }
    byteCount += used
    used = 0
  }

  @inline(__always) private mutating func reserve() {
    if _slowPath(used > Self.capacity - Self.margin) { flush() }
  }

  @inline(__always) mutating func byte(_ byte: UInt8) {
    reserve()
    base[used] = byte
    used &+= 1
  }

  mutating func text(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { byte(text.utf8Start[index]) }
  }

  mutating func text(_ text: String) { for unit in text.utf8 { byte(unit) } }

  @inline(__always) mutating func number(_ value: UInt64) {
    reserve()
    if value < 10 {
      base[used] = 0x30 &+ UInt8(truncatingIfNeeded: value)
      used &+= 1
      return
    }
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length &+= 1
    }
    var place = used &+ length
    used = place
    rest = value
    repeat {
      place &-= 1
      let next = rest / 10
      base[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest &- next &* 10)
      rest = next
    } while rest != 0
  }

  /// Writes UTF-8, in which lone surrogates have three bytes, between quotes.
  mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) {
    byte(0x22)
    var index = 0
    while index < bytes.count {
      let unit = bytes[index]
      switch unit {
      case 0x22, 0x5C:
        byte(0x5C)
        byte(unit)
      case 0x0A:
        byte(0x5C)
        byte(UInt8(ascii: "n"))
      case 0x00..<0x20: escape(UInt16(unit))
      case 0xED where index + 2 < bytes.count && bytes[index + 1] >= 0xA0:
        escape(0xD000 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F))
        index += 2
      default: byte(unit)
      }
      index += 1
    }
    byte(0x22)
  }

  private mutating func escape(_ unit: UInt16) {
    byte(0x5C)
    byte(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] as [UInt16] {
      let digit = UInt8(unit >> shift & 0xF)
      byte(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

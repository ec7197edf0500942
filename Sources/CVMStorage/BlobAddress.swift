/// The name of a blob: a hash of its bytes and of its parent's address. The same content has the same address in every
/// store.
public struct BlobAddress: Hashable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  /// The address of content that stands on a parent.
  public init(of bytes: [UInt8], parent: BlobAddress? = nil) {
    var hash = ContentHash()
    if let parent { hash.mix(parent.high, parent.low) }
    self = bytes.withUnsafeBytes { hash.finish($0) }
  }

  /// As `description` writes it; nil when a text is something else.
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Self.digits.contains($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// 16 bytes, the highest first.
  init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) } }
  }

  public var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// MurmurHash3 for 128 bits on 64-bit machines, seed 0.
struct ContentHash {
  private var h1: UInt64 = 0
  private var h2: UInt64 = 0
  private var count = 0
  private static let c1: UInt64 = 0x87c3_7b91_1142_53d5
  private static let c2: UInt64 = 0x4cf5_ad43_2745_937f

  /// Takes a block of 16 bytes in.
  mutating func mix(_ k1: UInt64, _ k2: UInt64) {
    count += 16
    h1 ^= Self.first(k1)
    h1 = (Self.rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
    h2 ^= Self.second(k2)
    h2 = (Self.rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
  }

  /// Takes the last bytes in.
  mutating func finish(_ bytes: UnsafeRawBufferPointer) -> BlobAddress {
    var position = 0
    while position &+ 16 <= bytes.count {
      mix(
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)))
      position &+= 16
    }
    var (k1, k2): (UInt64, UInt64) = (0, 0)
    for index in position..<bytes.count {
      let offset = UInt64(index - position)
      if offset < 8 {
        k1 |= UInt64(bytes[index]) << (offset * 8)
      } else {
        k2 |= UInt64(bytes[index]) << (offset * 8 - 64)
      }
    }
    if bytes.count - position > 8 { h2 ^= Self.second(k2) }
    if bytes.count > position { h1 ^= Self.first(k1) }
    count += bytes.count - position
    h1 ^= UInt64(count)
    h2 ^= UInt64(count)
    h1 &+= h2
    h2 &+= h1
    h1 = Self.final(h1)
    h2 = Self.final(h2)
    h1 &+= h2
    h2 &+= h1
    return BlobAddress(high: h1, low: h2)
  }

  @inline(__always) private static func first(_ word: UInt64) -> UInt64 { rotate(word &* c1, 31) &* c2 }
  @inline(__always) private static func second(_ word: UInt64) -> UInt64 { rotate(word &* c2, 33) &* c1 }
  @inline(__always) private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }

  private static func final(_ word: UInt64) -> UInt64 {
    var word = (word ^ word >> 33) &* 0xff51_afd7_ed55_8ccd
    word = (word ^ word >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return word ^ word >> 33
  }
}

/// XXH64, as its specification defines it: the checksums and the hash of checkpoint files.
public struct Checksum {
  private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
  private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
  private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
  private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

  /// The hash of a run of bytes, seed 0.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    guard let start = bytes.baseAddress, count > 0 else { return finish(prime5, nil, 0, 0) }
    var position = 0
    var hash: UInt64
    if count >= 32 {
      var a = prime1 &+ prime2
      var b = prime2
      var c: UInt64 = 0
      var d = 0 &- prime1
      while position &+ 32 <= count {
        a = round(a, word(start, position))
        b = round(b, word(start, position &+ 8))
        c = round(c, word(start, position &+ 16))
        d = round(d, word(start, position &+ 24))
        position &+= 32
      }
      hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
      for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
    } else {
      hash = prime5
    }
    return finish(hash &+ UInt64(count), start, position, count)
  }

  public static func of(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { of($0) } }

  private static func finish(_ start: UInt64, _ bytes: UnsafeRawPointer?, _ from: Int, _ count: Int) -> UInt64 {
    var hash = start
    var position = from
    if let bytes {
      while position + 8 <= count {
        hash = rotate(hash ^ round(0, word(bytes, position)), 27) &* prime1 &+ prime4
        position += 8
      }
      if position + 4 <= count {
        let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
        hash = rotate(hash ^ half &* prime1, 23) &* prime2 &+ prime3
        position += 4
      }
      while position < count {
        hash = rotate(hash ^ UInt64(bytes.load(fromByteOffset: position, as: UInt8.self)) &* prime5, 11) &* prime1
        position += 1
      }
    }
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
  }

  @inline(__always) private static func word(_ start: UnsafeRawPointer, _ position: Int) -> UInt64 {
    UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
  @inline(__always) private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }
  @inline(__always) private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }
}

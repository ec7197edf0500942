/// Packs and unpacks instruction words: opcode in the low byte, then A, B, C; or a 16- or 24-bit signed number on top.
@frozen public struct Instruction: Hashable, Sendable {
  public var word: UInt32

  @inlinable public init(word: UInt32) { self.word = word }

  @inlinable public init(_ opcode: Opcode, a: Int = 0, b: Int = 0, c: Int = 0) {
    word =
      UInt32(opcode.rawValue) | UInt32(a & 0xff) << 8 | UInt32(b & 0xff) << 16 | UInt32(c & 0xff) << 24
  }

  @inlinable public init(_ opcode: Opcode, a: Int, immediate16: Int) {
    word = UInt32(opcode.rawValue) | UInt32(a & 0xff) << 8 | UInt32(immediate16 & 0xffff) << 16
  }

  @inlinable public init(_ opcode: Opcode, jump24: Int) {
    word = UInt32(opcode.rawValue) | UInt32(truncatingIfNeeded: jump24) << 8
  }

  /// Nil when the low byte is no opcode.
  @inlinable public var opcode: Opcode? { Opcode(rawValue: UInt8(truncatingIfNeeded: word)) }
  @inlinable public var a: Int { Int(word >> 8 & 0xff) }
  @inlinable public var b: Int { Int(word >> 16 & 0xff) }
  @inlinable public var c: Int { Int(word >> 24) }
  @inlinable public var signedC: Int { Int(Int32(bitPattern: word) >> 24) }
  @inlinable public var immediate16: Int { Int(Int32(bitPattern: word) >> 16) }
  @inlinable public var jump24: Int { Int(Int32(bitPattern: word) >> 8) }
}

/// What one of the three byte operands of an instruction word means.
@frozen public enum Operand: UInt8, Sendable {
  /// The byte is not used and is zero.
  case none
  /// A register that the instruction writes.
  case write
  /// A register that the instruction reads.
  case read
  /// A register that the instruction reads and then writes.
  case update
  /// The first register of a call window: callee (and result), `this`, link, meta, arguments.
  case window
  /// The first of several consecutive registers that are read; the count is in the next byte.
  case readRange
  /// A number of registers, or of arguments.
  case count
  /// A signed 8-bit number.
  case immediate
  /// The index of a captured variable of the running function.
  case capture
}

/// How the 24 bits after the opcode byte are read.
@frozen public enum InstructionLayout: UInt8, Sendable {
  /// Three byte operands A, B, C.
  case abc
  /// A register A and a signed 16-bit number.
  case aImmediate16
  /// A signed 24-bit jump distance in words, counted from the end of the instruction.
  case jump24
}

/// What a word after the instruction word means.
@frozen public enum TrailingWord: UInt8, Sendable {
  /// A signed jump distance in words, counted from the end of the instruction; always the last word.
  case jump
  /// An index into the constants of the code block.
  case constant
  /// An index into the nested code blocks of the code block.
  case nestedCode
  /// A number that the instruction interprets.
  case immediate
  /// One of the two halves of a double (low half first).
  case doubleHalf
  /// An inline-cache word: zero in canonical code, filled by the machine while it runs.
  case cache
  /// An index into the names of native intrinsics that the code block uses.
  case native
}

/// The static description of an opcode, from which builder, verifier, disassembler, dispatchers and documentation follow.
public struct OpcodeInfo: Sendable {
  /// The name in a disassembly, such as `PROPERTY_GET`.
  public let mnemonic: String
  public let layout: InstructionLayout
  public let a: Operand
  public let b: Operand
  public let c: Operand
  public let trailing: [TrailingWord]
  /// May raise an exception, or run code of the program (and so needs an entry in the source map).
  public let canThrow: Bool
  /// Control never continues with the following instruction.
  public let isTerminator: Bool
  /// One sentence for documentation: what the instruction does, in terms of its operands.
  public let meaning: String

  /// The length of the whole instruction in 32-bit words.
  public var wordCount: Int { 1 + trailing.count }

  /// Whether the instruction may transfer control to a jump target.
  public var jumps: Bool { layout == .jump24 || trailing.last == .jump }
}

/// The instructions that code in a file uses, by name: code stays readable when opcodes get other numbers.
public struct OpcodeTable: Sendable {
  /// The opcode of this machine for each number in the file.
  private var opcodes = [Opcode?](repeating: nil, count: 256)

  /// The table of the instructions that stand in these blocks (nested ones aside): a count, then for each its number, its
  /// name, and a hash of how its operands are read.
  public static func encode(_ blocks: some Sequence<CodeBlock>) -> [UInt8] {
    var isUsed = [Bool](repeating: false, count: 256)
    for block in blocks {
      var pc = 0
      while pc < block.words.count, let opcode = Instruction(word: block.words[pc]).opcode {
        isUsed[Int(opcode.rawValue)] = true
        pc += opcode.cachedInfo.wordCount
      }
    }
    let used = Opcode.allCases.filter { isUsed[Int($0.rawValue)] }
    var writer = CodeWriter()
    writer.number(used.count)
    for opcode in used {
      writer.number(Int(opcode.rawValue))
      writer.string(Array(opcode.cachedInfo.mnemonic.utf16))
      writer.number(opcode.cachedInfo.operandHash)
    }
    return writer.bytes
  }

  /// Reads a table. Names that this machine has not, or reads otherwise, are of no consequence until code uses them.
  public init(_ bytes: ArraySlice<UInt8>) throws(CodingError) {
    var reader = CodeReader(bytes)
    for _ in 0..<(try reader.count(minimumSize: 3)) {
      let number = try reader.number(below: 256)
      let name = String(decoding: try reader.string(), as: UTF16.self)
      let hash = try reader.number(below: 1 << 32)
      if let opcode = Opcode(mnemonic: name), opcode.cachedInfo.operandHash == UInt32(hash) { opcodes[number] = opcode }
    }
    if !reader.isAtEnd { throw .trailingBytes }
  }

  /// Gives the instructions of a block the numbers of this machine.
  public func translate(_ block: inout CodeBlock) throws(CodingError) {
    var pc = 0
    while pc < block.words.count {
      guard let opcode = opcodes[Int(block.words[pc] & 0xff)] else { throw .otherInstructionSet }
      block.words[pc] = block.words[pc] & ~0xff | UInt32(opcode.rawValue)
      pc += opcode.cachedInfo.wordCount
    }
  }
}

extension OpcodeInfo {
  /// A number that changes with the way in which the operands are read.
  var operandHash: UInt32 {
    var hash: UInt32 = 0x811c_9dc5
    for byte in [layout.rawValue, a.rawValue, b.rawValue, c.rawValue] + trailing.map(\.rawValue) {
      hash = (hash ^ UInt32(byte)) &* 0x0100_0193
    }
    return hash
  }
}

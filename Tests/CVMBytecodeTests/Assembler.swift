@testable import CVMBytecode

/// Makes the words of a block from the rows of its disassembly, with the tables of the block at hand.
struct Assembler {
  let block: CodeBlock

  func assemble(_ rows: [DisassemblyRow]) -> [UInt32]? {
    var words: [UInt32] = []
    for row in rows {
      guard row.pc == words.count, let opcode = Opcode(mnemonic: row.mnemonic), let more = instruction(opcode, row)
      else { return nil }
      words += more
    }
    return words
  }

  private func instruction(_ opcode: Opcode, _ row: DisassemblyRow) -> [UInt32]? {
    let info = opcode.info
    var operands = row.operands[...]
    var first: UInt32
    switch info.layout {
    case .jump24:
      guard let target = operands.popFirst().flatMap({ Int($0) }) else { return nil }
      return [Instruction(opcode, jump24: target - row.pc - 1).word]
    case .aImmediate16:
      guard let a = operands.popFirst().flatMap(byte), let text = operands.popFirst(), let number = immediate(text)
      else { return nil }
      first = Instruction(opcode, a: a, immediate16: number).word
    case .abc:
      var bytes: [Int] = []
      for kind in [info.a, info.b, info.c] {
        if kind == .none {
          bytes.append(0)
        } else {
          guard let value = operands.popFirst().flatMap(byte) else { return nil }
          bytes.append(value)
        }
      }
      first = Instruction(opcode, a: bytes[0], b: bytes[1], c: bytes[2]).word
    }
    guard let trailing = trailing(info, &operands, row.pc) else { return nil }
    return [first] + trailing
  }

  private func trailing(_ info: OpcodeInfo, _ operands: inout ArraySlice<String>, _ pc: Int) -> [UInt32]? {
    var words: [UInt32] = []
    for kind in info.trailing {
      if kind == .cache {
        words.append(0)
        continue
      }
      if kind == .doubleHalf, words.count == 2 { continue }
      guard let text = operands.popFirst() else { return nil }
      switch kind {
      case .jump:
        guard let target = Int(text) else { return nil }
        words.append(UInt32(truncatingIfNeeded: target - pc - info.wordCount))
      case .constant:
        guard let index = constant(text) else { return nil }
        words.append(index)
      case .nestedCode:
        guard let index = text.dropFirst().split(separator: " ").first.flatMap({ UInt32($0) }) else { return nil }
        words.append(index)
      case .immediate:
        guard let number = Int32(text) else { return nil }
        words.append(UInt32(bitPattern: number))
      case .native:
        guard let index = block.intrinsics.firstIndex(of: String(text.dropFirst())) else { return nil }
        words.append(UInt32(index))
      case .doubleHalf:
        guard let value = Double(text) else { return nil }
        words += [
          UInt32(truncatingIfNeeded: value.bitPattern), UInt32(truncatingIfNeeded: value.bitPattern >> 32),
        ]
      case .cache: break
      }
    }
    return operands.isEmpty ? words : nil
  }

  private func byte(_ text: String) -> Int? {
    if let number = Int(text) { return number }
    if text.hasPrefix("r") { return Int(text.dropFirst()) }
    if text.hasPrefix("captured ") { return Int(text.dropFirst("captured ".count)) }
    return nil
  }

  private func immediate(_ text: String) -> Int? {
    Int(text) ?? ["undefined", "null", "false", "true", "hole", "uninitialized", "done"].firstIndex(of: text)
  }

  private func constant(_ text: String) -> UInt32? {
    for index in block.constants.indices {
      let shown: [String] =
        switch block.constants[index] {
        case .string(let units): [quote(units), String(decoding: units, as: UTF16.self)]
        case .nameList(let names):
          [
            "{"
              + names.map {
                guard case .string(let units) = block.constants[Int($0)] else { return "?" }
                return String(decoding: units, as: UTF16.self)
              }.joined(separator: ", ") + "}"
          ]
        case .bigInt(let units): [String(decoding: units, as: UTF16.self) + "n"]
        }
      if shown.contains(text) { return UInt32(index) }
    }
    return nil
  }
}

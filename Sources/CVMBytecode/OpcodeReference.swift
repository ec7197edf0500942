/// The reference page of the instruction set, in Markdown.
public func opcodeReference() -> String {
  var text = """
    # Instruction set

    The instructions of the register machine, from `Opcode.swift`. Written by `swift run cvm-generate reference`.

    An instruction is a 32-bit word: the opcode in the low byte, then the operands A, B and C of one byte each, or A and a
    signed 16-bit number, or a signed 24-bit jump distance; trailing words follow. Jump distances count words from the end
    of the instruction. Registers are numbered from 0; a *window* is a callee (later the result), `this`, two words of the
    machine's own, and arguments. *Cache* words belong to the machine.

    | Code | Mnemonic | Operands | Trailing words | Throws | Meaning |
    | ---: | --- | --- | --- | :---: | --- |

    """
  for opcode in Opcode.allCases {
    let info = opcode.cachedInfo
    let meaning = info.meaning.replacing("|", with: "\\|")
    text += "| \(opcode.rawValue) | `\(info.mnemonic)` | \(operands(info)) | \(trailing(info)) | "
    text += "\(info.canThrow ? "yes" : "") | \(meaning) |\n"
  }
  return text
}

private func operands(_ info: OpcodeInfo) -> String {
  switch info.layout {
  case .jump24: return "jump"
  case .aImmediate16: return "A \(name(info.a)), number"
  case .abc:
    let named = [("A", info.a), ("B", info.b), ("C", info.c)].filter { $0.1 != .none }
    return named.map { "\($0.0) \(name($0.1))" }.joined(separator: ", ")
  }
}

private func name(_ operand: Operand) -> String {
  switch operand {
  case .none: ""
  case .write: "written"
  case .read: "read"
  case .update: "updated"
  case .window: "window"
  case .readRange: "first of a range"
  case .count: "count"
  case .immediate: "number"
  case .capture: "captured variable"
  }
}

private func trailing(_ info: OpcodeInfo) -> String {
  var parts: [(name: String, count: Int)] = []
  for word in info.trailing {
    let name =
      switch word {
      case .jump: "jump"
      case .constant: "constant"
      case .nestedCode: "code"
      case .immediate: "number"
      case .doubleHalf: "double"
      case .cache: "cache"
      case .native: "native"
      }
    if parts.last?.name == name { parts[parts.count - 1].count += 1 } else { parts.append((name, 1)) }
  }
  return parts.map { $0.count > 1 ? "\($0.count) \($0.name)" : $0.name }.joined(separator: ", ")
}

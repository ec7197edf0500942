/// One instruction as text.
public struct DisassemblyRow: Sendable, Hashable {
  public var pc: Int
  /// The line of the source, where known.
  public var line: Int?
  public var mnemonic: String
  /// The operands in the order of the instruction: registers, names, numbers, quoted strings, jump targets.
  public var operands: [String]
  /// The register that the instruction writes, for a column with values.
  public var written: Int?
}

/// Turns code into text for people.
public struct Disassembler: Sendable {
  let block: CodeBlock
  let lineOf: (@Sendable (UInt32) -> Int)?
  let usesVariableNames: Bool

  /// `line` gives the line of a byte offset in the source; without it rows have no lines. With `variableNames` registers
  /// that hold a variable are shown under its name.
  public init(_ block: CodeBlock, variableNames: Bool = true, line: (@Sendable (UInt32) -> Int)? = nil) {
    self.block = block
    usesVariableNames = variableNames
    lineOf = line
  }

  /// The instructions of the block itself; stops at the first word that is no instruction.
  public func rows() -> [DisassemblyRow] {
    var rows: [DisassemblyRow] = []
    var pc = 0
    while pc < block.words.count {
      guard let opcode = Instruction(word: block.words[pc]).opcode,
        pc + opcode.cachedInfo.wordCount <= block.words.count
      else {
        rows.append(DisassemblyRow(pc: pc, mnemonic: "?", operands: [hex(block.words[pc])]))
        break
      }
      rows.append(row(opcode, pc))
      pc += opcode.cachedInfo.wordCount
    }
    return rows
  }

  private func row(_ opcode: Opcode, _ pc: Int) -> DisassemblyRow {
    let info = opcode.cachedInfo
    let instruction = Instruction(word: block.words[pc])
    var operands: [String] = []
    switch info.layout {
    case .jump24: break
    case .aImmediate16:
      operands.append(register(instruction.a, pc, isWritten: info.a == .write))
      operands.append(
        opcode == .loadSpecial ? special(instruction.immediate16) : String(instruction.immediate16))
    case .abc:
      append(info.a, instruction.a, opcode, pc, &operands)
      append(info.b, instruction.b, opcode, pc, &operands)
      append(info.c, instruction.c, opcode, pc, &operands)
    }
    appendTrailing(opcode, info, pc, &operands)
    if info.layout == .jump24, let target = block.jumpTarget(of: opcode, at: pc) { operands.append(String(target)) }
    let line = lineOf.flatMap { lineOf in block.sourceMap.entry(at: UInt32(pc)).map { lineOf($0.caret) } }
    return DisassemblyRow(
      pc: pc, line: line, mnemonic: info.mnemonic, operands: operands, written: written(info, instruction))
  }

  private func written(_ info: OpcodeInfo, _ instruction: Instruction) -> Int? {
    if info.a == .write || info.a == .window { return instruction.a }
    return info.b == .write ? instruction.b : nil
  }

  private func append(_ kind: Operand, _ value: Int, _ opcode: Opcode, _ pc: Int, _ operands: inout [String]) {
    switch kind {
    case .none: break
    case .write: operands.append(register(value, pc, isWritten: true))
    case .read, .update, .window, .readRange: operands.append(register(value, pc, isWritten: false))
    case .count: operands.append(String(value))
    case .immediate: operands.append(String(Int(Int8(truncatingIfNeeded: value))))
    case .capture: operands.append(capture(value))
    }
  }

  private func appendTrailing(_ opcode: Opcode, _ info: OpcodeInfo, _ pc: Int, _ operands: inout [String]) {
    for (offset, kind) in info.trailing.enumerated() {
      let word = block.words[pc + 1 + offset]
      switch kind {
      case .cache: break
      case .jump: operands.append(String(block.jumpTarget(of: opcode, at: pc) ?? 0))
      case .constant: operands.append(constant(word, isName: opcode.namesGlobal))
      case .nestedCode: operands.append(nested(word))
      case .immediate: operands.append(String(Int32(bitPattern: word)))
      case .native:
        operands.append(word < block.intrinsics.count ? "%" + block.intrinsics[Int(word)] : "?\(word)")
      case .doubleHalf:
        if offset == 0 {
          let bits = UInt64(word) | UInt64(block.words[pc + 2]) << 32
          operands.append(String(describing: Double(bitPattern: bits)))
        }
      }
    }
  }

  // MARK: Operands

  private func register(_ index: Int, _ pc: Int, isWritten: Bool) -> String {
    guard usesVariableNames else { return "r\(index)" }
    // A write makes the variable live from the next instruction on.
    let place = isWritten ? nextPC(pc) : pc
    let variable = block.variables.last {
      Int($0.register) == index && Int($0.start) <= place && place < Int($0.end)
    }
    return variable.map { String(decoding: $0.name, as: UTF16.self) } ?? "r\(index)"
  }

  private func nextPC(_ pc: Int) -> Int {
    guard let opcode = Instruction(word: block.words[pc]).opcode else { return pc }
    let next = pc + opcode.cachedInfo.wordCount
    return next < block.words.count ? next : pc
  }

  private func capture(_ index: Int) -> String {
    guard usesVariableNames, index < block.captures.count else { return "captured \(index)" }
    return String(decoding: block.captures[index].name, as: UTF16.self)
  }

  private func constant(_ index: UInt32, isName: Bool) -> String {
    guard index < block.constants.count else { return "?\(index)" }
    switch block.constants[Int(index)] {
    case .string(let units): return isName ? String(decoding: units, as: UTF16.self) : quote(units)
    case .nameList(let names):
      let texts = names.map { index -> String in
        guard index < block.constants.count, case .string(let units) = block.constants[Int(index)] else { return "?" }
        return String(decoding: units, as: UTF16.self)
      }
      return "{" + texts.joined(separator: ", ") + "}"
    case .bigInt(let units): return String(decoding: units, as: UTF16.self) + "n"
    }
  }

  private func nested(_ index: UInt32) -> String {
    guard index < block.nested.count else { return "?\(index)" }
    let name = block.nested[Int(index)].name
    return "#\(index)" + (name.isEmpty ? "" : " " + String(decoding: name, as: UTF16.self))
  }

  private func special(_ number: Int) -> String {
    let names = ["undefined", "null", "false", "true", "hole", "uninitialized", "done"]
    return names.indices.contains(number) ? names[number] : String(number)
  }

  private func hex(_ word: UInt32) -> String { "0x" + String(word, radix: 16) }
}

extension Opcode {
  fileprivate var namesGlobal: Bool {
    self == .load || self == .loadOrUndefined || self == .store || self == .initialize
  }
}

/// A string literal of the code units; what is not printable ASCII or a letter beyond it is escaped.
func quote(_ units: [UInt16]) -> String {
  var text = "\""
  for scalar in String(decoding: units, as: UTF16.self).unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    case "\r": text += "\\r"
    default:
      if scalar.value < 0x20 || scalar.value == 0x7F {
        text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
  return text + "\""
}

extension Disassembler {
  /// The rows as aligned text, jump targets marked, then the handlers; nested blocks are not shown.
  public func text() -> String {
    let rows = rows()
    let hasLines = lineOf != nil
    let width = max(2, String(rows.last?.pc ?? 0).count)
    let mnemonicWidth = max(2, rows.map(\.mnemonic.count).max() ?? 0)
    var lines: [String] = []
    lines.append(
      (hasLines ? "line  " : "") + padLeft("pc", width) + "  " + padRight("op", mnemonicWidth) + "  operands")
    for row in rows {
      let line = hasLines ? padLeft(row.line.map(String.init) ?? "", 4) + "  " : ""
      let text =
        line + padLeft(String(row.pc), width) + "  " + padRight(row.mnemonic, mnemonicWidth) + "  "
        + row.operands.joined(separator: ", ")
      lines.append(trimEnd(text))
    }
    for handler in block.handlers {
      lines.append("catch \(handler.start)..<\(handler.end) -> \(handler.target), r\(handler.register)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The text of this block and of all nested ones, each under a heading with its name.
  public func textWithNestedCode() -> String {
    var result = ""
    var pending: [(CodeBlock, String)] = [(block, "")]
    while let (block, path) = pending.popLast() {
      let name = String(decoding: block.name, as: UTF16.self)
      let title = path.isEmpty ? "program" : "#\(path)" + (name.isEmpty ? "" : " \(name)")
      result += result.isEmpty ? "" : "\n"
      result += "\(title): \(block.kind), \(block.parameterCount) parameters, \(block.registerCount) registers"
      let captures = block.captures.map { String(decoding: $0.name, as: UTF16.self) }
      result += (captures.isEmpty ? "" : ", captures " + captures.joined(separator: " ")) + "\n"
      result += Disassembler(block, variableNames: usesVariableNames, line: lineOf).text()
      for (index, nested) in block.nested.enumerated().reversed() {
        pending.append((nested, path.isEmpty ? String(index) : "\(path).\(index)"))
      }
    }
    return result
  }
}

private func padLeft(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

private func padRight(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

private func trimEnd(_ text: String) -> String {
  var text = Substring(text)
  while text.last == " " { text.removeLast() }
  return String(text)
}

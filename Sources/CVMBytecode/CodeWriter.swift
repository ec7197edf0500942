/// Appends the binary form of code blocks.
struct CodeWriter {
  private(set) var bytes: [UInt8] = []

  mutating func header() {
    bytes += CodeBlockCoder.magic
    number(CodeBlockCoder.version)
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: Opcode.fingerprint >> shift)) }
  }

  mutating func number(_ value: Int) {
    var rest = UInt64(value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func number(_ value: UInt32) { number(Int(value)) }

  /// Twice the length, plus one when the units are UTF-16, low byte first; else they are Latin-1.
  mutating func string(_ units: [UInt16]) {
    let isLatin1 = units.allSatisfy { $0 <= 0xFF }
    number(units.count * 2 + (isLatin1 ? 0 : 1))
    for unit in units {
      bytes.append(UInt8(truncatingIfNeeded: unit))
      if !isLatin1 { bytes.append(UInt8(truncatingIfNeeded: unit >> 8)) }
    }
  }

  mutating func block(_ block: CodeBlock) {
    fields(block)
    number(block.nested.count)
    block.nested.forEach { self.block($0) }
  }

  /// Everything but the nested blocks.
  mutating func fields(_ block: CodeBlock) {
    string(block.name)
    bytes.append(block.kind.rawValue)
    bytes.append(
      (block.needsArgumentCount ? 1 : 0) | (block.isSelfHosted ? 2 : 0) | (block.isFirstDialect ? 4 : 0))
    for value in [block.length, block.parameterCount, block.registerCount, block.instanceSlotHint] { number(value) }
    number(block.sourceStart)
    number(block.sourceEnd)
    words(block.words)
    number(block.constants.count)
    block.constants.forEach { constant($0) }
    number(block.captures.count)
    for capture in block.captures {
      string(capture.name)
      bytes.append(capture.isRegister ? 1 : 0)
      bytes.append(capture.index)
    }
    number(block.handlers.count)
    for handler in block.handlers {
      number(handler.start)
      number(handler.end)
      number(handler.target)
      bytes.append(handler.register)
    }
    sourceMap(block.sourceMap)
    debugTables(block)
  }

  private mutating func words(_ words: [UInt32]) {
    number(words.count)
    for word in words {
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
  }

  private mutating func constant(_ constant: Constant) {
    switch constant {
    case .string(let units):
      bytes.append(0)
      string(units)
    case .nameList(let names):
      bytes.append(1)
      number(names.count)
      names.forEach { number($0) }
    case .bigInt(let units):
      bytes.append(2)
      string(units)
    }
  }

  private mutating func sourceMap(_ map: SourceMap) {
    number(map.entries.count)
    for entry in map.entries {
      number(entry.pc)
      number(entry.start)
      number(entry.end)
      number(entry.caret)
    }
  }

  private mutating func debugTables(_ block: CodeBlock) {
    number(block.variables.count)
    for variable in block.variables {
      string(variable.name)
      bytes.append(variable.register)
      bytes.append(variable.isCell ? 1 : 0)
      number(variable.start)
      number(variable.end)
    }
    number(block.intrinsics.count)
    for name in block.intrinsics { string(Array(name.utf16)) }
    number(block.globalDeclarations.count)
    for declaration in block.globalDeclarations {
      string(declaration.name)
      bytes.append(declaration.kind.rawValue)
      number(declaration.start)
      number(declaration.end)
    }
  }
}

import CVMBytecode
import CVMDispatch

extension PortableReader {
  /// One entry of the code section.
  private struct Entry {
    var source: Int?
    var block: CodeBlock
    var bytes: UnsafeBufferPointer<UInt8>
    var nested: [Int]
    var isNested = false
  }

  /// Loads the code of the program, and finds that of the machine among its own.
  func readCode(_ makeSource: (String, [UInt8]) -> any ScriptSource) throws(PortableError) {
    let sources = try readSources(makeSource)
    var entries = try readEntries(sourceCount: sources.count)
    let reader = section(.code)
    codes = [Int](repeating: -1, count: entries.count)
    for entry in entries {
      for nested in entry.nested {
        guard !entries[nested].isNested else { throw reader.error("code \(nested) is nested twice") }
        entries[nested].isNested = true
      }
    }
    for number in entries.indices where !entries[number].isNested {
      let order = try preorder(number, entries, reader)
      if entries[number].block.isSelfHosted {
        try adopt(number, entries, reader)
      } else {
        try load(number, order, entries, entries[number].source.map { sources[$0] }, reader)
      }
    }
    guard !codes.contains(-1) else { throw reader.error("code is nested in itself") }
  }

  private func readSources(
    _ makeSource: (String, [UInt8]) -> any ScriptSource
  ) throws(PortableError) -> [any ScriptSource] {
    var reader = section(.sources)
    var sources: [any ScriptSource] = []
    for _ in 0..<(try reader.count(of: 2)) {
      let name = try reader.text()
      sources.append(makeSource(name, Array(try reader.bytes(try reader.count(of: 1)))))
    }
    try reader.requireEnd()
    return sources
  }

  private func readEntries(sourceCount: Int) throws(PortableError) -> [Entry] {
    let tableBytes = section(.opcodes)
    let opcodes: OpcodeTable
    do throws(CodingError) {
      var reader = tableBytes
      opcodes = try OpcodeTable(ArraySlice((try? reader.bytes(reader.count)).map(Array.init) ?? []))
    } catch {
      throw tableBytes.error("the table of instructions is damaged: \(error)")
    }
    var reader = section(.code)
    var entries: [Entry] = []
    let count = try reader.count(of: 16)
    for _ in 0..<count {
      let source = try reader.number(below: sourceCount + 1)
      let bytes = try reader.bytes(try reader.count(of: 1))
      var block: CodeBlock
      do throws(CodingError) {
        block = try CodeBlockCoder.decodeFields(Array(bytes)[...])
        try opcodes.translate(&block)
      } catch {
        throw reader.error(
          error == .otherInstructionSet
            ? "code uses an instruction that this version does not know" : "code is damaged: \(error)")
      }
      var nested: [Int] = []
      for _ in 0..<(try reader.count(of: 1)) { nested.append(try reader.number(below: count)) }
      entries.append(Entry(source: source == 0 ? nil : source - 1, block: block, bytes: bytes, nested: nested))
    }
    try reader.requireEnd()
    return entries
  }

  /// The code and all that is nested in it, outer ones first. Each has one parent, so that this ends.
  private func preorder(_ root: Int, _ entries: [Entry], _ reader: ByteReader) throws(PortableError) -> [Int] {
    var order = [root]
    var depths = [0]
    var next = 0
    while next < order.count {
      guard depths[next] <= Verifier.nestingLimit else { throw reader.error("code is nested too deep") }
      for nested in entries[order[next]].nested {
        order.append(nested)
        depths.append(depths[next] + 1)
      }
      next += 1
    }
    return order
  }

  private func load(
    _ root: Int, _ order: [Int], _ entries: [Entry], _ source: (any ScriptSource)?, _ reader: ByteReader
  ) throws(PortableError) {
    var blocks: [Int: CodeBlock] = [:]
    for number in order.reversed() {
      let entry = entries[number]
      guard entry.source == entries[root].source else { throw reader.error("nested code is of another source") }
      var block = entry.block
      for nested in entry.nested { block.nested.append(blocks.removeValue(forKey: nested) ?? CodeBlock()) }
      blocks[number] = block
    }
    guard let block = blocks[root] else { return }
    if let fault = block.faultAsProgram(from: source) { throw reader.error(fault) }
    note(machine.code.load(block, source: source), root, entries)
  }

  /// Notes the numbers that code and what is nested in it have in the machine.
  private func note(_ loaded: Int, _ root: Int, _ entries: [Entry]) {
    var pending = [(root, loaded)]
    while let (entry, number) = pending.popLast() {
      codes[entry] = number
      for (nested, loadedNested) in zip(entries[entry].nested, machine.code.loaded[number].nested) {
        pending.append((nested, loadedNested))
      }
    }
  }

  /// Code of the machine is taken from the machine: what a file brings along could do what no program can. It must be
  /// the same.
  private func adopt(_ root: Int, _ entries: [Entry], _ reader: ByteReader) throws(PortableError) {
    let name = String(decoding: entries[root].block.name, as: UTF16.self)
    guard let own = machine.natives.selfHostedCode(name) else {
      throw reader.error("the program was inside of the built-in \(name), which this version does not have")
    }
    var pending = [(root, own)]
    while let (entry, number) = pending.popLast() {
      let loaded = machine.code.loaded[number]
      guard loaded.nested.count == entries[entry].nested.count,
        CodeBlockCoder.encodeFields(loaded.block) == CodeBlockCoder.encodeFields(entries[entry].block)
      else {
        throw reader.error("the program was inside of the built-in \(name), which is another one in this version")
      }
      for (nested, loadedNested) in zip(entries[entry].nested, loaded.nested) { pending.append((nested, loadedNested)) }
    }
    note(own, root, entries)
  }
}

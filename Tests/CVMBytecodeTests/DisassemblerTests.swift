import CVMBytecode
import Foundation
import Testing

private let here = SourceSpan(start: 1, end: 2, caret: 1)

/// A block with an instruction of every form.
private func sample() throws -> CodeBlock {
  var builder = CodeBlockBuilder()
  builder.block.parameterCount = 1
  let top = builder.makeLabel()
  let end = builder.makeLabel()
  let name = builder.constant(Array("na\"me\n".utf16))
  builder.emit(.loadInt, 1, immediate: -7)
  builder.emitDouble(2, 1.5)
  builder.emit(.loadSpecial, 3, immediate: 4)
  builder.emit(.cellNew, 4)
  builder.bind(top)
  builder.emit(.load, 5, word: builder.constant(Array("print".utf16)), at: here)
  builder.emit(.propertyGet, 6, 0, word: name, at: here)
  builder.emit(.addInt, 6, 6, -128, at: here)
  builder.emit(.bitAndInt, 6, 6, word: UInt32(bitPattern: -2), at: here)
  builder.emit(.objectCreate, 7, 1, 1, word: builder.constant(.nameList([name])))
  builder.emit(.closure, 8, word: builder.nested(CodeBlock()))
  builder.emit(.intrinsic, 9, 1, 2, word: builder.intrinsic("ToObject"), at: here)
  builder.emit(.loadCaptured, 9, 0, at: here)
  builder.emitJump(.jumpLessThanInt, 1, immediate: 300, to: end, at: here)
  builder.emitJump(.loopTrue, 1, to: top)
  builder.bind(end)
  builder.emit(.return, 1)
  return try builder.finish()
}

@Suite("Code as text")
struct DisassemblerTests {
  @Test func `assembling the rows of a disassembly gives the same words`() throws {
    let block = try sample()
    let rows = Disassembler(block, variableNames: false).rows()
    #expect(Assembler(block: block).assemble(rows) == block.words)
  }

  @Test func `registers that hold variables are shown by name, jumps by their targets`() throws {
    var builder = CodeBlockBuilder()
    let end = builder.makeLabel()
    builder.emit(.loadInt, 0, immediate: 1)
    builder.emitJump(.jumpTrue, 0, to: end)
    builder.emit(.add, 0, 0, 0, at: here)
    builder.bind(end)
    builder.emit(.return, 0)
    var block = try builder.finish()
    block.variables = [
      RegisterVariable(name: Array("sum".utf16), register: 0, isCell: false, start: 1, end: UInt32(block.words.count))
    ]
    #expect(
      Disassembler(block) { _ in 7 }.text() == """
        line  pc  op         operands
               0  LOAD_INT   sum, 1
               1  JUMP_TRUE  sum, 4
           7   3  ADD        sum, sum, sum
           7   4  RETURN     sum

        """)
  }

  @Test func `words that are no code end the text`() {
    var block = CodeBlock()
    block.words = [0xFF, 0]
    #expect(Disassembler(block).rows().map(\.mnemonic) == ["?"])
    block.words = [Instruction(.loadConstant).word]
    #expect(Disassembler(block).rows().map(\.mnemonic) == ["?"])
  }

  @Test func `the page of the instruction set is up to date`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/CVMBytecode/CVMBytecode.docc/InstructionSet.md").path
    let page = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    #expect(page == opcodeReference(), "out of date: run `swift run cvm-generate reference`")
  }
}

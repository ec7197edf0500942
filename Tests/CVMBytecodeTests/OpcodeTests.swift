import CVMBytecode
import Testing

@Suite("The instruction set")
struct OpcodeTests {
  @Test func `every mnemonic belongs to one opcode, and leads back to it`() {
    #expect(Set(Opcode.allCases.map(\.info.mnemonic)).count == Opcode.allCases.count)
    for opcode in Opcode.allCases { #expect(Opcode(mnemonic: opcode.info.mnemonic) == opcode) }
    #expect(Opcode(mnemonic: "NO_SUCH_OPCODE") == nil)
  }

  @Test func `raw values have no gaps, so that the table can be indexed`() {
    #expect(Opcode.allCases.map { Int($0.rawValue) } == Array(0..<Opcode.allCases.count))
  }

  @Test(arguments: Opcode.allCases)
  func `descriptions are consistent`(_ opcode: Opcode) {
    let info = opcode.info
    #expect(info.wordCount == info.trailing.count + 1)
    // A jump distance is the last word, a double comes in two halves, and a window is always operand A.
    #expect(info.trailing.dropLast().allSatisfy { $0 != .jump })
    #expect([0, 2].contains(info.trailing.filter { $0 == .doubleHalf }.count))
    #expect(info.b != .window && info.c != .window)
    if info.layout == .jump24 { #expect(info.a == .none && info.trailing.isEmpty) }
    #expect(info.meaning.hasSuffix("."))
  }

  @Test func `instruction words give back their operands`() {
    let wide = Instruction(.addInt, a: 255, b: 1, c: -128)
    #expect(wide.opcode == .addInt && wide.a == 255 && wide.b == 1 && wide.signedC == -128)
    let half = Instruction(.loadInt, a: 7, immediate16: -32768)
    #expect(half.a == 7 && half.immediate16 == -32768)
    let jump = Instruction(.jump, jump24: -8_388_608)
    #expect(jump.jump24 == -8_388_608)
  }
}

import CVMBytecode
import CVMTestSupport
import Testing

private func sample() -> CodeBlock {
  var inner = CodeBlock()
  inner.name = [0x61, 0x3042, 0xD83D]
  inner.kind = .arrow
  inner.words = [Instruction(.returnUndefined).word]
  inner.captures = [Capture(name: [120], isRegister: true, index: 3)]
  var block = CodeBlock()
  block.name = Array("program".utf16)
  block.kind = .program
  block.length = 2
  block.parameterCount = 3
  block.needsArgumentCount = true
  block.registerCount = 9
  block.words = [0, 1, 0xFFFF_FFFF]
  block.constants = [.string([]), .string([255]), .string([256]), .nameList([0, 1])]
  block.nested = [inner, inner]
  block.handlers = [ExceptionHandler(start: 0, end: 1, target: 2, register: 4)]
  block.sourceMap.entries = [SourceMap.Entry(pc: 0, start: 1, end: 300, caret: 70000)]
  block.variables = [RegisterVariable(name: [118], register: 1, isCell: true, start: 0, end: 2)]
  block.intrinsics = ["ToObject"]
  block.globalDeclarations = [GlobalDeclaration(name: [103], kind: .class, start: 5, end: 6)]
  block.sourceStart = 10
  block.sourceEnd = 4_000_000_000
  block.instanceSlotHint = 7
  block.isSelfHosted = true
  return block
}

private func decode(_ bytes: [UInt8]) -> Result<CodeBlock, CodingError> {
  do throws(CodingError) {
    return .success(try CodeBlockCoder.decode(bytes))
  } catch {
    return .failure(error)
  }
}

private func error(_ bytes: [UInt8]) -> CodingError? {
  if case .failure(let error) = decode(bytes) { return error }
  return nil
}

@Suite("The binary form of code")
struct CodeBlockCoderTests {
  @Test func `a block comes back as it was`() throws {
    let bytes = CodeBlockCoder.encode(sample())
    let block = try decode(bytes).get()
    #expect(CodeBlockCoder.encode(block) == bytes)
    #expect(String(describing: block) == String(describing: sample()))
  }

  @Test func `other files, versions and instruction sets are refused politely`() {
    let bytes = CodeBlockCoder.encode(sample())
    #expect(error(Array("hello".utf8)) == .notCode)
    var version = bytes
    version[4] = 9
    #expect(error(version) == .unsupportedVersion(9))
    var instructions = bytes
    instructions[6] ^= 1
    #expect(error(instructions) == .otherInstructionSet)
    #expect(error(bytes + [0]) == .trailingBytes)
  }

  @Test func `every truncation is an error`() {
    let bytes = CodeBlockCoder.encode(sample())
    for count in 0..<bytes.count { #expect(error(Array(bytes[..<count])) != nil) }
  }

  @Test(arguments: 0..<100)
  func `damaged bytes give an error or some block, never a crash`(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var bytes = CodeBlockCoder.encode(sample())
    for _ in 0..<3 { bytes[Int.random(in: 13..<bytes.count, using: &random)] = .random(in: 0...255, using: &random) }
    guard let block = try? decode(bytes).get() else { return }
    // What was read can be written again, and the verifier looks at it without trusting it.
    #expect(decode(CodeBlockCoder.encode(block)).isSuccess)
    _ = try? Verifier.verify(block)
  }

  @Test func `an image gives each block by its name`() throws {
    var first = sample()
    first.name = Array("first".utf16)
    var second = sample()
    second.name = Array("second".utf16)
    second.length = 5
    let bytes = CodeImage.encode([first, second])
    let image = try CodeImage(bytes)
    #expect(image.names == ["first", "second"])
    #expect(try image.block(named: "second")?.length == 5)
    #expect(try image.block(named: "third") == nil)
    for count in 0..<bytes.count {
      #expect(throws: CodingError.self) { try CodeImage(Array(bytes[..<count])) }
    }
  }
}

extension Result {
  fileprivate var isSuccess: Bool {
    if case .success = self { return true }
    return false
  }
}

import CVMBytecode
import CVMCompiler
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// The folder with the sources of the project.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path

func contents(_ path: String) -> [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

func files(_ folder: String, suffix: String) -> [String] {
  let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
}

func compile(_ text: String, options: CompileOptions = CompileOptions()) -> CompileResult {
  CVMCompiler.compile(parse(SourceFile(name: "test.js", text: text)), options: options)
}

/// The code of a program that must be correct.
func code(_ text: String, options: CompileOptions = CompileOptions()) throws -> CodeBlock {
  let result = compile(text, options: options)
  #expect(result.diagnostics.map(\.message) == [])
  let block = try #require(result.code)
  try Verifier.verify(block)
  return block
}

/// The messages of a program that must not be correct.
func messages(_ text: String) -> [String] {
  let result = compile(text)
  #expect(result.code == nil)
  return result.diagnostics.map(\.message)
}

/// A block and all blocks in it.
func all(_ block: CodeBlock) -> [CodeBlock] {
  var found: [CodeBlock] = []
  var pending = [block]
  while let next = pending.popLast() {
    found.append(next)
    pending += next.nested
  }
  return found
}

func rows(_ block: CodeBlock) -> [String] {
  Disassembler(block).rows().map { ([$0.mnemonic] + [$0.operands.joined(separator: ", ")]).joined(separator: " ") }
}

@Suite("Compiling programs to code")
struct CompilerTests {
  static let golden = files("\(root)/Tests/CVMCompilerTests/Golden/input", suffix: ".js")

  @Test(arguments: golden)
  func `gives the expected code`(_ path: String) throws {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let source = SourceFile(name: name, bytes: contents(path))
    let result = CVMCompiler.compile(parse(source))
    #expect(result.diagnostics.map(\.message) == [])
    let block = try #require(result.code)
    try Verifier.verify(block)
    let text = Disassembler(block) { source.line(at: $0) }.textWithNestedCode()
    let difference = try GoldenFile("Golden/expected/\(name).txt").difference(from: text)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func `every instruction is in the code of some program or built-in`() throws {
    var used: Set<Opcode> = []
    func note(_ block: CodeBlock) {
      for row in Disassembler(block).rows() { Opcode(mnemonic: row.mnemonic).map { _ = used.insert($0) } }
    }
    for path in Self.golden {
      let source = SourceFile(name: path, bytes: contents(path))
      all(try #require(CVMCompiler.compile(parse(source)).code)).forEach(note)
    }
    for name in selfHosted.image.names {
      all(try #require(try selfHosted.image.block(named: name))).forEach(note)
    }
    // HALT ends the machine's loop; NOP stands where other tools put it.
    let unused = Set(Opcode.allCases).subtracting(used).subtracting([.halt, .nop])
    #expect(unused.map(\.info.mnemonic).sorted() == [])
  }

  static let language = files("\(root)/Tests/Language", suffix: ".js").filter { !$0.contains("/syntax-errors/") }

  @Test(arguments: language)
  func `makes code that the verifier accepts`(_ path: String) throws {
    let source = SourceFile(name: path, bytes: contents(path))
    let options = CompileOptions(completionValue: path.utf8.count % 2 == 0)
    let result = CVMCompiler.compile(parse(source), options: options)
    for diagnostic in result.diagnostics { #expect(diagnostic.message.hasSuffix(" not supported yet")) }
    guard let block = result.code else { return }
    try Verifier.verify(block)
    #expect(CodeBlockCoder.encode(try CodeBlockCoder.decode(CodeBlockCoder.encode(block))).isEmpty == false)
  }

  @Test func `the image of the built-ins is up to date`() throws {
    let committed = contents("\(root)/Sources/CVMDispatch/SelfHostedImage.c")
    let isCurrent = selfHostedImageSource(selfHosted.bytes).utf8.elementsEqual(committed)
    #expect(isCurrent, "out of date: run `swift run cvm-generate selfhosted`")
  }

  /// The built-ins, compiled now.
  let selfHosted: (bytes: [UInt8], image: CodeImage)

  init() throws {
    let folder = "\(root)/Sources/CVMRuntime/SelfHosted"
    let sources = files(folder, suffix: ".js").map {
      SourceFile(name: URL(fileURLWithPath: $0).lastPathComponent, bytes: contents($0))
    }
    let result = compileSelfHostedImage(sources)
    #expect(result.errors == [])
    selfHosted = (result.image, try CodeImage(result.image))
  }
}

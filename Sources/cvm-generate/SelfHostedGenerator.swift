import CVMBytecode
import CVMCompiler
import CVMSyntax

/// Compiles the built-ins that are written in JavaScript into the image that the machine starts with.
enum SelfHostedGenerator {
  static let sourceFolder = "Sources/CVMRuntime/SelfHosted"
  static let imagePath = "Sources/CVMDispatch/SelfHostedImage.c"
  static let headerPath = "Sources/CVMDispatch/include/SelfHostedImage.h"

  static func generate() {
    let sources = list(sourceFolder, suffix: ".js").map {
      SourceFile(name: $0, bytes: readFile("\(sourceFolder)/\($0)"))
    }
    let result = compileSelfHostedImage(sources)
    if !result.errors.isEmpty { fail(result.errors.joined(separator: "\n")) }
    write(selfHostedImageSource(result.image), to: imagePath)
    write(selfHostedImageHeader, to: headerPath)
  }
}

/// The code of a program as text.
func disassemble(_ path: String) {
  let source = SourceFile(name: path, bytes: readFile(path))
  let isBuiltin = path.contains("SelfHosted/")
  let parsed = parse(source, options: ParseOptions(selfHosted: isBuiltin))
  let blocks: [CodeBlock]
  let diagnostics: [Diagnostic]
  if isBuiltin {
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
    let names = list(folder, suffix: ".js").flatMap { name -> [String] in
      let source = SourceFile(name: name, bytes: readFile("\(folder)/\(name)"))
      return selfHostedFunctionNames(parse(source, options: ParseOptions(selfHosted: true)).tree)
    }
    let result = compileSelfHosted(parsed, names: Set(names))
    (blocks, diagnostics) = (result.blocks, result.diagnostics)
  } else {
    let result = compile(parsed)
    (blocks, diagnostics) = (result.code.map { [$0] } ?? [], result.diagnostics)
  }
  for diagnostic in diagnostics {
    print("\(path):\(source.location(at: diagnostic.range.start)): \(diagnostic.message)")
  }
  for block in blocks {
    do { try Verifier.verify(block) } catch { print("\(error)") }
    print(Disassembler(block) { source.line(at: $0) }.textWithNestedCode(), terminator: "")
  }
}

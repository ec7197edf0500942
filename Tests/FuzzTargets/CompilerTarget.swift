import CVMBytecode
import CVMCompiler
import CVMSyntax

extension FuzzTarget {
  /// Every program that is accepted gives code that the verifier accepts, and that is the same when it was written and read.
  static let compiler = FuzzTarget("compiler", words: Corpus.words, seeds: Corpus.programs) { bytes in
    for dialect in [Dialect.javaScript, .typeScript] {
      let tree = parse(SourceFile(name: "fuzz", bytes: bytes), options: ParseOptions(dialect: dialect))
      guard let code = compile(tree, options: CompileOptions(completionValue: true)).code else { continue }
      do {
        try Verifier.verify(code)
        let encoded = CodeBlockCoder.encode(code)
        let decoded = try CodeBlockCoder.decode(encoded)
        require(CodeBlockCoder.encode(decoded) == encoded, "code changes when it is written and read")
      } catch { fatalError("the code of an accepted program is refused: \(error)") }
      _ = Disassembler(code).rows()
    }
  }

  /// Code from elsewhere: what can be read and passes the verifier can be listed and is written as it was.
  static let code = FuzzTarget(
    "code",
    seeds: {
      try Corpus.programs().compactMap { program in
        compile(parse(SourceFile(name: "fuzz", bytes: program))).code.map { CodeBlockCoder.encode($0) }
      }
    }
  ) { bytes in
    guard let code = try? CodeBlockCoder.decode(bytes), (try? Verifier.verify(code)) != nil else { return }
    _ = Disassembler(code).rows()
    let encoded = CodeBlockCoder.encode(code)
    let again = try? CodeBlockCoder.decode(encoded)
    require(again.map { CodeBlockCoder.encode($0) } == encoded, "code changes when it is written and read")
  }
}

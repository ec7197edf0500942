import CVMSyntax

extension FuzzTarget {
  /// Whatever the text, each message about it names a place in it and can be shown.
  static let parser = FuzzTarget("parser", words: Corpus.words, seeds: Corpus.programs) { bytes in
    check(bytes, .javaScript)
    _ = InputCompleteness.check(String(decoding: bytes, as: UTF8.self))
  }

  /// The same with types.
  static let typeScript = FuzzTarget(
    "typescript",
    words: Corpus.words + [
      ": number", "as ", "satisfies ", "interface ", "type ", "enum ", "namespace ", "declare ", "abstract ",
      "readonly ",
      "keyof ", "infer ", "is ", "asserts ", "<T>", "<T,>", "private ", "implements ", "unique symbol", "[]", "|", "&",
      "?:",
    ],
    seeds: Corpus.programs
  ) { check($0, .typeScript) }

  private static func check(_ bytes: [UInt8], _ dialect: Dialect) {
    let source = SourceFile(name: "fuzz", bytes: bytes)
    let result = parse(source, options: ParseOptions(dialect: dialect, selfHosted: true))
    for diagnostic in result.diagnostics {
      require(diagnostic.range.start <= diagnostic.range.end, "a range ends before it begins")
      require(diagnostic.range.start <= UInt32(bytes.count), "a message about a place behind the text")
    }
    let text = DiagnosticRenderer().render(result.diagnostics, in: source)
    require(text.isEmpty != result.hasErrors, "errors that are not shown, or the other way round")
  }
}

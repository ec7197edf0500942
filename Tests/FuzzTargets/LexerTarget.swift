import CVMSyntax

extension FuzzTarget {
  /// Tokens lie in order within the text, and a text is complete or not whatever it is.
  static let lexer = FuzzTarget("lexer", words: Corpus.words, seeds: Corpus.programs) { bytes in
    var end: UInt32 = 0
    for token in scanTokens(SourceFile(name: "fuzz", bytes: bytes)) {
      require(token.range.start >= end && token.range.end >= token.range.start, "tokens overlap at \(end)")
      end = token.range.end
    }
    require(end <= UInt32(bytes.count), "a token ends behind the text")
  }
}

/// Which syntax a source may use besides ECMAScript 2024.
public enum Dialect: Sendable {
  case javaScript
  /// Type syntax is parsed and erased.
  case typeScript
}

/// What `parse` accepts.
public struct ParseOptions: Sendable {
  public var dialect: Dialect
  /// How programs behave whose first line does not say it.
  public var language: LanguageDialect
  /// `%name(args)` is an expression: for the sources of built-ins.
  public var selfHosted: Bool
  /// `await` is an operator outside of functions.
  public var topLevelAwait: Bool
  /// A whole text that can be an object literal is one, as `{a: 1}` at a prompt.
  public var prefersObjectLiteral: Bool
  /// How deep constructs may nest.
  public var nestingLimit: Int
  /// After so many errors the rest of the source is not parsed.
  public var maximumErrorCount: Int

  public init(
    dialect: Dialect = .javaScript, language: LanguageDialect = .js, selfHosted: Bool = false,
    topLevelAwait: Bool = false, prefersObjectLiteral: Bool = false, nestingLimit: Int = 2_000,
    maximumErrorCount: Int = 20
  ) {
    self.dialect = dialect
    self.language = language
    self.selfHosted = selfHosted
    self.topLevelAwait = topLevelAwait
    self.prefersObjectLiteral = prefersObjectLiteral
    self.nestingLimit = nestingLimit
    self.maximumErrorCount = maximumErrorCount
  }
}

/// A tree, complete only when there are no errors, and what was found on the way.
public struct ParseResult: Sendable {
  public let tree: SyntaxTree
  public let diagnostics: [Diagnostic]

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Parses a strict-mode script.
public func parse(_ source: SourceFile, options: ParseOptions = ParseOptions()) -> ParseResult {
  parseWithOutcome(source, options: options).result
}

/// How a text ended that could not be parsed.
struct ParseOutcome {
  var result: ParseResult
  /// The first thing that could not be parsed is the end of the text.
  var stoppedAtEnd: Bool
  var unfinishedToken: Lexer.UnfinishedToken?
}

func parseWithOutcome(_ source: SourceFile, options: ParseOptions) -> ParseOutcome {
  if source.bytes.count > maximumSourceSize {
    let empty = SourceFile(name: source.name, bytes: [])
    var outcome = parseWithOutcome(empty, options: options)
    outcome.result = ParseResult(
      tree: outcome.result.tree, diagnostics: [.sourceTooLarge(limit: maximumSourceSize)])
    return outcome
  }
  return withLargeStack {
    if options.prefersObjectLiteral, let outcome = parsedAsObjectLiteral(source, options) { return outcome }
    var parser = Parser(source: source, options: options)
    let root = parser.parseProgram()
    return parser.finish(root)
  }
}

/// The outcome for a text that begins with `{` and is one expression, or the beginning of one.
private func parsedAsObjectLiteral(_ source: SourceFile, _ options: ParseOptions) -> ParseOutcome? {
  guard source.bytes.first(where: { !isBlank($0) }) == 0x7B, source.bytes.last(where: { !isBlank($0) }) != 0x3B else {
    return nil
  }
  var parser = Parser(source: source, options: options)
  parser.beginsWithObjectLiteral = true
  let root = parser.parseProgram()
  let outcome = parser.finish(root)
  let tree = outcome.result.tree
  guard !outcome.stoppedAtEnd else { return outcome }
  return outcome.result.diagnostics.isEmpty && tree.body(tree.root).count == 1 ? outcome : nil
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

/// Offsets are 32 bits, some indices are signed.
private let maximumSourceSize = 1 << 30

extension Parser {
  consuming func finish(_ root: NodeID) -> ParseOutcome {
    var found = lexer.diagnostics + diagnostics
    found.sort { $0.range.start < $1.range.start }
    // Where two checks fail at one place, the first says enough.
    var lastStart: UInt32?
    found.removeAll { diagnostic in
      defer { lastStart = diagnostic.range.start }
      return diagnostic.range.start == lastStart
    }
    // A slash too few turns the next regular expression inside out.
    var hasOpenPattern = false
    found.removeAll { diagnostic in
      guard diagnostic.isUnterminatedRegExp else { return false }
      defer { hasOpenPattern = true }
      return hasOpenPattern
    }
    if found.count > options.maximumErrorCount { found.removeSubrange(options.maximumErrorCount...) }
    let stoppedAtEnd = stoppedAtEnd
    let unfinished = lexer.unfinished
    let tree = SyntaxTree(
      source: source, root: root, builder: tree, names: lexer.names, hasTopLevelAwait: hasTopLevelAwait,
      topLevelFacts: function.facts, language: language)
    return ParseOutcome(
      result: ParseResult(tree: tree, diagnostics: found), stoppedAtEnd: stoppedAtEnd, unfinishedToken: unfinished)
  }
}

/// Which syntax a source may use besides ECMAScript 2024.
public enum Dialect: Sendable {
  case javaScript
  /// Type syntax is parsed and erased.
  case typeScript
}

/// What `parse` accepts.
public struct ParseOptions: Sendable {
  public var dialect: Dialect
  /// `%name(args)` is an expression: for the sources of built-ins.
  public var selfHosted: Bool
  /// `await` is an operator outside of functions.
  public var topLevelAwait: Bool
  /// How deep constructs may nest.
  public var nestingLimit: Int
  /// After so many errors the rest of the source is not parsed.
  public var maximumErrorCount: Int

  public init(
    dialect: Dialect = .javaScript, selfHosted: Bool = false, topLevelAwait: Bool = false, nestingLimit: Int = 2_000,
    maximumErrorCount: Int = 20
  ) {
    self.dialect = dialect
    self.selfHosted = selfHosted
    self.topLevelAwait = topLevelAwait
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
  var builder = TreeBuilder(capacity: 16)
  let root = builder.add(.program, 0, UInt32(source.bytes.count))
  let tree = SyntaxTree(
    source: source, root: root, builder: builder, names: NameTable(), hasTopLevelAwait: false, topLevelFacts: [])
  return ParseResult(tree: tree, diagnostics: [])
}

import CVMSyntax
import CVMTestSupport
import Testing

/// The parser's side of the language tests: what parses, and where errors are found.
@Suite struct LanguageSyntaxTests {
  /// What the compiler refuses, in `not-yet`, does parse.
  @Test(arguments: try LanguageProgram.all().filter { !$0.name.hasPrefix("not-yet/") })
  func `a program parses, or is refused where its comment says`(program: LanguageProgram) {
    let source = SourceFile(name: program.name, text: program.source)
    let dialect: Dialect = program.name.hasSuffix(".ts") ? .typeScript : .javaScript
    let errors = parse(source, options: ParseOptions(dialect: dialect)).diagnostics.filter { $0.severity == .error }
    guard case .syntaxError(let line, let column, let message) = program.ending else {
      #expect(errors.isEmpty, "\(errors.map { "\(source.location(at: $0.range.start)): \($0.message)" })")
      return
    }
    guard let first = errors.first else {
      Issue.record("expected an error at \(line):\(column)")
      return
    }
    #expect(source.location(at: first.range.start) == SourceLocation(line: line, column: column))
    #expect(first.message.contains(message))
  }
}

import CVMSyntax
import Testing

/// The statements of a program as the dump shows them, without the line of the program itself.
func statements(_ text: String, _ options: ParseOptions = ParseOptions()) -> String {
  let result = parse(SourceFile(name: "test", text: text), options: options)
  let findings = listed(result.diagnostics, in: result.tree.source)
  if !findings.isEmpty { return findings.joined(separator: "\n") }
  return ASTDump.text(of: result.tree).split(separator: "\n").dropFirst().map { $0.dropFirst(2) }
    .joined(separator: "\n")
}

func expectTree(
  _ text: String, _ expected: String, _ options: ParseOptions = ParseOptions(),
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(statements(text, options) == expected, sourceLocation: sourceLocation)
}

/// What is wrong with a program: `1:5-1:6 message`, notes behind it in brackets.
func findings(_ text: String, _ options: ParseOptions = ParseOptions()) -> [String] {
  let result = parse(SourceFile(name: "test", text: text), options: options)
  return listed(result.diagnostics, in: result.tree.source)
}

func findings(_ bytes: [UInt8], _ options: ParseOptions = ParseOptions()) -> [String] {
  let result = parse(SourceFile(name: "test", bytes: bytes), options: options)
  return listed(result.diagnostics, in: result.tree.source)
}

private func listed(_ diagnostics: [Diagnostic], in source: SourceFile) -> [String] {
  diagnostics.map { diagnostic in
    let place = "\(source.location(at: diagnostic.range.start))-\(source.location(at: diagnostic.range.end))"
    let notes = diagnostic.notes.map { " [\(source.location(at: $0.range.start)) \($0.message)]" }
    return "\(place) \(diagnostic.message)" + notes.joined()
  }
}

/// A program and what is expected to be wrong with it.
struct MalformedProgram: CustomTestStringConvertible, Sendable {
  var source: String
  var findings: [String]

  var testDescription: String { source }

  /// Reads a table: lines of a program begin with `> `, what is wrong with it follows.
  static func table(_ text: String) -> [MalformedProgram] {
    var programs: [MalformedProgram] = []
    var isInSource = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("> ") {
        let code = String(line.dropFirst(2))
        if isInSource {
          programs[programs.count - 1].source += "\n" + code
        } else {
          programs.append(MalformedProgram(source: code, findings: []))
        }
        isInSource = true
      } else {
        programs[programs.count - 1].findings.append(String(line))
        isInSource = false
      }
    }
    return programs
  }
}

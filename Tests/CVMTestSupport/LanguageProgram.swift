import Foundation

/// A program of `Tests/Language` with the expectations that its comments state.
///
/// A line of output is stated by `// expect: text` at the end of a line or alone on one, in order; an uncaught error by
/// `// expect uncaught: TypeError: message`, an error before anything runs by
/// `// expect syntax error: line:column beginning of the message`.
public struct LanguageProgram: Sendable, CustomStringConvertible {
  public enum Ending: Equatable, Sendable {
    case done
    case uncaught(String)
    case syntaxError(line: Int, column: Int, message: String)
  }

  /// The path inside `Tests/Language`.
  public let name: String
  public let path: String
  public let source: String
  public let output: [String]
  public let ending: Ending

  init(name: String, directory: String) throws {
    self.name = name
    path = directory + "/" + name
    source = try String(contentsOfFile: path, encoding: .utf8)
    var output: [String] = []
    var uncaught: [String] = []
    var syntaxError: Ending?
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if let text = line.text(after: "// expect:") {
        output.append(text.hasPrefix(" ") ? String(text.dropFirst()) : text)
      } else if let text = line.text(after: "// expect uncaught: ") {
        uncaught.append(text)
      } else if let text = line.text(after: "// expect syntax error: ") {
        syntaxError = try Self.syntaxError(text, in: name)
      }
    }
    self.output = output
    ending = syntaxError ?? (uncaught.isEmpty ? .done : .uncaught(uncaught.joined(separator: "\n")))
  }

  public var description: String { name }

  private static func syntaxError(_ text: String, in name: String) throws -> Ending {
    let parts = text.split(separator: " ", maxSplits: 1)
    let place = parts.first?.split(separator: ":").compactMap { Int($0) } ?? []
    guard place.count == 2 else { throw MalformedExpectation(name: name, text: text) }
    return .syntaxError(line: place[0], column: place[1], message: parts.count == 2 ? String(parts[1]) : "")
  }

  /// An expectation that cannot be read.
  public struct MalformedExpectation: Error, CustomStringConvertible {
    var name: String
    var text: String

    public var description: String { "\(name): expected LINE:COLUMN in `\(text)`" }
  }
}

extension LanguageProgram {
  /// All programs, in the order of their names.
  public static func all(testFile: String = #filePath) throws -> [LanguageProgram] {
    let tests = URL(fileURLWithPath: testFile).deletingLastPathComponent().deletingLastPathComponent()
    let directory = tests.appendingPathComponent("Language").path
    let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".js") || $0.hasSuffix(".ts") }.sorted()
      .map { try LanguageProgram(name: $0, directory: directory) }
  }
}

extension StringProtocol {
  /// The text up to the white space at its end.
  public var trimmedAtEnd: String {
    var rest = self[...]
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}

extension Substring {
  /// The rest of the line, without white space at its end.
  fileprivate func text(after mark: String) -> String? {
    range(of: mark).map { self[$0.upperBound...].trimmedAtEnd }
  }
}

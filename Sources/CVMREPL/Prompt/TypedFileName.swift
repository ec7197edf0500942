/// The name of a file that is being typed in a command: as it is, in quotes, or with backslashes in front of blanks.
struct TypedFileName {
  /// The name without what only quotes.
  private(set) var name: String
  /// Where it begins in the line, in UTF-8.
  let start: Int
  /// Whether its last quotation mark is there.
  private(set) var isClosed = false
  private var quote: Character?
  private var usesBackslashes = false
  private let keepsBlanks: Bool

  /// A name as it was typed; `keepsBlanks` says whether blanks may stand in it without quotes.
  init(text: Substring, start: Int, keepsBlanks: Bool) {
    self.start = start
    self.keepsBlanks = keepsBlanks
    if let first = text.first, first == "\"" || first == "'" {
      quote = first
      name = String(text.dropFirst())
      if name.last == first {
        name.removeLast()
        isClosed = true
      }
    } else {
      usesBackslashes = text.contains("\\ ")
      name = String(text).replacing("\\ ", with: " ")
    }
  }

  /// The name at the end of a command line; nil where none is expected.
  init?(_ before: String, _ spec: CommandSpec) {
    let words = CommandLineText.typedWords(before)
    let end = before.utf8.count
    let isInWord = words.count > 1 && words[words.count - 1].range.upperBound == end
    let current =
      isInWord ? words[words.count - 1] : CommandLineText.Word(text: before[before.endIndex...], range: end..<end)
    let earlier = words.dropLast(isInWord ? 1 : 0)
    if [">", ">>"].contains(earlier.last?.text) || earlier.last.map({ Self.takesFile($0.text, spec) }) == true {
      self.init(text: current.text, start: current.range.lowerBound, keepsBlanks: false)
      return
    }
    guard spec.kind == .file, !current.text.hasPrefix("-"),
      !earlier.contains(where: { ">|".contains($0.text.prefix(1)) })
    else { return nil }
    var arguments = words.dropFirst()
    while let word = arguments.first, word.text.hasPrefix("--"), word.range != current.range {
      arguments.removeFirst()
      let takesValue = spec.allOptions.contains { "--\($0.name)" == word.text && $0.value != nil }
      if takesValue, !arguments.isEmpty { arguments.removeFirst() }
    }
    guard !arguments.dropFirst().contains(where: { $0.text.hasPrefix("--") }) else { return nil }
    let start = arguments.first?.range.lowerBound ?? end
    let text = before.utf8.dropFirst(start)
    self.init(text: before[text.startIndex...], start: start, keepsBlanks: true)
  }

  private static func takesFile(_ word: Substring, _ spec: CommandSpec) -> Bool {
    spec.allOptions.contains { "--\($0.name)" == word && $0.value == "FILE" }
  }

  /// How a longer name is typed in the same way.
  func written(_ path: String, isFolder: Bool) -> String {
    let path = path + (isFolder ? "/" : "")
    if let quote { return "\(quote)\(path)\(isFolder ? "" : String(quote))" }
    if usesBackslashes { return path.replacing(" ", with: "\\ ") }
    guard path.contains(" "), !keepsBlanks || path.contains("  ") else { return path }
    return "\"\(path)\(isFolder ? "" : "\"")"
  }
}

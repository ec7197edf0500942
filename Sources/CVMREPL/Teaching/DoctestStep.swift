import CVMReport

/// A statement or command of a transcript with what was answered, and what the heap was then.
struct DoctestStep: Equatable {
  enum Picture: Equatable {
    /// In characters, as in notes.
    case drawing(String)
    /// In words, as in pages.
    case words(String)
  }

  var line: Int
  var typed: String
  var expected: String
  /// Nil where the transcript has none.
  var sentences: [String]?
  var picture: Picture?

  /// Whether the answer begins with a line of carets.
  var beginsWithCarets: Bool {
    let line = expected.prefix { $0 != "\n" }
    return line.contains("^") && line.allSatisfy { $0 == " " || $0 == "^" }
  }

  /// Reads a page, notes, or plain text.
  static func read(_ text: String) -> [DoctestStep] {
    guard text.hasPrefix("<!DOCTYPE html>"),
      let session = part(of: text[...], "<pre id=\"session\" tabindex=\"0\">", "</pre>")
    else {
      var reader = DoctestReader()
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        reader.take(line, index + 1)
      }
      return reader.steps
    }
    var steps = read(Markup.unescaped(String(session)))
    let sections = text.split(separator: "<section class=\"step\"").dropFirst()
    guard sections.count == steps.count else { return steps }
    for (index, section) in sections.enumerated() {
      guard section.contains(">Statement ") else { continue }
      steps[index].sentences = items(of: part(of: section, "<ul class=\"words\">", "</ul>"))
      let picture = part(of: section, "<summary>The picture in words</summary>", "</details>")
      steps[index].picture = .words(items(of: picture).map { $0 + "\n" }.joined())
    }
    return steps
  }

  private static func part(of text: Substring, _ start: String, _ end: String) -> Substring? {
    guard let start = text.firstRange(of: start), let end = text[start.upperBound...].firstRange(of: end) else {
      return nil
    }
    return text[start.upperBound..<end.lowerBound]
  }

  /// The items of a list.
  private static func items(of list: Substring?) -> [String] {
    var items: [String] = []
    var rest = list ?? ""
    while let item = part(of: rest, "<li>", "</li>") {
      items.append(Markup.unescaped(String(item)))
      rest = rest[item.endIndex...]
    }
    return items
  }
}

/// Reads notes or plain text line by line.
private struct DoctestReader {
  private(set) var steps: [DoctestStep] = []
  private var isInside = false
  private var takesInput = false
  /// The fence of the block that goes on.
  private var fence: Substring?
  private var picture: String?
  /// The notes have sentences and drawings wherever there are any.
  private var isWhole = false

  mutating func take(_ line: Substring, _ number: Int) {
    if line == TranscriptDocument.notesMark, steps.isEmpty { isWhole = true }
    if let picture {
      if line == fence {
        steps[steps.count - 1].picture = .drawing(picture)
        (self.picture, fence) = (nil, nil)
      } else {
        self.picture = picture + line + "\n"
      }
      return
    }
    if let fence, line == fence { return close() }
    if fence == nil, line.hasPrefix("```") { return open(line) }
    if line.hasPrefix(TranscriptDocument.prompt) {
      let typed = String(line.dropFirst(TranscriptDocument.prompt.count))
      var step = DoctestStep(line: number, typed: typed, expected: "")
      if isWhole, !typed.hasPrefix(":") { (step.sentences, step.picture) = ([], .drawing("")) }
      steps.append(step)
      (isInside, takesInput) = (true, true)
    } else if isInside, takesInput, line.hasPrefix(TranscriptDocument.continuation) || line == "...>" {
      steps[steps.count - 1].typed += "\n" + line.dropFirst(TranscriptDocument.continuation.count)
    } else if isInside {
      takesInput = false
      steps[steps.count - 1].expected += line + "\n"
    } else if isWhole, line.hasPrefix("- "), !steps.isEmpty {
      steps[steps.count - 1].sentences?.append(Self.unescaped(line.dropFirst(2)))
    }
  }

  private mutating func close() { (fence, isInside) = (nil, false) }

  private mutating func open(_ line: Substring) {
    fence = line.prefix { $0 == "`" }
    isInside = false
    if isWhole, !steps.isEmpty, line.drop(while: { $0 == "`" }) == TranscriptDocument.pictureLanguage { picture = "" }
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }
}

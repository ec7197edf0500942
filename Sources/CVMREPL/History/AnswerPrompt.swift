/// Asks for an answer on a terminal, line by line.
enum AnswerPrompt {
  static let prompt = "answer> "

  static func ask(_ question: String, _ console: Console) -> Answer {
    console.writeError("CC: \(question)\n\(prompt)")
    console.flush()
    guard let line = readLine(strippingNewline: true) else {
      console.writeError("\n")
      return .wait
    }
    return meaning(of: line)
  }

  /// `:pause` and `:abort` are no answers; `::` at the start stands for a colon.
  static func meaning(of line: String) -> Answer {
    switch line {
    case ":pause", ":p": .wait
    case ":abort": .abort
    default: .text(line.hasPrefix("::") ? String(line.dropFirst()) : line)
    }
  }
}

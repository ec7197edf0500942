/// Takes prompts out of text that was copied from a terminal.
enum PromptMarks {
  private static let prompts = [EditedInput.prompt, EditedInput.waitingPrompt, EditedInput.stoppedPrompt, "cvm>"]
  private static let continuations = [EditedInput.continuationPrompt, "  ... ", "...>"]

  private enum Kind { case prompt, continuation, result, other }

  /// The text without prompts, if its first line begins with one, and without the answers between them.
  static func removed(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var kinds = lines.map(kind)
    guard let first = kinds.firstIndex(of: .prompt), kinds[..<first].allSatisfy({ $0 == .result }) else { return text }
    // What looks like a continuation but follows an answer is a part of the answer.
    for index in kinds.indices where kinds[index] == .continuation {
      if index == 0 || ![.prompt, .continuation].contains(kinds[index - 1]) { kinds[index] = .other }
    }
    let isTranscript = kinds.contains(.continuation) || kinds[(first + 1)...].contains(.prompt)
    var typed: [Substring] = []
    for (line, kind) in zip(lines, kinds).dropFirst(first) {
      switch kind {
      case .prompt, .continuation: typed.append(withoutMark(line))
      case .result where !isTranscript:
        // Nothing that was typed follows a result without a prompt in front.
        return typed.joined(separator: "\n")
      case .other where !isTranscript:
        // Perhaps only the first prompt was copied.
        typed.append(line)
      case .result, .other: break
      }
    }
    return typed.joined(separator: "\n")
  }

  private static func kind(_ line: Substring) -> Kind {
    if prompts.contains(where: line.hasPrefix) { return .prompt }
    if continuations.contains(where: line.hasPrefix) { return .continuation }
    return isResult(line) ? .result : .other
  }

  private static func withoutMark(_ line: Substring) -> Substring {
    line.dropFirst((prompts + continuations).first(where: line.hasPrefix)?.count ?? 0)
  }

  /// `$12 = ` or `_ = ` at the start of a line.
  private static func isResult(_ line: Substring) -> Bool {
    let rest =
      line.hasPrefix("$") ? line.dropFirst().drop(while: \.isNumber) : line.dropFirst(line.first == "_" ? 1 : 0)
    return rest.startIndex > line.startIndex && rest.hasPrefix(" = ")
  }
}

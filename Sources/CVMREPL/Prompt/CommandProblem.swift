/// Finds what can't become a command, whatever is typed at its end.
enum CommandProblem {
  /// The bytes of the first word in front of the cursor that begins no command, no option and no value of one.
  static func find(in text: String, cursor: Int) -> Range<Int>? {
    let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
    guard !before.utf8.contains(0x0A) else { return nil }
    let words = CommandLineText.typedWords(before)
    guard let first = words.first, first.text.hasPrefix(":") else { return nil }
    let isOpen = first.range.upperBound == before.utf8.count
    guard let spec = spec(first.text.dropFirst(), isOpen: isOpen) else {
      return canBegin(first.text.dropFirst(), isOpen) ? nil : first.range
    }
    return spec.flatMap { problem(in: words.dropFirst(), of: $0, end: before.utf8.count) }
  }

  /// The command that a word means; `.some(nil)` while another may be meant as well.
  private static func spec(_ word: Substring, isOpen: Bool) -> CommandSpec?? {
    if isOpen { return canBegin(word, true) ? .some(nil) : nil }
    if let command = try? CommandTable.find(String(word)) { return command.spec }
    return word.isEmpty ? .some(nil) : nil
  }

  private static func canBegin(_ word: Substring, _ isOpen: Bool) -> Bool {
    guard isOpen else { return false }
    // What follows a sign is a redirection.
    let name = word.prefix { $0 != "|" && $0 != ">" }
    if CommandTable.specs.contains(where: { spec in ([spec.name] + spec.aliases).contains { $0.hasPrefix(name) } }) {
      return true
    }
    return CommandTable.shortForms.keys.contains { $0.hasPrefix(name) }
  }

  private static func problem(
    in words: ArraySlice<CommandLineText.Word>, of spec: CommandSpec, end: Int
  ) -> Range<Int>? {
    var choices: [String] = []
    for word in words {
      let isOpen = word.range.upperBound == end
      if !choices.isEmpty {
        let fits = choices.contains { isOpen ? $0.hasPrefix(word.text) : $0 == word.text }
        if !fits { return word.range }
        choices = []
        continue
      }
      if word.text.hasPrefix("|") || word.text.hasPrefix(">") || word.text == spec.codeMark ?? "" { return nil }
      guard word.text.hasPrefix("--") else {
        if spec.kind == .code { return nil }
        continue
      }
      let parts = word.text.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, isWhole) = (parts[0], !isOpen || parts.count > 1)
      guard let option = spec.allOptions.first(where: { isWhole ? $0.name == name : $0.name.hasPrefix(name) }) else {
        return word.range
      }
      if isWhole, parts.count == 1, option.value != nil { choices = option.choices }
    }
    return nil
  }
}

/// All commands, and how what was typed finds one.
public enum CommandTable {
  static let all: [any (Command & Sendable).Type] = [
    HelpCommand.self, QuitCommand.self, LoadCommand.self, VarsCommand.self, HeapCommand.self, ShowCommand.self,
    RefsCommand.self, CollectCommand.self, CheckpointCommand.self, DisassembleCommand.self,
  ]

  /// What all commands say about themselves.
  public static var specs: [CommandSpec] { all.map { $0.spec } }

  /// Short forms whose meaning stays, whatever commands are added.
  private static let defaults = ["ch": "checkpoint", "h": "help", "q": "quit", "d": "disasm"]

  /// The command that a word means: by name or alias, by a declared short form, or by a unique beginning.
  static func find(_ word: String) throws(CommandError) -> any Command.Type {
    if let exact = all.first(where: { $0.spec.name == word || $0.spec.aliases.contains(word) }) { return exact }
    if let name = defaults[word], let command = all.first(where: { $0.spec.name == name }) { return command }
    let shown = String(word.prefix(40))
    guard !word.isEmpty else { throw .usage("A command needs a name, such as :help") }
    let candidates = all.filter { $0.spec.name.hasPrefix(word) }
    if candidates.count == 1 { return candidates[0] }
    if candidates.count > 1 {
      throw .usage(":\(shown) could be \(candidates.map { ":\($0.spec.name)" }.joined(separator: ", "))")
    }
    let names = all.flatMap { [$0.spec.name] + $0.spec.aliases }
    guard let question = Suggestions.question(":\(word)", among: names.map { ":\($0)" }) else {
      throw .usage("There is no command :\(shown). :help lists them all.")
    }
    throw .usage("There is no command :\(shown). \(question)")
  }
}

extension Session {
  /// Runs a command line, with or without the colon in front.
  @discardableResult
  public func command(_ line: String) -> ExitStatus {
    let status = runCommand(line)
    console.flush()
    return status
  }

  private func runCommand(_ line: String) -> ExitStatus {
    var text = line[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    if text.first == ":" { text.removeFirst() }
    let word = text.prefix { !$0.isWhitespace }
    do throws(CommandError) {
      let command = try CommandTable.find(String(word))
      let call = try CommandCall(text[word.endIndex...], for: command.spec)
      let answer = try command.run(call, in: self)
      if options.isJSON || call.has("json") {
        console.write(answer.json())
      } else {
        console.write(answer.text())
      }
      return answer.status
    } catch {
      console.writeError(error.message + "\n")
      return error.status
    }
  }
}

import CVMReport

/// `:save`: the session as a file, or what was typed.
enum SaveCommand: Command {
  static let spec = CommandSpec(
    name: "save", category: .session, argument: "FILE", kind: .file, rule: .optional,
    summary: "writes the session into a file for :open, or what was typed",
    discussion:
      "FILE.cvms holds statements, results, checkpoints and branches, each with its heap; nothing runs again when it is "
      + "opened. What could be undone can't be any more there. Without FILE: into the session's own file. A file with "
      + "another ending gets the statements as text, for :source.",
    examples: [
      .init(":save lesson.cvms", setup: ["let q = 1"]), .init(":save session.txt", setup: ["let q = 1"]),
    ])

  static let ending = ".cvms"

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let path = call.argument.isEmpty ? session.file ?? "" : Redirection.expanded(call.argument)
    guard !path.isEmpty else {
      throw .usage("This session has no file yet: :save NAME\(ending), as in  \(spec.examples[0].line)")
    }
    let statements = session.history.entries.filter { $0.number != nil }
    let size: Int
    if path.hasSuffix(ending) {
      size = try session.save(to: path)
      session.file = path
    } else {
      let text = statements.map { $0.text + "\n" }.joined()
      _ = try Redirection.file(path: path, appends: false).write(text, to: session.console)
      size = text.utf8.count
    }
    var parts = [Numbers.counted(UInt64(statements.count), "statement")]
    if path.hasSuffix(ending) {
      if session.branches.entries.count > 1 { parts.append("\(session.branches.entries.count) branches") }
      if !session.checkpoints.isEmpty {
        parts.append(Numbers.counted(UInt64(session.checkpoints.count), "checkpoint"))
      }
    }
    parts.append(ByteCount.text(UInt64(size)))
    return CommandAnswer("\(path): \(parts.joined(separator: ", "))", "save", options: session.options.rendering) {
      $0.member("file", path)
      $0.member("statements", statements.count)
      $0.member("bytes", size)
    }
  }
}

import CVMReport

/// `:quit`: leaves the session.
enum QuitCommand: Command {
  static let spec = CommandSpec(
    name: "quit", aliases: ["exit"], category: .session, summary: "leaves", examples: [.init(":quit")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    session.isFinished = true
    return CommandAnswer(
      text: { "" }, json: { JSONWriter.text { $0.report("quit") { _ in } } })
  }
}

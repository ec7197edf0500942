import CVMHeapGraph
import CVMReport
import Glibc

/// `:recover`: goes on with a session whose process was killed.
enum RecoverCommand: Command {
  static let spec = CommandSpec(
    name: "recover", category: .session, argument: "N", rule: .optional,
    options: [
      .init("drop", "gives it up instead; without N all of them"),
      .init("script", value: "FILE", "writes only what was typed into a file"),
    ],
    table: .init(["number", "statements", "last", "ended"]),
    summary: "goes on with a session that was killed, or replaced by :open or :reset",
    discussion:
      "Nothing runs again. Without N: the only one there is, or a list of them, the newest first. What is here "
      + "now takes its place in the list.",
    examples: [.init(":recover --drop")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let left = LeftJournal.all(in: session.options.stateFolder)
    var kept: LeftJournal?
    defer { for journal in left where journal !== kept { journal.release() } }
    let options = session.options.rendering
    if call.argument.isEmpty, call.has("drop") {
      for journal in left { journal.remove() }
      return CommandAnswer(
        "\(Numbers.counted(UInt64(left.count), "session")) given up.", "recover", options: options
      ) { $0.member("dropped", left.count) }
    }
    guard !left.isEmpty else {
      return CommandAnswer("There is no session to recover.", "recover", options: options) { $0.list("rows") { _ in } }
    }
    if call.argument.isEmpty, left.count > 1 {
      return CommandAnswer(
        AnalysisResult(name: "recover", body: .table(call.arranged(table(left)))), options: options)
    }
    guard let number = call.argument.isEmpty ? 1 : Int(call.argument), left.indices.contains(number - 1) else {
      throw .notFound("There is no session \(call.argument.prefix(40)) to recover: :recover lists them.")
    }
    let chosen = left[number - 1]
    if call.has("drop") {
      chosen.remove()
      return CommandAnswer("Session \(number) given up.", "recover", options: options) { $0.member("dropped", 1) }
    }
    if let path = call.value("script") {
      let text = chosen.statements.map { $0.text + "\n" }.joined()
      _ = try Redirection.file(path: path, appends: false).write(text, to: session.console)
      return CommandAnswer(
        "\(path): \(Numbers.counted(UInt64(chosen.statements.count), "statement"))", "recover", options: options
      ) { $0.member("file", path) }
    }
    do throws(CommandError) { try session.recover(chosen) } catch {
      throw CommandError(
        status: error.status, message: "\(error.message)\n:recover \(number) --script FILE writes what was typed there."
      )
    }
    kept = chosen
    return answer(chosen, session)
  }

  private static func answer(_ left: LeftJournal, _ session: Session) -> CommandAnswer {
    let question = session.waiting.map { _ in session.machine.vm.text(session.machine.pausedPrompt) }
    let place = "now at [\(session.currentStatement)] on \(session.branches.current)"
    let waiting = question.map { ". Paused at CC: \($0)   (:answer TEXT, :abort)" } ?? ""
    let statements = left.statements.count
    return CommandAnswer(
      "recovered \(Numbers.counted(UInt64(statements), "statement")), \(place)\(waiting)", "recover",
      options: session.options.rendering
    ) { writer in
      writer.member("statements", statements)
      writer.member("statement", session.currentStatement)
      writer.member("branch", session.branches.current)
      writer.member("paused", question != nil)
    }
  }

  private static func table(_ left: [LeftJournal]) -> ResultTable {
    let now = time(nil)
    return ResultTable(
      columns: [
        .init("number"), .init("statements"), .init("last", .left, isFlexible: true), .init("ended", .left),
      ],
      rows: left.enumerated().map { index, journal in
        let line = journal.statements.last?.text.split(separator: "\n").first.map(String.init) ?? ""
        return [
          .count(UInt64(index + 1)), .count(UInt64(journal.statements.count)), .text(line),
          .text("\(Numbers.duration(seconds: Double(max(now - journal.time, 1)))) ago"),
        ]
      })
  }
}

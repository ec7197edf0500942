import CVMReport
import CVMRuntime

/// `:explain`: what a statement did to the references, in words.
enum ExplainCommand: Command {
  static let spec = CommandSpec(
    name: "explain", category: .teach, argument: "N", rule: .optional,
    summary: "says in words what the last statement, or statement N, did to the references",
    examples: [.init(":explain", setup: ["let q = p"]), .init(":explain 1", setup: ["let q = p", "q.x = 5"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":explain")
    guard let history = session.machine.history else { throw .notFound("There is no history here.") }
    let options = session.options.rendering
    let number = try call.argument.isEmpty ? session.latestNumber : Moments.statement(call.argument)
    guard number > 0 else { throw .notFound("There is no statement yet.") }
    let records = history.undoable.compactMap { $0 as? StatementRecord }
    guard let index = records.lastIndex(where: { $0.number == number }) else {
      return try withoutEffect(number, session)
    }
    let steps = index - records.count
    let (before, after) = (
      session.atMoment(steps) { session.picture() }, session.atMoment(steps + 1) { session.picture() }
    )
    guard let before, let after, before.isWhole, after.isWhole else {
      throw .usage("The heap is too large to be explained object by object: :diff lists what changed.")
    }
    let sentences = ReferenceSentences(from: before, to: after)
    var all = sentences.all()
    if all.isEmpty { all = ["No variable, no slot and no object of yours changed."] }
    let title = records[index].title
    return CommandAnswer(
      text: { text(title, all, options) },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("explain") { writer in
            writer.member("statement", number)
            writer.list("sentences") { writer in for sentence in all { writer.string(sentence) } }
            PictureJSON.write(sentences.difference, to: &writer)
          }
        }
      })
  }

  private static func text(_ title: String, _ sentences: [String], _ options: RenderOptions) -> String {
    let head = TextLayout.ellipsized(
      TextLayout.printable(title, isASCII: options.isASCII), to: options.width, isASCII: options.isASCII)
    let lines = sentences.flatMap {
      TextLayout.wrapped("  " + TextLayout.printable($0, isASCII: options.isASCII), to: options.width, indent: "    ")
    }
    return ([head] + lines).map { $0 + "\n" }.joined()
  }

  /// A statement that made no step of the history.
  private static func withoutEffect(_ number: Int, _ session: Session) throws(CommandError) -> CommandAnswer {
    let entry = session.history.statement(number)
    if number <= session.firstStatement, number <= session.latestNumber {
      throw .notFound(
        "[\(number)] belongs to the time before this heap began, with [\(session.firstStatement)]: it can't be looked at "
          + "any more.")
    }
    guard number <= session.latestNumber, entry != nil || number == session.latestNumber else {
      throw .notFound("There is no statement [\(number)] to explain.")
    }
    let failed = session.machine.history?.hasFailure == true && number == session.latestNumber
    let line = entry?.text.split(separator: "\n").first.map { " \($0.prefix(60))" } ?? ""
    let sentence =
      failed
      ? "[\(number)]\(line) failed, and everything that it had done was taken back: the references are as before."
      : "[\(number)]\(line) changed nothing that is still there: no variable, no slot, no object. Reading and "
        + "comparing move no arrow."
    return CommandAnswer(sentence, "explain", options: session.options.rendering) { writer in
      writer.member("statement", number)
      writer.list("sentences") { $0.string(sentence) }
    }
  }
}

extension Session {
  /// The number of the last statement that was typed, or of the one that the heap is at after going back.
  var latestNumber: Int { machine.history?.redoableCount ?? 0 > 0 ? currentStatement : statementNumber }
}

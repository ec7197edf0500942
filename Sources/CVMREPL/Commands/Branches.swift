import CVMHeapGraph
import CVMReport

/// `:fork`: begins a branch.
enum ForkCommand: Command {
  static let spec = CommandSpec(
    name: "fork", category: .time, argument: "NAME", rule: .required,
    summary: "begins a branch at this moment, and goes on there",
    discussion: "The branch that you leave goes back to its end and stays as it is: :switch returns to it. Each has "
      + "its own heap, results and :undo; an object's id is given once in all of them.",
    examples: [.init(":fork idea", setup: ["let a = [1]"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let name = try Branches.name(call.argument, in: session)
    let left = session.branches.current
    try session.fork(name)
    let begin = session.currentStatement
    let stays = session.parkedBranch(named: left)?.statement ?? 0
    return CommandAnswer(
      "now on branch \(name) at [\(begin)]; \(left) stays at [\(stays)].   :switch \(left)   :diff \(left)", "fork",
      options: session.options.rendering
    ) { writer in
      writer.member("branch", name)
      writer.member("statement", begin)
      writer.member("left", left)
    }
  }
}

/// `:switch`: goes on with another branch.
enum SwitchCommand: Command {
  static let spec = CommandSpec(
    name: "switch", category: .time, argument: "NAME", kind: .branch, rule: .required,
    summary: "goes on with another branch", discussion: "What was undone there can still be done again.",
    examples: [.init(":switch main", setup: ["let a = [1]", ":fork idea"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let name = call.argument
    let options = session.options.rendering
    let left = session.branches.current
    if name == left {
      return CommandAnswer("Already on branch \(name).", "switch", options: options) { $0.member("branch", name) }
    }
    guard session.parkedBranch(named: name) != nil else { throw Branches.unknown(name, in: session) }
    session.switchBranch(to: name)
    let statement = session.currentStatement
    let question = session.waiting.map { _ in
      ". Paused at CC: \(session.machine.vm.text(session.machine.pausedPrompt))   (:answer TEXT, :abort)"
    }
    return CommandAnswer(
      "now on branch \(name) at [\(statement)]\(question ?? ".   :diff \(left)")", "switch", options: options
    ) { writer in
      writer.member("branch", name)
      writer.member("statement", statement)
      writer.member("left", left)
      writer.member("paused", question != nil)
    }
  }
}

/// `:branches`: lists them.
enum BranchesCommand: Command {
  static let spec = CommandSpec(
    name: "branches", category: .time, options: [.init("drop", value: "NAME", "gives a branch up")],
    table: .init(["branch", "at", "steps", "from", "heap"]),
    summary: "lists the branches of this session", discussion: "The one in use has a > in front.",
    examples: [.init(":branches", setup: ["let a = [1]", ":fork idea"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let options = session.options.rendering
    if let name = call.value("drop") {
      guard name != session.branches.current else {
        throw .usage("\(name) is in use: :switch to another branch first.")
      }
      guard session.parkedBranch(named: name) != nil else { throw Branches.unknown(name, in: session) }
      session.branches.remove(name)
      return CommandAnswer("Gave branch \(name) up.", "branches", options: options) { $0.member("dropped", name) }
    }
    let rows = session.branches.entries.map { entry -> [ResultCell] in
      let branch = entry.parked ?? session.parkedNow
      let from = entry.origin.map { "\($0.branch) [\($0.statement)]" } ?? ""
      return [
        .text((entry.parked == nil ? ">" : " ") + entry.name), .text("[\(branch.statement)]"),
        .count(UInt64(branch.machine.history?.undoableCount ?? 0)), .text(from),
        .bytes(UInt64(branch.machine.imagePages.count)),
      ]
    }
    let table = ResultTable(
      columns: [
        .init("branch", .left, isFlexible: true), .init("at", .left), .init("steps"), .init("from", .left),
        .init("heap"),
      ], rows: rows)
    return CommandAnswer(AnalysisResult(name: "branches", body: .table(call.arranged(table))), options: options)
  }
}

extension Branches {
  /// A name that a new branch may have.
  static func name(_ text: String, in session: Session) throws(CommandError) -> String {
    let isWord = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0)
    }
    guard isWord, text.utf8.count <= 60, text != "now", Int(text) == nil else {
      throw .usage("A branch's name is one word of letters, digits, _ - and . that is no number: \(text.prefix(40))")
    }
    guard session.branches.entry(text) == nil else { throw .usage("There is a branch \(text): :switch \(text)") }
    guard session.checkpoint(named: text) == nil else {
      throw .usage("There is a checkpoint \(text); take another name.")
    }
    return text
  }

  static func unknown(_ name: String, in session: Session) -> CommandError {
    let names = session.branches.entries.map(\.name)
    let question = Suggestions.question(name, among: names).map { " \($0)" } ?? " :branches lists them."
    return .notFound("There is no branch \(name.prefix(40)).\(question)")
  }
}

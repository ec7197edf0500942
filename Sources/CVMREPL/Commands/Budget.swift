import CVMReport
import CVMSnapshot

/// `:budget`: how large a checkpoint may become.
enum BudgetCommand: Command {
  static let spec = CommandSpec(
    name: "budget", category: .time, argument: "SIZE|off", rule: .optional,
    summary: "warns at the statement that makes a checkpoint of the heap larger than SIZE",
    discussion: "The size of the portable encoding counts, as :checkpoint shows it. Without SIZE: what is used of it.",
    examples: [.init(":budget 2MB"), .init(":budget", setup: ["let q = [1]", ":budget 2MB"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let options = session.options.rendering
    if call.argument == "off" {
      session.budget = nil
      return CommandAnswer("No budget.", "budget", options: options) { $0.member("on", false) }
    }
    if !call.argument.isEmpty {
      guard let limit = Quantity.bytes(call.argument), limit > 0 else {
        throw .usage("\(call.argument.prefix(40)) is no size: 500KB, 2MB, 1.5GB or a number of bytes")
      }
      session.budget = Budget(limit: limit)
    }
    guard session.budget != nil else {
      return CommandAnswer("No budget: :budget 2MB sets one.", "budget", options: options) { $0.member("on", false) }
    }
    try session.measureBudget()
    guard let budget = session.budget else { return CommandAnswer("", "budget", options: options) { _ in } }
    let sentence =
      "A checkpoint takes \(ByteCount.text(UInt64(budget.used))) of \(ByteCount.text(UInt64(budget.limit)))"
      + (budget.isCrossed ? ": more than the budget. :checkpoint says what takes it." : ".")
    return CommandAnswer(sentence, "budget", options: options) { writer in
      writer.member("on", true)
      writer.member("limit", budget.limit)
      writer.member("used", budget.used)
      writer.member("crossed", budget.isCrossed)
    }
  }
}

/// How large a checkpoint may become, and how large it was when last measured.
struct Budget {
  let limit: Int
  private(set) var used = 0
  private(set) var isCrossed = false
  /// What the heap had handed out when it was measured.
  private var allocated = 0
  private var written = 0
  private var seconds = 0.0
  private var statementsSince = 0
  private var isMeasured = false

  init(limit: Int) { self.limit = limit }

  /// Whether it may have been crossed since it was measured: a checkpoint does not grow more than what was allocated
  /// and written over. Once crossed, measuring takes no more than a part of the time.
  mutating func isDue(allocated now: Int, written bytes: Int) -> Bool {
    statementsSince += 1
    written += bytes
    guard isMeasured else { return true }
    if isCrossed { return seconds < 0.02 || statementsSince >= 32 }
    return used + max(now - allocated, 0) + written * 2 > limit
  }

  /// The heap is another one.
  mutating func forget() { isMeasured = false }

  /// Whether the measure crosses the budget now, which it did not before.
  mutating func note(used: Int, allocated: Int, seconds: Double) -> Bool {
    let wasCrossed = isCrossed
    (self.used, self.allocated, self.seconds, statementsSince) = (used, allocated, seconds, 0)
    isCrossed = used > limit
    return isCrossed && !wasCrossed
  }
}

extension Session {
  /// Measures what a checkpoint of now would take; whether that crosses the budget.
  @discardableResult
  func measureBudget() throws(CommandError) -> Bool {
    let clock = Stopwatch()
    let size = try makeCheckpoint().byteCount
    return budget?.note(used: size, allocated: machine.heapBytesAllocated, seconds: clock.seconds) ?? false
  }

  /// Warns when the statement that just ended crossed the budget.
  func watchBudget() {
    let written = machine.history?.newestByteCount ?? 0
    guard budget?.isDue(allocated: machine.heapBytesAllocated, written: written) == true,
      let crosses = try? measureBudget(), crosses, let budget
    else { return }
    console.writeError(
      "Over the budget: a checkpoint takes \(ByteCount.text(UInt64(budget.used))) now, more than "
        + "\(ByteCount.text(UInt64(budget.limit))). :checkpoint says what takes it, :undo takes [\(currentStatement)] back.\n"
    )
  }
}

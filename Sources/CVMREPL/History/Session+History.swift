import CVMBytecode
import CVMRuntime
import CVMSyntax

/// What a person says when a program asks.
public enum Answer: Sendable {
  case text(String)
  /// The program shall wait, so that its heap can be looked at.
  case wait
  /// The statement shall be given up.
  case abort
}

extension Session {
  /// Whether a statement that fails is taken back.
  var takesBack: Bool { options.isAtomic && machine.history != nil }

  /// Makes a finished statement one that can be undone.
  ///
  /// One that changed nothing is none: what had been undone before it can still be done again.
  func commit(_ statement: RunningStatement) {
    guard let history = machine.history,
      history.hasOpenChanges(ignoring: results.boundNames) || statement.answer != nil || stopCount(of: statement) > 0
        || files.writtenPaths.count > statement.writtenBefore
    else {
      machine.history?.discardOpenChanges()
      results.restoreBindings(of: statement.resultsBefore)

      if options.showsEffects, statement.use == .shown { write("  (nothing in the heap changed)\n") }
      return
    }
    let ending: StatementRecord.Ending = statement.answer.map { .answered($0) } ?? .completed
    let stops = stopCount(of: statement)
    let record = StatementRecord(statement, ending, session: self)
    history.commit(record)
    history.mergeNewest(stops + 1, record)
    if options.showsEffects, statement.use == .shown { showEffects(of: statement) }
  }

  /// Says what the last statement did to the heap.
  private func showEffects(of statement: RunningStatement) {
    guard let difference = try? HeapDifference.between(.steps(-1), .steps(0), in: self) else { return }
    for line in difference.summaryLines(limit: 8, width: options.width) { write(line + "\n") }
    for path in writtenPaths(since: statement.writtenBefore) { write("  wrote \(path)\n") }
  }

  /// Takes back what a failed statement did, or keeps it where the session says so.
  func rollBack(_ statement: RunningStatement, _ completion: Completion) {
    guard let history = machine.history else { return }
    let record = StatementRecord(statement, .failed, session: self)
    let stops = stopCount(of: statement)
    guard takesBack else {
      history.commit(record)
      return history.mergeNewest(stops + 1, record)
    }
    let changed = stops > 0 || history.hasOpenChanges(ignoring: results.boundNames)
    history.rollBack(record, withNewest: stops)
    let after = results.mark
    results.restore(statement.resultsBefore, in: machine)
    results.keepError(of: after, in: machine)
    // A failed answer leaves the question open.
    if statement.answer != nil { wait(for: history.newestUndoable as? StatementRecord) }
    let written = writtenPaths(since: statement.writtenBefore)
    if changed || !written.isEmpty {
      let rest = written.isEmpty ? "." : ", but written: \(written.joined(separator: ", "))."
      console.writeError("Nothing was changed (statement rolled back)\(rest)\n")
    }
    if waiting != nil { sayWaiting() }
  }

  /// Takes back what an expression of a command did; the value stays.
  func takeBackExpression(_ mark: ResultNames.Mark) {
    guard let history = machine.history else { return machine.abandonRun() }
    if waiting == nil, stopped == nil { machine.abandonRun() }
    history.discardOpenChanges()
    results.restoreBindings(of: mark)
  }

  // MARK: CC

  /// Goes on after each `CC` as long as there is an answer.
  func answering(_ first: Completion) -> Completion {
    var completion = first
    while case .paused = completion, nextAnswer < options.answers.count {
      nextAnswer += 1
      completion = machine.resume(answer: machine.vm.makeString(options.answers[nextAnswer - 1]))
    }
    return completion
  }

  /// A statement called `CC`: asks, or waits.
  func pause(_ statement: RunningStatement, _ prompt: Value) -> ExitStatus {
    let question = machine.vm.text(prompt)
    guard let history = machine.history else {
      console.flush()
      if case .text(let text)? = askForAnswer?(question) {
        return finish(statement, answering(machine.resume(answer: machine.vm.makeString(text))))
      }
      console.writeError("Paused at CC: \(question)\nNobody answers here: give --answer TEXT.\n")
      machine.abandonRun()
      return .paused
    }
    var next = statement
    next.answer = nil
    next.origin = RunOrigin(machine, nextAnswer: nextAnswer, statement.inputs)
    waiting = next
    history.commit(StatementRecord(statement, .paused(next), session: self))
    noteInJournal()
    guard let askForAnswer else {
      sayWaiting()
      return .paused
    }
    console.flush()
    switch askForAnswer(question) {
    case .text(let text): return answer(text)
    case .wait:
      sayWaiting()
      return .done
    case .abort: return abort()
    }
  }

  func sayWaiting() {
    console.writeError(
      "Paused at CC: \(machine.vm.text(machine.pausedPrompt))\n:answer TEXT goes on, :abort gives up.\n")
  }

  /// Lets the waiting statement go on with an answer.
  func answer(_ text: String) -> ExitStatus {
    guard var statement = waiting else { return .notFound }
    machine.history?.showFailure(false)
    waiting = nil
    statement.answer = text
    statement.printedBeforeAnswer(printedLines, results.mark, files.writtenPaths.count)
    let answer = machine.vm.makeString(text)
    // Who stepped into the question goes on stepping behind it.
    var plan = stepper.lastPlan
    (plan.count, plan.isStart) = (1, true)
    return finish(statement, running(plan, statement) { machine.resume(answer: answer) })
  }

  /// Gives the waiting statement up: everything that it did is taken back.
  func abort() -> ExitStatus {
    guard let statement = waiting, let history = machine.history else { return .notFound }
    while let record = history.newestUndoable as? StatementRecord, record.number == statement.number { stepBack() }
    history.forgetUndone()
    (waiting, stopped) = (nil, nil)
    console.writeError("Gave [\(statement.number)] up. Nothing was changed (statement rolled back).\n")
    return .interrupted
  }

  /// Runs a statement while another one waits for an answer: on a fork that is given up at once.
  func runWhileWaiting(_ code: CodeBlock, of tree: SyntaxTree) -> ExitStatus {
    let mark = results.mark
    machine.declare(code.globalDeclarations)
    let completion = machine.run(code: machine.load(code, source: ScriptText(tree.source)))
    heapChanged()
    var status = ExitStatus.error
    switch completion {
    case .completed(let value):
      if !value.isUndefined { showValue(value) }
      status = .done
    case .threw(let exception):
      machine.detachStrings(of: exception)
      console.writeError(ErrorReport(session: self, exception: exception).text)
    case .paused: console.writeError("CC cannot ask while another question waits.\n")
    case .stopped(let reason): console.writeError("Stopped: \(reason.message).\n")
    }
    takeBackExpression(mark)
    hint(.fork, "What is typed while a program waits leaves no trace.")
    return status
  }

  // MARK: Back and forth

  /// Goes back over the newest epoch.
  @discardableResult
  func stepBack() -> StatementRecord? {
    guard let record = machine.history?.undo() as? StatementRecord else { return nil }
    results.restore(record.before, in: machine)
    wait(for: machine.history?.newestUndoable as? StatementRecord)
    heapChanged()
    return record
  }

  /// Goes forward over the epoch undone last.
  @discardableResult
  func stepForward() -> StatementRecord? {
    guard let record = machine.history?.redo() as? StatementRecord else { return nil }
    results.restore(record.after, since: record.before, added: record.added, in: machine)
    wait(for: record)
    heapChanged()
    return record
  }

  /// Goes over a number of statements: negative for the past.
  func move(by steps: Int) {
    for _ in 0..<abs(steps) { if steps < 0 { stepBack() } else { stepForward() } }
  }

  private func wait(for record: StatementRecord?) {
    (waiting, stopped) = (nil, nil)
    if let record, case .paused(let statement) = record.ending { waiting = statement }
    if let record, case .stopped(let run) = record.ending { stopped = run }
  }

  /// The number of the statement after which the heap is as it is now; 0 at the start.
  var currentStatement: Int { (machine.history?.newestUndoable as? StatementRecord)?.number ?? firstStatement }
}

extension RunningStatement {
  /// From here on counts as what the answer did.
  mutating func printedBeforeAnswer(_ lines: Int, _ mark: ResultNames.Mark, _ files: Int) {
    self = RunningStatement(
      number: number, tree: tree, declared: declared, replaced: replaced, use: use, firstID: firstID,
      resultsBefore: mark, printedBefore: lines, writtenBefore: files, answer: answer, code: code, origin: origin,
      inputs: inputs)
  }
}

extension Session {
  /// Looks at other moments. Going there and back leaves the names as they are, also those that belong to no moment.
  func lookingBack<Result>(_ body: () throws(CommandError) -> Result) throws(CommandError) -> Result {
    machine.history?.showFailure(false)
    let (names, roots) = (results, machine.hostRoots)
    defer { (results, machine.hostRoots) = (names, roots) }
    return try body()
  }
}

import CVMReport
import CVMRuntime
import CVMSyntax

/// Going back: the moment before is restored, and the run is run again up to where it shall stand.
extension Session {
  /// From where a run is run again.
  private enum Origin {
    /// The statement begins.
    case start(RunningStatement)
    case stop(StoppedRun)
    /// The question of a `CC` is answered.
    case answer(RunningStatement, String)

    var statement: RunningStatement {
      switch self {
      case .start(let statement), .answer(let statement, _): statement
      case .stop(let run): run.statement
      }
    }
  }

  /// Moments of a part of a run at which steps end.
  private struct Trace {
    var first: RunMoment?
    /// The newest, as many as may be wanted.
    var newest: [RunMoment] = []
    var count = 0
    let limit: Int

    mutating func add(_ moment: RunMoment) {
      first = first ?? moment
      count += 1
      newest.append(moment)
      if newest.count > limit * 2 + 100 { newest.removeFirst(newest.count - limit) }
    }
  }

  /// Goes back by a number of steps of a plan, or to where the statement begins.
  func goBack(_ plan: StepPlan, notes: [String] = []) throws(CommandError) -> ExitStatus {
    guard let run = stopped, machine.history != nil else { throw Steps.noStop }
    guard !run.statement.inputs.isIncomplete else {
      throw .notFound("The program read more from outside than is kept: it cannot be run again.")
    }
    leaveFork()
    stepper.beginGoingBack()
    var (target, statement, found, left): (RunMoment?, RunningStatement, Int, Int) = (
      machine.runMoment, run.statement, 0, 0
    )
    while true {
      guard let origin = leaveNewestEpoch(of: statement, &left) else {
        return try goBackAll(plan, found, run, left, "The run cannot go back further than to where it was restored.")
      }
      guard let trace = trace(origin, plan, until: target) else {
        try stay(at: run, left, "The run went another way this time: it cannot go back.")
      }
      let wanted = plan.count - found
      if wanted <= trace.count {
        return try arrive(at: trace.newest[trace.newest.count - wanted], origin, run, left, notes)
      }
      found += trace.count
      if case .start = origin {
        return try goBackAll(plan, found, run, left, "There is no step before this one.")
      }
      (target, statement) = (nil, origin.statement)
      if case .stop = origin { target = machine.runMoment }
    }
  }

  /// There are fewer steps than were asked for.
  private func goBackAll(
    _ plan: StepPlan, _ found: Int, _ run: StoppedRun, _ left: Int, _ message: String
  ) throws(CommandError) -> ExitStatus {
    if let condition = plan.condition { try stay(at: run, left, "`\(condition)` did not hold before.") }
    if found == 0 { try stay(at: run, left, message) }
    goForward(to: run, left)
    var shorter = plan
    shorter.count = found
    return try goBack(shorter, notes: ["This is where it begins."])
  }

  /// Does the epochs again that were left.
  private func goForward(to run: StoppedRun, _ count: Int) {
    for _ in 0..<count { stepForward() }
    stopped = run
    machine.objectIDs = run.origin.ids
    takeUp(run.origin, run.statement)
    heapChanged()
  }

  private func stay(at run: StoppedRun, _ count: Int, _ message: String) throws(CommandError) -> Never {
    goForward(to: run, count)
    throw .notFound(message)
  }

  /// Goes back over the newest epoch of a statement: from where it was run; nil when that is not known.
  private func leaveNewestEpoch(of statement: RunningStatement, _ left: inout Int) -> Origin? {
    let answer = statement.answer
    let newest = machine.history?.newestUndoable as? StatementRecord
    guard newest?.number == statement.number, stepBack() != nil else { return nil }
    left += 1
    if let run = stopped, run.statement.number == statement.number {
      stopped = nil
      return .stop(run)
    }
    if let paused = waiting, paused.number == statement.number, let answer {
      waiting = nil
      var next = paused
      next.answer = answer
      return .answer(next, answer)
    }
    return statement.code == 0 ? nil : .start(statement)
  }

  /// Runs a part again and notes where steps end; the machine is then where it began. Nil when it did not come to `target`.
  private func trace(_ origin: Origin, _ plan: StepPlan, until target: RunMoment?) -> Trace? {
    var trace = Trace(limit: plan.count)
    let watch = stepper.recording(plan, until: target, on: machine) { trace.add($0) }
    let completion = runAgain(origin, watch, until: target)
    machine.history?.discardOpenChanges()
    switch completion {
    case .stopped(.watched), .stopped(.thrown): return target == nil ? nil : trace
    case .paused: return target == nil ? trace : nil
    default: return nil
    }
  }

  private func runAgain(_ origin: Origin, _ watch: StepWatch, until target: RunMoment?) -> Completion {
    let statement = origin.statement
    machine.watch = watch
    machine.inputs = statement.inputs
    machine.throwWatch = { [unowned machine] _ in machine.runMoment == target }
    defer { (machine.watch, machine.inputs, machine.throwWatch) = (nil, nil, nil) }
    switch origin {
    case .stop(let run):
      takeUp(run.origin, statement)
      return answering(machine.proceed())
    case .answer(_, let text):
      takeUp(statement.origin, statement)
      return answering(machine.resume(answer: machine.vm.makeString(text)))
    case .start:
      guard resolveHeapReferences(statement.tree) else { return .stopped(.interrupted) }
      defer { forgetHeapReferences() }
      results.bindNames(usedBy: statement.tree, declared: statement.declared, in: machine)
      results.keepExpression(.undefined, in: machine)
      takeUp(statement.origin, statement)
      machine.declare(statement.declared)
      return answering(machine.run(code: statement.code))
    }
  }

  private func takeUp(_ origin: RunOrigin, _ statement: RunningStatement) {
    machine.objectIDs = origin.ids
    nextAnswer = origin.nextAnswer
    statement.inputs.position = origin.inputs
  }

  /// Runs up to a moment and stands still there.
  private func arrive(
    at moment: RunMoment, _ origin: Origin, _ run: StoppedRun, _ count: Int, _ notes: [String]
  ) throws(CommandError) -> ExitStatus {
    let completion = runAgain(origin, stepper.target(moment, on: machine), until: moment)
    guard case .stopped(.watched) = completion else {
      machine.history?.discardOpenChanges()
      try stay(at: run, count, "The run went another way this time: it cannot go back.")
    }
    var notes = notes
    var kept = 0
    if case .stop(let earlier) = origin { kept = earlier.changes.count }
    let lost = run.changes.dropFirst(kept)
    if !lost.isEmpty {
      run.statement.inputs.forgetRest()
      notes.append("No longer so: \(lost.joined(separator: "; "))")
    }
    heapChanged()
    var earlier = run
    earlier.changes.removeLast(lost.count)
    return stop(origin.statement, .back, after: earlier, notes: notes)
  }
}

import CVMBytecode
import CVMCompiler
import CVMReport
import CVMRuntime
import CVMSyntax

extension Session {
  /// Whether runs can stop for a person: where nothing could be taken back they just go on.
  var canStop: Bool { machine.history != nil }

  // MARK: Running

  /// Evaluates a statement that stops as a plan says.
  func evaluate(_ text: String, stepping plan: StepPlan) -> ExitStatus {
    nextPlan = plan
    defer { nextPlan = .free }
    return evaluate(text)
  }

  /// Runs a statement's code under the breakpoints, or up to the end of a plan.
  func start(_ code: Int, of statement: RunningStatement, _ plan: StepPlan) -> Completion {
    var plan = plan
    plan.isStart = true
    return running(plan, statement) { machine.run(code: code) }
  }

  /// Lets the stopped run go on as far as a plan says.
  func goOn(_ plan: StepPlan) -> ExitStatus {
    guard let run = stopped else { return .notFound }
    var plan = plan
    // What catches an exception was not asked about yet.
    if machine.stoppedException != nil { plan.isStart = true }
    leaveFork()
    let status = finish(run.statement, running(plan, run.statement) { machine.proceed() }, after: run)
    console.flush()
    return status
  }

  /// What is typed at a stop leaves no trace.
  func leaveFork() {
    machine.history?.showFailure(false)
    machine.history?.discardOpenChanges()
    if let run = stopped { machine.objectIDs = run.origin.ids }
    stopped = nil
    heapChanged()
  }

  func running(
    _ plan: StepPlan, _ statement: RunningStatement, _ body: () -> Completion
  ) -> Completion {
    guard canStop else { return answering(body()) }
    machine.watch = stepper.watch(plan, on: machine)
    machine.stopsAtDebugger = true
    machine.throwWatch = throwWatch
    machine.inputs = statement.inputs
    defer {
      (machine.watch, machine.inputs) = (nil, nil)
      machine.stopsAtDebugger = false
      machine.throwWatch = nil
    }
    var completion = answering(body())
    while case .stopped(.watched) = completion, let question = stepper.question {
      // What asking does is taken back: that needs a moment to go back to.
      machine.history?.commit(
        StatementRecord(statement, .stopped(StoppedRun(statement, .step, session: self)), session: self))
      if holds(question) {
        stepper.settleQuestion()
        break
      }
      stepper.dropQuestion()
      machine.watch?.isFirst = true
      completion = answering(machine.proceed())
    }
    return completion
  }

  /// Whether a condition holds where the run stands, which only running it tells.
  private func holds(_ condition: String) -> Bool {
    let ids = machine.objectIDs
    defer {
      machine.history?.discardOpenChanges()
      machine.objectIDs = ids
    }
    let source = SourceFile(name: "[condition]", text: condition)
    let parsed = parse(source, options: ParseOptions(language: options.language))
    guard !parsed.hasErrors, let frame = machine.stackFrames(limit: 1).first else { return true }
    let scope = FrameScope(parsed.tree, frame, reportsAssignments: false)
    guard let code = compiledFunction(scope, of: parsed.tree) else { return true }
    let completion = machine.keepingRun(takesIDs: false) { self.call(code, scope) }
    guard case .completed(let value) = completion else {
      // One that fails is shown by stopping.
      stepper.noteFailure(of: condition)
      return true
    }
    return machine.isTruthy(value)
  }

  /// Stops at the exceptions that the person wants to see.
  private var throwWatch: ((Value) -> Bool)? {
    switch stepper.breakpoints.throwStops {
    case .none: nil
    case .all: { _ in true }
    case .uncaught: { [unowned machine] _ in !machine.stackFrames().contains(where: \.catches) }
    }
  }

  /// Why the machine stopped, when that was for the person who debugs.
  func stopCause(_ completion: Completion, of statement: RunningStatement) -> StopCause? {
    guard canStop, case .stopped(let reason) = completion else { return nil }
    switch reason {
    case .watched: return stepper.cause
    case .debuggerStatement: return .debuggerStatement
    case .thrown: return .exception
    // Who looks for something wants to see where the program is; others want to be rid of it.
    case .interrupted:
      let isWatched = stepper.isInUse || stopCount(of: statement) > 0
      return options.isInteractive && isWatched ? .interrupt : nil
    default: return nil
    }
  }

  // MARK: Standing still

  /// A statement's run stands still: keeps the moment and shows it.
  func stop(
    _ statement: RunningStatement, _ cause: StopCause, after earlier: StoppedRun?, notes: [String] = []
  ) -> ExitStatus {
    guard let history = machine.history else { return .error }
    var run = StoppedRun(statement, cause, session: self)
    run.stepCount = (earlier?.stepCount ?? -1) + 1
    run.changes = earlier?.changes ?? []
    run.notes = notes
    stopped = run
    history.commit(StatementRecord(statement, .stopped(run), session: self))
    write(StopReport(session: self, run: run, earlier: earlier).text)
    if options.isInteractive {
      hint(.stop, "s step  n next  f finish  b back  c continue  u EXPR until  :abort  :help step")
    }
    return .done
  }

  /// The innermost frame of the stopped run.
  var stoppedFrame: StackFrame? { stopped == nil ? nil : machine.stackFrames(limit: 1).first }

  /// How many of the newest epochs are stops of a statement.
  func stopCount(of statement: RunningStatement) -> Int {
    machine.history?.countNewest { label in
      guard let record = label as? StatementRecord, case .stopped = record.ending else { return false }
      return record.number == statement.number
    } ?? 0
  }

  /// The run that a restored machine stands still in; nil when it does not.
  func stoppedRun(_ record: SessionRecord, on machine: Machine, _ results: ResultNames) -> StoppedRun? {
    guard machine.isStopped else { return nil }
    return StoppedRun(unfinishedStatement(record, on: machine, results), .step, on: machine, nextAnswer)
  }

  /// Gives the stopped run up: what it did is taken back.
  @discardableResult
  func dropStoppedRun() -> RunningStatement? {
    guard let statement = stopped?.statement, let history = machine.history else { return nil }
    history.showFailure(false)
    for _ in 0..<stopCount(of: statement) { stepBack() }
    machine.abandonRun()
    history.discardOpenChanges()
    history.forgetUndone()
    stopped = nil
    heapChanged()
    return statement
  }

  // MARK: What is typed at a stop

  /// Runs what was typed in the scope of the innermost frame: on a fork that is given up at once, unless it assigns.
  func evaluateAtStop(_ tree: SyntaxTree) -> ExitStatus {
    guard let run = stopped, let history = machine.history else { return .notFound }
    history.showFailure(false)
    guard let frame = machine.stackFrames(limit: 1).first else { return .notFound }
    let mark = results.mark
    let scope = FrameScope(tree, frame)
    guard let code = compiledFunction(scope, of: tree) else { return .error }
    let completion = machine.keepingRun(takesIDs: scope.assigns) { self.call(code, scope) }
    heapChanged()
    let status = showValue(completion, scope)
    guard status == .done, scope.assigns else {
      history.discardOpenChanges()
      results.restoreBindings(of: mark)
      machine.objectIDs = run.origin.ids
      hint(.fork, "What is typed while a program stands still leaves no trace, unless it assigns.")
      return status
    }
    keepChange(String(decoding: tree.source.bytes.prefix(Self.titleLength), as: UTF8.self))
    return .done
  }

  private func compiledFunction(_ scope: FrameScope, of tree: SyntaxTree) -> Int? {
    let parsed = parse(scope.source, options: ParseOptions(language: options.language))
    let compiled = compile(parsed, options: CompileOptions(completionValue: true))
    guard let code = compiled.code else {
      refuse(compiled.diagnostics, in: scope.source)
      return nil
    }
    results.bindNames(usedBy: tree, declared: [], in: machine)
    return machine.load(code, source: ScriptText(scope.source, ParseOptions(language: options.language)))
  }

  private func call(_ code: Int, _ scope: FrameScope) -> Completion {
    guard case .completed(let function) = machine.run(code: code) else { return .stopped(.stepLimit) }
    return machine.call(function, this: scope.frame.this, arguments: scope.variables.map { $0.value ?? .undefined })
  }

  /// Shows the value, and gives the variables of the frame the values that were assigned to them.
  private func showValue(_ completion: Completion, _ scope: FrameScope) -> ExitStatus {
    switch completion {
    case .completed(let result):
      var value = result
      if !scope.assigned.isEmpty {
        value = machine.peek(result, "0") ?? .undefined
        for (index, variable) in scope.assigned.enumerated() {
          machine.set(variable, of: scope.frame, to: machine.peek(result, "\(index + 1)") ?? .undefined)
        }
      }
      if !value.isUndefined { showValue(value) }
      return .done
    case .threw(let exception):
      machine.detachStrings(of: exception)
      let title = machine.isError(exception) ? machine.errorTitle(exception) : machine.preview(exception, limit: 200)
      console.writeError("Uncaught \(TextLayout.printable(title))\n")
      return .error
    case .paused, .stopped:
      let status = explainStop(completion, asking: "CC cannot ask while a program stands still.")
      return status == .paused ? .error : status
    }
  }

  /// What was assigned at a stop belongs to the run from now on.
  private func keepChange(_ text: String) {
    guard var run = stopped else { return }
    // From here on the run goes another way than it may have gone before.
    run.statement.inputs.forgetRest()
    run.changes.append(text)
    run.origin.ids = machine.objectIDs
    run.locals = LocalTexts(machine.stackFrames(limit: 1).first, machine)
    stopped = run
    machine.history?.commit(StatementRecord(run.statement, .stopped(run), session: self))
  }
}

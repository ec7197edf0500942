import CVMBytecode
import CVMCompiler
import CVMRuntime
import CVMStorage
import CVMSyntax

/// What an execution came to.
public enum ExecutionStep: Equatable, Sendable {
  /// It asks, and waits. Whoever answers says which question is meant.
  case question(String, sequence: Int)
  /// It is over; the value of its `main`, if there is one that answers.
  case completed(result: String?)
  /// It is over: an error that nothing caught, as people see it.
  case failed(error: String)
  /// It can go on.
  case stopped(StopReason)
}

/// Why an execution was not made or did not go on. What was committed before is as it was.
public enum ExecutionError: Error, Equatable, CustomStringConvertible {
  case storage(StorageError)
  /// The program is none; the diagnostics, as people see them.
  case program(String)
  case notWaiting(id: String, status: ExecutionStatus)
  /// The state in the store can't be opened by this program.
  case state(id: String, reason: String)
  /// The machine's state can't be written.
  case notSavable(id: String, reason: String)

  public var description: String {
    switch self {
    case .storage(let error): error.description
    case .program(let diagnostics): diagnostics
    case .notWaiting(let id, let status): "\(id) asks nothing: it is \(status.word)"
    case .state(let id, let reason): "The state of \(id) can't be opened: \(reason)"
    case .notSavable(let id, let reason): "The state of \(id) can't be kept: \(reason)"
    }
  }
}

/// Runs programs whose state lives in a store: from one `CC` to the next, in any process, each step of which happens once.
public final class VMManager {
  public let store: any ExecutionStore
  private let options: SessionOptions
  private let console: Console
  private let prepare: (Session) -> Void
  private let smallState: Int
  let owner = Owner()
  /// Executions that this one keeps to itself between two calls.
  private var held: Set<String> = []
  /// Machines that stand where the store says, so that nothing must be read.
  private var live: [String: (run: ExecutionRun, sequence: Int)] = [:]

  /// A manager of the executions of a store; what programs print goes to the console, too. `prepare` is called with each
  /// new machine's session.
  public init(
    store: any ExecutionStore, options: SessionOptions = SessionOptions(), console: Console = .silent,
    prepare: @escaping (Session) -> Void = { _ in }
  ) {
    (self.store, self.options, self.console, self.prepare) = (store, options, console, prepare)
    smallState = ExecutionState.smallState
  }

  /// As above; portable states that are not smaller make place for images where the manager holds the execution.
  public init(store: any ExecutionStore, smallState: Int) {
    (self.store, options, console, prepare) = (store, SessionOptions(), .silent, { _ in })
    self.smallState = smallState
  }

  deinit { for id in held { try? release(id) } }

  /// Whether executions that this manager holds will go on in this process, as far as is known.
  var goesOn = true

  // MARK: Programs

  /// Keeps a program under a name. Executions that were started from an earlier one of that name go on with theirs.
  public func loadProgram(
    _ name: String, source: [UInt8], details: ProgramDetails? = nil
  ) throws(ExecutionError) {
    let details = details ?? ProgramDetails(file: name)
    if case .failure(let error) = Self.compiled(source, details, width: options.width) { throw error }
    try storing { () throws(StorageError) in try store.saveProgram(name, source, details: details.encoded()) }
  }

  public func loadProgram(_ name: String, source: String) throws(ExecutionError) {
    try loadProgram(name, source: Array(source.utf8))
  }

  static func compiled(
    _ source: [UInt8], _ details: ProgramDetails, width: Int
  ) -> Result<(block: CodeBlock, file: SourceFile), ExecutionError> {
    let file = SourceFile(name: details.file, bytes: source)
    let tree = parse(
      file, options: ParseOptions(dialect: details.isTypeScript ? .typeScript : .javaScript, language: details.language)
    )
    let result = compile(tree, options: CompileOptions(callsMain: true))
    if let code = result.code { return .success((code, file)) }
    return .failure(.program(DiagnosticRenderer(width: width).render(result.diagnostics, in: file)))
  }

  // MARK: Executions

  /// Makes an execution of a program that was loaded; `getNext` runs it.
  @discardableResult
  public func startExecution(_ id: String, program name: String) throws(ExecutionError) -> ExecutionRecord {
    try storing { () throws(StorageError) in
      guard let program = try store.program(named: name) else { throw .unknownProgram(name) }
      return try store.create(NewExecution(id: id, program: program.source, details: program.details), owner: nil)
    }
  }

  /// Makes an execution of a program and keeps it to itself.
  @discardableResult
  func startExecution(
    _ id: String, source: [UInt8], details: ProgramDetails
  ) throws(ExecutionError) -> ExecutionRecord {
    if case .failure(let error) = Self.compiled(source, details, width: options.width) { throw error }
    let record = try storing { () throws(StorageError) in
      try store.create(NewExecution(id: id, program: source, details: details.encoded()), owner: owner)
    }
    held.insert(id)
    return record
  }

  /// Takes an execution for a while: until `release`, or until this manager is gone.
  @discardableResult
  public func hold(_ id: String) throws(ExecutionError) -> ExecutionRecord {
    let record = try storing { () throws(StorageError) in try store.acquire(id, for: owner) }
    held.insert(id)
    return record
  }

  /// Gives an execution back. Its state is now one that every version of the program opens.
  public func release(_ id: String) throws(ExecutionError) {
    try settle(id)
    held.remove(id)
    live[id] = nil
    try storing { () throws(StorageError) in try store.release(id, by: owner) }
  }

  /// Runs to the next question or the end. What waits or is over answers what it did before.
  public func getNext(_ id: String) throws(ExecutionError) -> ExecutionStep {
    let record = try status(id)
    if let step = record.step { return step }
    return try alone(id) { record throws(ExecutionError) in
      // Somebody else may have run it meanwhile.
      if let step = record.step { return step }
      return try run(record, answer: record.answer, log: [])
    }
  }

  /// Answers the question of a sequence number; `getNext` goes on. Once this returns, the answer is kept.
  @discardableResult
  public func submit(_ answer: String, to id: String, sequence: Int) throws(ExecutionError) -> ExecutionRecord {
    try alone(id) { record throws(ExecutionError) in
      try check(record, sequence)
      var commit = ExecutionCommit(expectedSequence: sequence, status: .ready)
      commit.answer = answer
      commit.log = [LogEntry(.answer, answer)]
      let next = try self.commit(commit, to: id)
      if live[id]?.sequence == sequence { live[id]?.sequence = next.sequence }
      return next
    }
  }

  /// Answers a question and runs to the next one or the end, all of it as one step.
  public func answer(_ answer: String, to id: String, sequence: Int) throws(ExecutionError) -> ExecutionStep {
    try alone(id) { record throws(ExecutionError) in
      try check(record, sequence)
      return try run(record, answer: answer, log: [LogEntry(.answer, answer)])
    }
  }

  private func check(_ record: ExecutionRecord, _ sequence: Int) throws(ExecutionError) {
    guard record.sequence == sequence else {
      throw .storage(.sequence(id: record.id, expected: sequence, found: record.sequence))
    }
    guard record.status == .waiting else { throw .notWaiting(id: record.id, status: record.status) }
  }

  /// Lets an execution begin again, with the program that it had. What it printed before stays in the log, not in its output.
  @discardableResult
  public func restart(_ id: String) throws(ExecutionError) -> ExecutionRecord {
    try alone(id) { record throws(ExecutionError) in
      live[id] = nil
      var commit = ExecutionCommit(expectedSequence: record.sequence, status: .ready)
      commit.state = .removed
      commit.log = [LogEntry(.restart, "")]
      return try self.commit(commit, to: id)
    }
  }

  public func status(_ id: String) throws(ExecutionError) -> ExecutionRecord {
    try storing { () throws(StorageError) in try store.existing(id) }
  }

  /// Everything that it printed to standard output.
  public func output(_ id: String) throws(ExecutionError) -> String {
    String(decoding: try storing { () throws(StorageError) in try store.output(of: id) }, as: UTF8.self)
  }

  /// All executions, the one that changed last first.
  public func list() throws(ExecutionError) -> [ExecutionRecord] {
    try storing { () throws(StorageError) in try store.records() }
  }

  public func delete(_ id: String) throws(ExecutionError) {
    try storing { () throws(StorageError) in try store.delete(id, by: owner) }
    held.remove(id)
    live[id] = nil
  }

  /// The machine of an execution that this manager ran last.
  package func session(of id: String) -> Session? { machine(of: id)?.session }
  func machine(of id: String) -> ExecutionRun? { live[id]?.run }

  // MARK: Running

  /// Calls a function while no other process is at an execution, with its record of that time.
  private func alone<Result>(
    _ id: String, _ body: (ExecutionRecord) throws(ExecutionError) -> Result
  ) throws(ExecutionError) -> Result {
    if held.contains(id) { return try body(try status(id)) }
    let record = try storing { () throws(StorageError) in try store.acquire(id, for: owner) }
    do throws(ExecutionError) {
      let result = try body(record)
      try storing { () throws(StorageError) in try store.release(id, by: owner) }
      return result
    } catch {
      try? store.release(id, by: owner)
      throw error
    }
  }

  /// Runs a machine from where it stands, and commits where it comes to.
  private func run(
    _ record: ExecutionRecord, answer: String?, log: [LogEntry]
  ) throws(ExecutionError) -> ExecutionStep {
    let run: ExecutionRun
    if let (known, sequence) = live[record.id], sequence == record.sequence {
      run = known
    } else {
      run = ExecutionRun(newSession())
      if record.state != nil {
        let chain = try storing { () throws(StorageError) in try store.state(of: record.id) }
        try ExecutionState.restore(chain, of: record.id, into: run)
      }
    }
    live[record.id] = nil
    run.log = log
    let completion: Completion
    if record.state == nil {
      completion = try start(record, run)
    } else if record.status == .stopped {
      completion = run.session.machine.proceed()
    } else {
      completion = run.session.machine.resume(answer: run.session.machine.vm.makeString(answer ?? ""))
    }
    return try conclude(record, run, completion)
  }

  private func newSession() -> Session {
    let session = Session(options: options, console: console)
    prepare(session)
    return session
  }

  private func start(_ record: ExecutionRecord, _ run: ExecutionRun) throws(ExecutionError) -> Completion {
    let source = try storing { () throws(StorageError) in try store.program(of: record.id) }
    guard let details = ProgramDetails(encoded: record.details) else {
      throw .storage(.damaged(place: store.place, what: "the record of \(record.id)"))
    }
    let (code, file) = try Self.compiled(source, details, width: options.width).get()
    let machine = run.session.machine
    machine.installArguments(["cvm-repl", details.file] + details.arguments)
    machine.declare(code.globalDeclarations)
    return machine.run(code: machine.load(code, source: ScriptText(file)))
  }

  private func conclude(
    _ record: ExecutionRecord, _ run: ExecutionRun, _ completion: Completion
  ) throws(ExecutionError) -> ExecutionStep {
    let session = run.session
    var commit = ExecutionCommit(expectedSequence: record.sequence, status: .ready)
    let step: ExecutionStep
    switch completion {
    case .paused(let prompt):
      let question = session.machine.vm.text(prompt)
      commit.status = .waiting
      commit.question = question
      run.log.append(LogEntry(.question, question))
      step = .question(question, sequence: record.sequence + 1)
    case .completed(let value):
      session.results.remember(value, in: session.machine)
      commit.status = .completed
      commit.result = value.isUndefined ? nil : session.machine.inspect(value)
      step = .completed(result: commit.result)
    case .threw(let exception):
      session.results.setError(exception, in: session.machine)
      let report = ErrorReport(session: session, exception: exception).text
      commit.status = .failed
      commit.result = report
      step = .failed(error: report)
    case .stopped(let reason):
      commit.status = .stopped
      commit.result = reason.message
      step = .stopped(reason)
    }
    var state: ExecutionState?
    switch commit.status {
    case .completed, .failed:
      commit.state = .removed
      session.machine.abandonRun()
    case .waiting, .stopped, .ready:
      let taken = try take(run, record, goesOn: goesOn && held.contains(record.id) && commit.status == .waiting)
      commit.state = .replaced(taken.blob)
      state = taken
    }
    commit.log = run.log
    commit.releases = !held.contains(record.id)
    let next = try self.commit(commit, to: record.id)
    state?.wasKept(as: next.state, of: run)
    live[record.id] = (run, next.sequence)
    return step
  }

  private func take(
    _ run: ExecutionRun, _ record: ExecutionRecord, goesOn: Bool
  ) throws(ExecutionError) -> ExecutionState {
    try ExecutionState.taken(of: run, id: record.id, on: record.state, goesOn: goesOn, smallState: smallState)
  }

  /// Replaces images of a machine that stands where the store says by the same state in the portable encoding.
  private func settle(_ id: String) throws(ExecutionError) {
    guard let (run, sequence) = live[id], run.images != nil else { return }
    let record = try status(id)
    guard record.sequence == sequence, record.status == .waiting || record.status == .stopped else { return }
    let state = try take(run, record, goesOn: false)
    var commit = ExecutionCommit(expectedSequence: sequence, status: record.status)
    (commit.question, commit.answer, commit.result) = (record.question, record.answer, record.result)
    commit.state = .replaced(state.blob)
    commit.isSameStep = true
    state.wasKept(as: try self.commit(commit, to: id).state, of: run)
  }

  private func commit(_ commit: ExecutionCommit, to id: String) throws(ExecutionError) -> ExecutionRecord {
    try storing { () throws(StorageError) in try store.commit(commit, to: id, by: owner) }
  }

  private func storing<Result>(_ body: () throws(StorageError) -> Result) throws(ExecutionError) -> Result {
    do throws(StorageError) { return try body() } catch { throw .storage(error) }
  }
}

extension ExecutionRecord {
  /// What `getNext` answers without running anything; nil when there is something to run.
  var step: ExecutionStep? {
    switch status {
    case .waiting: .question(question ?? "", sequence: sequence)
    case .completed: .completed(result: result)
    case .failed: .failed(error: result ?? "")
    case .ready, .stopped: nil
    }
  }
}

extension ExecutionStatus {
  /// As people read it.
  var word: String {
    switch self {
    case .ready: "ready"
    case .waiting: "waiting"
    case .completed: "completed"
    case .failed: "failed"
    case .stopped: "stopped"
    }
  }
}

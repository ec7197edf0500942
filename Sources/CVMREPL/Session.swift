import CVMBytecode
import CVMCompiler
import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTerminal

/// A live heap and what was done to it: evaluates statements one after the other and runs commands on it.
public final class Session {
  public private(set) var machine: Machine
  let console: Console
  /// What programs may do with files, whichever machine runs them.
  let files = FileAccess()
  public var options: SessionOptions
  private(set) var statementNumber = 0
  /// The statements that made objects, in order.
  private(set) var makers: StatementList = []
  /// What `:checkpoint` kept.
  var checkpoints: [KeptCheckpoint] = []
  /// What the machine was saved as last; only what differs is saved again.
  var savedImage: KeptImage?
  var branches = Branches()
  /// The file that it was opened from or saved to.
  var file: String?
  /// What a kill leaves for `:recover`, at a terminal.
  var journal: Journal?
  /// The folders of journals of what this session replaced.
  var leftJournals: [String] = []
  var keepsJournal = false
  /// How many entries of the history belong to what was there before a reset.
  var journalStart = 0
  /// What `:budget` watches.
  var budget: Budget?
  /// Another number for each heap whose objects stand elsewhere.
  var heapLineage = 0
  private var lineageCount = 0
  /// The statement after which the history of the heap begins.
  var firstStatement = 0
  /// The statement after which the heap was emptied last.
  private var emptiedAfter: Int? = 0
  /// Whether the history of the heap begins with an empty one.
  var beganEmpty: Bool { firstStatement == 0 || firstStatement == emptiedAfter }
  var results: ResultNames
  /// What was typed.
  var history = SessionHistory()
  /// Objects of which somebody knows that they have several names.
  var toldAliases: Set<UInt64> = []
  /// Set by `:quit`.
  var isFinished = false
  private(set) var hints = OneTimeHints()
  private var cachedDump: HeapDump? { didSet { (cachedLiveHeap, cachedPicture) = (nil, nil) } }
  /// The heap as it is drawn, as long as it does not change.
  var cachedPicture: ReferencePicture?
  var cachedLiveHeap: HeapInUse?
  /// Heaps from files.
  var openedHeaps = OpenedHeaps()
  private var whenRun: ((_ seconds: Double) -> Void)?
  /// What a person has just typed.
  var typedStatement: TypedStatement?
  /// The line editor watches for interrupts.
  var isEdited = false
  /// How many `:source` commands are inside of each other.
  var sourceDepth = 0
  var nextAnswer = 0
  /// The statement that waits for an answer.
  var waiting: RunningStatement?
  /// The statement whose run stands still for the person who debugs it.
  var stopped: StoppedRun?
  let stepper = Stepper()
  /// What is left of the run that an uncaught exception ended last.
  var postMortem: PostMortem?
  /// How the next statement is to run.
  var nextPlan = StepPlan.free
  /// Asks a person for the answer to a `CC`.
  public var askForAnswer: ((_ prompt: String) -> Answer)?
  /// What is drawn, told and asked to teach.
  var teaching = TeachingState()
  /// The session that waits while a lesson is on.
  var lessonHome: LessonHome?
  /// Asks whoever types for a line; nil at the end of the input.
  public var askForLine: ((_ prompt: String) -> String?)?
  /// The lines of a script were written before the questions: one that is no answer takes no more of them.
  var asksOnce = false
  /// Asks a person how much more of a table to show.
  var askForMore: ((_ note: String) -> LineEditor.MoreAnswer)?
  /// The table that was shown last, for `row 3`.
  var lastTable: ResultTable?
  /// What was typed in earlier sessions, the oldest first.
  var earlierHistory: () -> [String] = { [] }
  /// Lines that programs printed.
  private(set) var printedLines = 0
  /// Objects that `heap(id)` calls of the running statement name.
  private var namedObjects: [UInt64: Value] = [:]

  /// Starts a session on an empty heap.
  public init(options: SessionOptions = SessionOptions(), console: Console) {
    self.options = options
    self.console = console
    machine = Machine(dispatcher: Machine.preferredDispatcher)
    results = ResultNames(machine)
    prepareMachine()
  }

  private func prepareMachine() {
    machine.limits = options.limits
    machine.files = files
    machine.output = { [unowned self] in
      self.countLines($0)
      self.console.write($0)
    }
    machine.errorOutput = { [unowned self] in
      self.countLines($0)
      self.console.writeError($0)
    }
  }

  /// Forgets the heap, the variables and the results; settings and what was typed stay.
  func reset() {
    leaveJournal()
    journalStart = history.entries.count
    branches = Branches()
    beginHeap()
  }

  /// Goes on with an empty heap.
  func beginHeap() {
    let hadPromptFunctions = machine.objectWithID != nil
    exchangeMachine(Machine(dispatcher: Machine.preferredDispatcher))
    makers = []
    firstStatement = statementNumber
    emptiedAfter = statementNumber
    results = ResultNames(machine)
    if hadPromptFunctions { installPromptFunctions() }
  }

  /// Goes on with a machine that was restored, as it was after a statement; numbers of statements and results go on.
  func adopt(_ restored: Machine, _ record: SessionRecord, after statement: Int) {
    let hadPromptFunctions = machine.objectWithID != nil
    exchangeMachine(restored)
    makers = record.makers
    statementNumber = max(statementNumber, makers.last?.number ?? 0)
    results.adopt(machine, taken: record.takenNames, bound: record.boundNames)
    if hadPromptFunctions { startPrompt(on: machine) }
    waiting = waitingStatement(record, on: machine, results)
    stopped = stoppedRun(record, on: machine, results)
    if let stopped { machine.history?.commit(StatementRecord(stopped.statement, .stopped(stopped), session: self)) }
    firstStatement = statement
    emptiedAfter = nil
  }

  /// The statement that a restored machine waits in; nil when it does not wait.
  func waitingStatement(
    _ record: SessionRecord, on machine: Machine, _ results: ResultNames
  ) -> RunningStatement? {
    machine.isPaused ? unfinishedStatement(record, on: machine, results) : nil
  }

  /// The statement whose run a restored machine is in.
  func unfinishedStatement(
    _ record: SessionRecord, on machine: Machine, _ results: ResultNames
  ) -> RunningStatement {
    let number = record.waiting?.number ?? statementNumber
    let source = SourceFile(name: "[\(number)]", bytes: record.waiting?.text ?? [])
    let parsed = parse(source, options: ParseOptions(language: options.language, prefersObjectLiteral: true))
    let declared = compile(parsed, options: CompileOptions(completionValue: true)).code?.globalDeclarations ?? []
    return RunningStatement(
      number: number, tree: parsed.tree, declared: declared, replaced: [], use: .shown,
      firstID: machine.lastObjectID + 1, resultsBefore: results.mark, printedBefore: printedLines,
      writtenBefore: files.writtenPaths.count, origin: RunOrigin(machine, nextAnswer: nextAnswer, InputLog()))
  }

  /// Takes over what another session knew of its statements.
  func replaceStatements(makers: StatementList, number: Int) {
    (self.makers, statementNumber) = (makers, number)
  }

  /// A number for a heap whose objects stand elsewhere than in all others.
  func newLineage() -> Int {
    lineageCount += 1
    return lineageCount
  }

  /// Goes on with another machine; what belongs to the old one is forgotten.
  func exchangeMachine(_ other: Machine) {
    let receivesInterrupts = Interrupts.isInstalled(machine.interruptSwitch)
    cachedDump = nil
    toldAliases = []
    postMortem = nil
    teaching.forgetObjects()
    waiting = nil
    stopped = nil
    savedImage = nil
    budget?.forget()
    heapLineage = newLineage()
    machine = other
    prepareMachine()
    if receivesInterrupts {
      Interrupts.install(machine.interruptSwitch)
      if isEdited { InterruptSignal.watch(machine.interruptSwitch, isPatient: true) }
    }
  }

  private func countLines(_ bytes: [UInt8]) { for byte in bytes where byte == 0x0a { printedLines += 1 } }

  /// Makes `heap(id)` available, which belongs to the prompt.
  public func installPromptFunctions() {
    machine.installHeapFunction()
    startPrompt(on: machine)
  }

  /// Gives a machine a history, and the objects that `heap(id)` names.
  func startPrompt(on machine: Machine) {
    machine.startHistory()
    if let folder = History.standardFolder("cvm-repl") { machine.history?.folder = folder }
    machine.objectWithID = { [unowned self] id in self.namedObjects[id] ?? self.findObject(id) }
  }

  // MARK: Statements

  /// Evaluates the text of one statement (or several) and shows the result.
  @discardableResult
  public func evaluate(_ text: String) -> ExitStatus { evaluate(bytes: Array(text.utf8)) }

  /// Evaluates the bytes of a statement.
  func evaluate(bytes: [UInt8]) -> ExitStatus { evaluate(bytes, .shown) }

  /// Evaluates a statement; `whenRun` is called between its end and the showing of the result, with the time that it
  /// ran.
  func evaluate(bytes: [UInt8], whenRun: @escaping (_ seconds: Double) -> Void) -> ExitStatus {
    self.whenRun = whenRun
    defer { self.whenRun = nil }
    return evaluate(bytes, .shown)
  }

  /// Evaluates a statement whose result only `_` remembers.
  func evaluateQuietly(_ text: String) -> ExitStatus { evaluate(Array(text.utf8), .remembered) }

  private func evaluate(_ bytes: [UInt8], _ use: ResultUse) -> ExitStatus {
    statementNumber += 1
    if use == .shown { history.add(String(decoding: bytes, as: UTF8.self), number: statementNumber) }
    let source = SourceFile(name: "[\(statementNumber)]", bytes: bytes)
    let run = {
      self.run(
        source, CompileOptions(completionValue: true),
        ParseOptions(language: self.options.language, prefersObjectLiteral: true), use)
    }
    let status = use == .shown ? teach(around: run, bytes) : run()
    console.flush()
    return status
  }

  /// Runs a program: nothing is shown but what it prints.
  func runProgram(_ source: SourceFile, dialect: Dialect, callsMain: Bool) -> ExitStatus {
    if stopped != nil {
      console.writeError("A program stands still: :continue lets it go on, :abort gives it up.\n")
      return .error
    }
    statementNumber += 1
    let parseOptions = ParseOptions(dialect: dialect, language: options.language)
    // The result of `main` is the program's.
    let status = run(source, CompileOptions(callsMain: callsMain), parseOptions, callsMain ? .remembered : .ignored)
    console.flush()
    return status
  }

  private func run(
    _ source: SourceFile, _ compileOptions: CompileOptions, _ parseOptions: ParseOptions, _ use: ResultUse
  ) -> ExitStatus {
    let tree = parse(source, options: parseOptions)
    let compiled = compile(tree, options: compileOptions)
    guard let code = compiled.code else { return refuse(compiled.diagnostics, in: source) }
    machine.history?.showFailure(false)
    let mark = results.mark
    if options.verifies {
      do { try Verifier.verify(code) } catch {
        console.writeError("internal error: \(error)\n")
        return .error
      }
    }
    if machine.objectWithID != nil {
      guard resolveHeapReferences(tree.tree) else { return .error }
      results.bindNames(usedBy: tree.tree, declared: code.globalDeclarations, in: machine)
    }
    defer { forgetHeapReferences() }
    if waiting != nil { return runWhileWaiting(code, of: tree.tree) }
    if stopped != nil { return evaluateAtStop(tree.tree) }
    return run(code, of: tree.tree, parseOptions, use, mark)
  }

  private func run(
    _ code: CodeBlock, of tree: SyntaxTree, _ parseOptions: ParseOptions, _ use: ResultUse, _ mark: ResultNames.Mark
  ) -> ExitStatus {
    cachedDump = nil
    postMortem = nil
    results.keepExpression(.undefined, in: machine)
    let origin = RunOrigin(self)
    let firstID = machine.lastObjectID + 1
    var statement = RunningStatement(
      number: statementNumber, tree: tree, declared: code.globalDeclarations,
      replaced: machine.declare(code.globalDeclarations), use: use, firstID: firstID, resultsBefore: mark,
      printedBefore: printedLines, writtenBefore: files.writtenPaths.count, origin: origin)
    statement.code = machine.load(code, source: ScriptText(tree.source, parseOptions))
    let clock = Stopwatch()
    let completion = start(statement.code, of: statement, nextPlan)
    whenRun?(clock.seconds)
    return finish(statement, completion)
  }

  /// Shows how a statement ended, and keeps or takes back what it did.
  func finish(
    _ statement: RunningStatement, _ completion: Completion, after earlier: StoppedRun? = nil
  ) -> ExitStatus {
    noteMaker(statement.tree.source, statement.firstID)
    cachedDump = nil
    if let cause = stopCause(completion, of: statement) { return stop(statement, cause, after: earlier) }
    if case .paused(let prompt) = completion { return pause(statement, prompt) }
    waiting = nil
    if case .completed(let value) = completion {
      if earlier != nil, stepper.lastPlan.unit != nil || value.isUndefined {
        write("[\(statement.number)] has finished.\n")
      }
      let status = conclude(statement, completion)
      machine.abandonRun()
      commit(statement)
      watchBudget()
      return status
    }
    if case .threw(let exception) = completion {
      if canStop {
        let firstGone = takesBack ? statement.firstID : .max
        postMortem = PostMortem(machine, statement.number, exception, firstGone: firstGone)
      }
      machine.detachStrings(of: exception)
    }
    let status = conclude(statement, completion)
    machine.abandonRun()
    rollBack(statement, completion)
    return status
  }

  /// Shows how a statement ended.
  private func conclude(_ statement: RunningStatement, _ completion: Completion) -> ExitStatus {
    switch completion {
    case .completed(let value):
      results.noticeAssignments(in: machine)
      switch statement.use {
      case .ignored: break
      case .remembered: results.remember(value, in: machine)
      case .shown:
        for binding in statement.replaced { sayReplaced(binding, declared: statement.declared) }
        show(value, of: statement)
      }
      return .done
    case .threw(let exception):
      if !takesBack { for binding in statement.replaced { machine.restore(binding) } }
      results.setError(exception, in: machine)
      console.writeError(ErrorReport(session: self, exception: exception).text)
      return .error
    case .paused, .stopped: return explainStop(completion)
    }
  }

  /// Says why a run did not come to an end; `asking` is what is said where it asks and nobody can answer.
  func explainStop(
    _ completion: Completion, asking sentence: String = "An expression of a command cannot wait for the answer to a CC."
  ) -> ExitStatus {
    switch completion {
    case .paused:
      console.writeError(sentence + "\n")
      return .paused
    case .stopped(.interrupted):
      console.writeError("Interrupted.\n")
      return .interrupted
    case .stopped(let reason):
      console.writeError("Stopped: \(reason.message).\n")
      return .limit
    case .completed, .threw: return .done
    }
  }

  @discardableResult
  func refuse(_ diagnostics: [Diagnostic], in source: SourceFile) -> ExitStatus {
    if diagnostics.count == 1, diagnostics[0].notes.isEmpty,
      let carets = typedStatement?.carets(under: diagnostics[0].range, in: source, self)
    {
      let message = TextLayout.wrapped(
        "SyntaxError: " + TextLayout.printable(diagnostics[0].message), to: options.width, indent: "  ")
      let lines = [carets] + message + MisspeltKeyword.suggestion(diagnostics[0], in: source)
      console.writeError(lines.map { (options.usesColor ? ErrorReport.coloured($0) : $0) + "\n" }.joined())
      return .error
    }
    var lines = DiagnosticRenderer(width: options.width).render(diagnostics, in: source)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    if let first = diagnostics.first { lines += MisspeltKeyword.suggestion(first, in: source) }
    console.writeError(lines.map { (options.usesColor ? ErrorReport.coloured($0) : $0) + "\n" }.joined())
    return .error
  }

  static let titleLength = 400

  private func noteMaker(_ source: SourceFile, _ firstID: UInt64) {
    // What it did up to a stop is part of what it does.
    while let last = makers.last, let ids = last.ids, ids.lowerBound >= firstID { makers.removeLast() }
    guard machine.lastObjectID >= firstID else { return }
    let text = String(decoding: source.bytes.prefix(Self.titleLength), as: UTF8.self)
    let title = source.name.hasPrefix("[") ? text : source.name
    makers.append(Statement(number: statementNumber, text: title, ids: firstID...machine.lastObjectID))
  }

  /// The statement that made an object.
  func maker(of id: UInt64) -> Statement? {
    var low = 0
    var high = makers.count
    while low < high {
      let middle = (low + high) / 2
      guard let ids = makers[middle].ids else { return nil }
      if ids.contains(id) { return makers[middle] }
      if ids.upperBound < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  // MARK: The heap

  /// The graph of the heap as it is now.
  func heapDump() throws(CommandError) -> HeapDump {
    if let cachedDump { return cachedDump }
    let dump = try dumping { () throws(HeapGraphError) in
      try machine.makeHeapDump(promptNames: results.boundNames)
    }
    cachedDump = dump
    return dump
  }

  /// Whether the graph of the heap as it is now was made already.
  var hasHeapDump: Bool { cachedDump != nil }

  /// Whether an interrupt waits for this session, which this takes.
  func takeInterrupt() -> Bool {
    let isWaiting = machine.interruptSwitch.pointee != 0
    machine.interruptSwitch.pointee = 0
    return isWaiting
  }

  /// Turns what ends the making of a graph into what ends a command.
  func dumping<Dump>(_ body: () throws(HeapGraphError) -> Dump) throws(CommandError) -> Dump {
    do throws(HeapGraphError) { return try body() } catch {
      if error == .interrupted, takeInterrupt() { throw .interrupted }
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  /// Forgets the graph, after the heap changed.
  func heapChanged() {
    cachedDump = nil
    teaching.tooLarge = nil
  }

  /// A reachable object by its id.
  func findObject(_ id: UInt64) -> Value? {
    guard id > 0, id <= machine.lastObjectID,
      let dump = try? machine.makeHeapDump(promptNames: results.boundNames, includesGarbage: false),
      let node = dump.graph.node(withID: NodeID(id))
    else { return nil }
    return dump.value(of: node)
  }

  /// Finds the objects of all `heap(12)` calls before the statement runs; false after an error.
  func resolveHeapReferences(_ tree: SyntaxTree) -> Bool {
    let references = HeapReferences.find(in: tree)
    guard !references.isEmpty, machine.globalBinding("heap") == nil else { return true }
    for reference in references where namedObjects[reference.id] == nil {
      guard let object = findObject(reference.id) else {
        console.writeError(ErrorReport.invalidReference(reference.id, at: reference.range, in: tree.source, self))
        return false
      }
      namedObjects[reference.id] = object
    }
    // The statement must find them even when it drops the last other reference first.
    machine.hostRoots += namedObjects.map { (Self.heapRoot, $0.value) }
    return true
  }

  private static let heapRoot = "heap(id)"

  func forgetHeapReferences() {
    if namedObjects.isEmpty { return }
    namedObjects = [:]
    machine.hostRoots.removeAll { $0.name == Self.heapRoot }
  }

  /// The value of an expression, which takes no name; nil after an error, which was shown.
  func quietly(_ text: String) -> Value? {
    let mark = results.mark
    defer { takeBackExpression(mark) }
    guard let code = loadQuietly(text) else { return nil }
    var result: Value?
    _ = runQuietly(code) { result = $0 }
    return result
  }

  /// Loads an expression that takes no name; nil after an error, which was shown.
  func loadQuietly(_ text: String) -> Int? {
    let source = SourceFile(name: "[expression]", text: text)
    let tree = parse(source, options: ParseOptions(language: options.language, prefersObjectLiteral: true))
    let compiled = compile(tree, options: CompileOptions(completionValue: true))
    guard let code = compiled.code else {
      _ = refuse(compiled.diagnostics, in: source)
      return nil
    }
    results.bindNames(usedBy: tree.tree, declared: code.globalDeclarations, in: machine)
    machine.declare(code.globalDeclarations)
    return machine.load(code, source: ScriptText(source))
  }

  /// Runs loaded code whose value takes no name; errors are shown.
  func runQuietly(_ code: Int, _ use: (Value) -> Void = { _ in }) -> ExitStatus {
    cachedDump = nil
    let completion = answering(machine.run(code: code))
    defer { machine.abandonRun() }
    switch completion {
    case .completed(let value):
      // The command that asked must find it in the heap.
      results.keepExpression(value, in: machine)
      use(value)
      return .done
    case .threw(let exception):
      console.writeError(ErrorReport(session: self, exception: exception).text)
      return .error
    case .paused, .stopped: return explainStop(completion)
    }
  }

  // MARK: Results

  private func show(_ value: Value, of statement: RunningStatement) {
    let tree = statement.tree
    if !value.isUndefined {
      showResult(value, of: tree.source.bytes.count < 200 ? String(decoding: tree.source.bytes, as: UTF8.self) : "")
    } else if DeclaredNames.lastStatementIsExpression(tree) {
      // What printed something has answered.
      if printedLines == statement.printedBefore { write("undefined\n") }
    } else {
      for name in DeclaredNames.ofLastStatement(tree, among: statement.declared) {
        if let value = machine.globalBinding(name)?.value, !value.isUndefined { showResult(value, of: name) }
      }
    }
  }

  private func showResult(_ value: Value, of text: String) {
    let name = results.add(value, in: machine)
    write(ResultLine.text(name: name, value: value, session: self) + "\n")
    if let remark = ResultLine.aliasRemark(text, value, self) { write(remark + "\n") }
  }

  /// Shows a value that gets no name.
  func showValue(_ value: Value) {
    write(ResultLine.text(name: "_", value: value, session: self) + "\n")
  }

  private func sayReplaced(_ binding: Machine.ReplacedBinding, declared: [GlobalDeclaration]) {
    guard !results.boundNames.contains(binding.name) else { return }
    if binding.kind == .var || binding.kind == .function,
      declared.contains(where: { String(decoding: $0.name, as: UTF16.self) == binding.name && $0.kind == .var })
    {
      return
    }
    let was = binding.value.map { machine.preview($0, limit: 40) } ?? "without a value"
    write("replaced \(binding.kind) \(binding.name) (was \(was))\n")
  }

  /// Writes what is not for programs: to standard output, or beside it when that is for JSON.
  func write(_ text: String) {
    if options.isJSON { console.writeError(text) } else { console.write(text) }
  }

  /// Says something the first time.
  func hint(_ kind: OneTimeHints.Kind, _ text: String) {
    if hints.isFirst(kind) { console.writeError(text + "\n") }
  }
}

/// Remarks that a session makes once.
struct OneTimeHints {
  enum Kind { case bareWord, dotCommand, fork, stop }
  private var said: Set<Kind> = []

  mutating func isFirst(_ kind: Kind) -> Bool { said.insert(kind).inserted }
}

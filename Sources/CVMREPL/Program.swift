import CVMCompiler
import CVMReport
import CVMRuntime
import CVMSyntax
import CVMTerminal
import Glibc

/// Something that is done to the heap before or instead of a session: `-e CODE` or `-c COMMAND`.
public enum Action: Sendable, Equatable {
  case evaluate(String)
  case command(String)
}

/// Everything that a command line says.
public struct Invocation: Sendable {
  /// What the program is asked to do first.
  public enum Form: Sendable, Equatable {
    case session
    case run(program: String, arguments: [String])
    /// A session on the state that a checkpoint file holds.
    case open(String)
    /// Goes on with an execution that a store holds.
    case resume(String)
    case executions(ExecutionsAction)
  }

  public var form = Form.session
  public var actions: [Action] = []
  public var options = SessionOptions()
  /// Whether an interactive session begins with the commands of the person's file.
  public var readsInitFile = true
  /// The file with answers for `CC`.
  public var answersFile: String?
  /// Where executions live; nil for the standard place.
  public var store: String?
  /// The name under which a program is kept while it waits.
  public var id: String?

  public init() {}
}

/// What the executable does.
public enum Program {
  public static let version = "0.1.0"

  /// Does what the command line says; the exit status.
  public static func run(_ invocation: Invocation) -> ExitStatus {
    let console = Console.standard()
    var options = invocation.options
    if let file = invocation.answersFile {
      do throws(AnswersError) { options.answers += try Answers.read(file) } catch {
        console.writeError(error.message + "\n")
        return error.status
      }
    }
    switch invocation.form {
    case .executions(let action):
      defer { console.flush() }
      return ExecutionsCommand(place: invocation.store, options: options, console: console).run(action)
    case .resume,
      .run where invocation.id != nil || invocation.store != nil:
      return ExecutionProgram(invocation: invocation, options: options, console: console).run()
    case .session, .run, .open: break
    }
    let session = Session(options: options, console: console)
    do throws(SandboxError) { try session.openSandbox(options.sandboxPaths) } catch {
      console.writeError("Cannot open the sandbox \(error)\n")
      return .notFound
    }
    Interrupts.install(session.machine.interruptSwitch)
    defer { console.flush() }
    if options.asksForAnswers { session.askForAnswer = { AnswerPrompt.ask($0, console) } }
    var status = ExitStatus.done
    switch invocation.form {
    case .run(let path, let arguments):
      // A program that came that way was read to the end.
      session.files.readsStandardInput = true
      session.machine.installArguments(["cvm-repl", path] + arguments)
      status = runFile(path, session)
      if !invocation.actions.isEmpty { session.installPromptFunctions() }
    case .session, .open, .resume, .executions:
      session.installPromptFunctions()
      if case .open(let path) = invocation.form {
        let quote = path.contains("\"") ? "'" : "\""
        status = session.command("open \(quote)\(path)\(quote)")
        guard status == .done else { return status }
      }
      if invocation.actions.isEmpty { return serve(session, readsInitFile: invocation.readsInitFile) }
    }
    if status == .done { status = session.perform(invocation.actions) }
    ExecutionRunner.sayUnused(options.answers.count - session.nextAnswer, to: console)
    return status
  }

  private static func runFile(_ path: String, _ session: Session) -> ExitStatus {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch {
      session.console.writeError("Cannot read \(error.message)\n")
      return .notFound
    }
    let name = path == "-" ? "(standard input)" : path
    let dialect: Dialect = path.hasSuffix(".ts") ? .typeScript : .javaScript
    if let source = FirstCVMFiles.source(in: bytes) {
      session.options.language = .cvm1
      return session.runProgram(SourceFile(name: name, text: source), dialect: dialect, callsMain: true)
    }
    return session.runProgram(SourceFile(name: name, bytes: bytes), dialect: dialect, callsMain: true)
  }

  /// A session on standard input.
  private static func serve(_ session: Session, readsInitFile: Bool) -> ExitStatus {
    let isInteractive = isatty(STDIN_FILENO) == 1
    session.options.isInteractive = isInteractive
    let editor = isInteractive && !session.options.isPlain ? EditedInput(session) : nil
    if isInteractive { session.console.write("cvm-repl \(version)   :help lists commands, :quit leaves\n") }
    if let editor {
      session.isEdited = true
      if session.options.asksForAnswers { session.askForAnswer = { editor.answer(to: $0) } }
      session.askForMore = { editor.editor.askForMore($0) }
      session.earlierHistory = { editor.earlierEntries }
      session.options.usesColor = Terminal.wantsColor
      InterruptSignal.watch(session.machine.interruptSwitch, isPatient: true)
      for problem in editor.editor.configurationProblems { session.console.writeError(problem + "\n") }
    }
    if isInteractive, readsInitFile { InitFile.run(in: session) }
    session.keepsJournal = isInteractive
    if isInteractive { tellRecoverable(session) }
    defer { session.endJournals() }
    return REPL(session: session, isInteractive: isInteractive, editor: editor).run()
  }

  /// Says that a session was killed that can be gone on with.
  private static func tellRecoverable(_ session: Session) {
    let left = LeftJournal.all(in: session.options.stateFolder)
    defer { for journal in left { journal.release() } }
    guard let newest = left.first, let last = newest.statements.last else { return }
    let line = last.text.split(separator: "\n").first.map(String.init) ?? ""
    let count = Numbers.counted(UInt64(newest.statements.count), "statement")
    let sentence =
      left.count == 1 ? "A session of \(count) was killed" : "\(left.count) sessions were killed, the last of \(count)"
    let text = "\(sentence); it ended with  \(TextLayout.printable(line))"
    session.console.write(
      TextLayout.ellipsized(text, to: session.options.width, isASCII: session.options.isASCII)
        + (left.count == 1
          ? "\n:recover goes on with it, :recover --drop gives it up.\n"
          : "\n:recover lists them, :recover N goes on with one, :recover --drop gives them up.\n"))
  }
}

/// Why a file with answers is of no use.
struct AnswersError: Error {
  let status: ExitStatus
  let message: String
}

/// Reads answers for `CC`: a JSON array of strings.
enum Answers {
  static func read(_ path: String) throws(AnswersError) -> [String] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch {
      throw AnswersError(status: .notFound, message: "Cannot read \(error.message)")
    }
    // JSON is a part of the language.
    let source = SourceFile(name: path, bytes: Array("(".utf8) + bytes + Array("\n)".utf8))
    let result = parse(source)
    let tree = result.tree
    guard !result.hasErrors, tree.body(tree.root).count == 1, let statement = tree.body(tree.root).first,
      tree.kind(statement) == .expressionStatement, let list = tree.optionalOperand(statement),
      tree.kind(list) == .arrayLiteral, tree.elements(list).allSatisfy({ tree.kind($0) == .stringLiteral })
    else { throw AnswersError(status: .usage, message: "\(path) must hold a JSON array of strings") }
    return tree.elements(list).map { tree.text(tree.name($0)) }
  }
}

extension Session {
  /// Does one thing after the other, up to the first that fails.
  func perform(_ actions: [Action]) -> ExitStatus {
    var status = ExitStatus.done
    for action in actions where status == .done && !isFinished {
      switch action {
      case .evaluate(let code): status = evaluateQuietly(code)
      case .command(let line): status = command(line)
      }
    }
    return status
  }
}

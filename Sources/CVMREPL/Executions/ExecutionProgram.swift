import CVMRuntime
import CVMStorage
import Glibc

/// `run --id` and `resume`: what the command line asks for, with a store.
struct ExecutionProgram {
  let invocation: Invocation
  let options: SessionOptions
  let console: Console

  func run() -> ExitStatus {
    defer { console.flush() }
    // Rights come from this command line and from nowhere else.
    let sandbox: Sandbox?
    do throws(SandboxError) {
      sandbox = options.sandboxPaths.isEmpty ? nil : try Sandbox(folders: options.sandboxPaths)
    } catch {
      console.writeError("Cannot open the sandbox \(error)\n")
      return .notFound
    }
    switch invocation.form {
    case .run(let path, let arguments): return start(path, arguments, sandbox)
    case .resume(let id): return resume(id, sandbox)
    case .session, .open, .executions: return .usage
    }
  }

  private func start(_ path: String, _ arguments: [String], _ sandbox: Sandbox?) -> ExitStatus {
    var source: [UInt8]
    do throws(FileError) { source = try readFile(path) } catch {
      console.writeError("Cannot read \(error.message)\n")
      return .notFound
    }
    var language = options.language
    if let text = FirstCVMFiles.source(in: source) {
      source = Array(text.utf8)
      language = .cvm1
    }
    let details = ProgramDetails(
      file: path == "-" ? "(standard input)" : path, language: language, arguments: arguments)
    // A program that is none needs no store.
    if case .failure(let error) = VMManager.compiled(source, details, width: options.width) {
      return ExecutionMessages.write(error, id: nil, store: nil, to: console)
    }
    return withManager(creates: true, id: invocation.id, sandbox, readsStandardInput: true) { manager, store in
      let id = invocation.id ?? Self.freeName(for: path, in: store)
      var runner = runner(manager, id)
      return follow(runner.start(source, details), runner)
    }
  }

  private func resume(_ id: String, _ sandbox: Sandbox?) -> ExitStatus {
    withManager(creates: false, id: id, sandbox, readsStandardInput: false) { manager, _ in
      var runner = runner(manager, id)
      return follow(runner.resume(), runner)
    }
  }

  private func withManager(
    creates: Bool, id: String?, _ sandbox: Sandbox?, readsStandardInput: Bool,
    _ body: (VMManager, any ExecutionStore) -> ExitStatus
  ) -> ExitStatus {
    let store: any ExecutionStore
    do throws(StorageError) { store = try ExecutionPlace.open(invocation.store, creates: creates) } catch {
      return ExecutionMessages.write(.storage(error), id: id, store: nil, to: console)
    }
    let manager = VMManager(store: store, options: options, console: console) { session in
      session.files.sandbox = sandbox
      session.files.readsStandardInput = readsStandardInput
      Interrupts.install(session.machine.interruptSwitch)
    }
    return body(manager, store)
  }

  private func runner(_ manager: VMManager, _ id: String) -> ExecutionRunner {
    ExecutionRunner(
      manager: manager, console: console, id: id, place: invocation.store, answers: options.answers[...],
      isFollowed: !invocation.actions.isEmpty,
      ask: options.asksForAnswers ? { AnswerPrompt.ask($0, console) } : nil)
  }

  /// What is to be done after a program has come to its end, with the answers that it has left.
  private func follow(_ first: ExitStatus, _ runner: ExecutionRunner) -> ExitStatus {
    guard first == .done, let session = runner.completed?.session else { return first }
    session.nextAnswer = options.answers.count - runner.answers.count
    session.askForAnswer = runner.ask
    session.installPromptFunctions()
    let status = session.perform(invocation.actions)
    if runner.isFollowed { ExecutionRunner.sayUnused(options.answers.count - session.nextAnswer, to: console) }
    return status
  }

  /// The name of a program's file, with a number when it is taken.
  private static func freeName(for path: String, in store: any ExecutionStore) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    let name = String(stem.map { ExecutionName.isValid("a\($0)") ? $0 : "_" }.prefix(80))
    let first = ExecutionName.isValid(name) && name != "_" ? name : "program"
    let taken = Set(((try? store.records()) ?? []).map(\.id))
    if !taken.contains(first) { return first }
    var number = 2
    while taken.contains("\(first)-\(number)") { number += 1 }
    return "\(first)-\(number)"
  }
}

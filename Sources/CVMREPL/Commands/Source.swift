import CVMReport
import CVMSyntax
import Glibc

/// `:source`: a file of statements and commands.
enum SourceCommand: Command {
  static let spec = CommandSpec(
    name: "source", category: .session, argument: "FILE", kind: .file, rule: .required,
    summary: "reads statements and commands from a file; shows the text of a function",
    discussion:
      "A failure is told with its line, and the rest of the file goes on. Where there is no such file, the name of a "
      + "function or class shows how it was written.",
    examples: [.init(":source session.txt")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let path = Redirection.expanded(call.argument)
    guard session.sourceDepth < 20 else { throw .usage(":source goes around in circles: \(path)") }
    let outcome: CommandScript.Outcome
    do throws(FileError) { outcome = try CommandScript(path: path).run(in: session, showsResults: true) } catch {
      if let text = functionText(call.argument, session) {
        return answer(withText: text, session.options.rendering)
      }
      throw .notFound("Cannot read \(error.message)")
    }
    var answer = CommandAnswer("", "source", options: session.options.rendering) {
      $0.member("file", path)
      $0.member("statements", outcome.count)
      $0.member("failures", outcome.failures)
    }
    answer.status = outcome.status
    return answer
  }
}

extension SourceCommand {
  private static func answer(withText text: String, _ options: RenderOptions) -> CommandAnswer {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return CommandAnswer(
      text: { lines.map { TextLayout.printable(String($0)) + "\n" }.joined() },
      json: { JSONWriter.text(isASCII: options.isASCII) { $0.report("source") { $0.member("text", text) } } })
  }

  private static func functionText(_ name: String, _ session: Session) -> String? {
    let function = ObjectPath(name)?.evaluate(in: session.machine, names: session.results.value(of:))
    return function.flatMap(session.machine.sourceText)
  }
}

/// Statements and commands in a file.
struct CommandScript {
  struct Outcome {
    var count = 0
    var failures = 0
    /// The status of the last failure.
    var status = ExitStatus.done
  }

  let path: String
  private let bytes: [UInt8]

  init(path: String) throws(FileError) {
    self.path = path
    bytes = try readFile(path)
  }

  /// Runs everything; failures are told with file and line.
  func run(in session: Session, showsResults: Bool) -> Outcome {
    var outcome = Outcome()
    session.sourceDepth += 1
    defer { session.sourceDepth -= 1 }
    var completeness = InputCompleteness(options: .prompt)
    var startLine = 0
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !session.isFinished {
      let text = String(decoding: line, as: UTF8.self)
      if startLine == 0 {
        if text.allSatisfy(\.isWhitespace) || isRemark(text) { continue }
        if let command = InputLine.command(in: text, session) {
          note(session.runCommand(command), line: index + 1, session, &outcome)
          if outcome.status == .interrupted { return outcome }
          continue
        }
        startLine = index + 1
      }
      if case .incomplete = completeness.append(text), index + 1 < lines.count { continue }
      var statement = completeness.bytes
      while let last = statement.last, last == 0x0A || last == 0x0D { statement.removeLast() }
      if !InputLine.isBlank(statement) {
        let status =
          showsResults
          ? session.evaluate(bytes: statement) : session.evaluateQuietly(String(decoding: statement, as: UTF8.self))
        note(status, line: startLine, session, &outcome)
      }
      completeness = InputCompleteness(options: .prompt)
      startLine = 0
      if outcome.status == .interrupted { return outcome }
    }
    return outcome
  }

  /// `# as in other files of settings`
  private func isRemark(_ line: String) -> Bool { line == "#" || ["# ", "#\t", "#!"].contains(where: line.hasPrefix) }

  private func note(_ status: ExitStatus, line: Int, _ session: Session, _ outcome: inout Outcome) {
    outcome.count += 1
    guard status != .done else { return }
    outcome.failures += 1
    outcome.status = status
    session.console.writeError("  in \(TextLayout.printable(path)):\(line)\n")
  }
}

/// The script at the start of an interactive session.
enum InitFile {
  /// `cvm-repl/init` in the configuration folder; nil when there is no home.
  static var path: String? {
    func folder(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let folder = folder("XDG_CONFIG_HOME") { return folder + "/cvm-repl/init" }
    return folder("HOME").map { $0 + "/.config/cvm-repl/init" }
  }

  /// Runs the script, when there is one; nothing in it is fatal.
  static func run(in session: Session) {
    guard let path, access(path, F_OK) == 0 else { return }
    session.console.isMuted = true
    defer { session.console.isMuted = false }
    do throws(FileError) { _ = try CommandScript(path: path).run(in: session, showsResults: false) } catch {
      session.console.writeError("Cannot read \(error.message)\n")
    }
  }
}

/// `:reset`: an empty heap.
enum ResetCommand: Command {
  static let spec = CommandSpec(
    name: "reset", category: .session, summary: "forgets all variables and objects; settings stay",
    examples: [.init(":reset")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireNoLesson(":reset")
    let count = session.machine.lastObjectID
    session.reset()
    return CommandAnswer(
      "A fresh heap. \(Numbers.counted(count, "object")) made until now are gone.", "reset",
      options: session.options.rendering
    ) { $0.member("objects", count) }
  }
}

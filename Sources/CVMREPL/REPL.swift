import CVMRuntime
import CVMSyntax
import Glibc

/// Reads statements and commands line by line, from a pipe or, without editing, from a terminal.
public final class REPL {
  private let session: Session
  private let reader: LineReader
  private let isInteractive: Bool
  private let editor: EditedInput?
  private var completeness = InputCompleteness(options: .prompt)
  private var pendingBytes = 0
  private var lastFailure = ExitStatus.done

  /// Longer statements belong into files.
  static let statementLimit = 16 << 20
  private static let continuationPrompt = "  ... "

  private var prompt: String { EditedInput.prompt(session) }

  public init(
    session: Session, descriptor: Int32 = STDIN_FILENO, isInteractive: Bool = false, editor: EditedInput? = nil
  ) {
    self.session = session
    self.editor = editor
    self.isInteractive = isInteractive
    reader = LineReader(descriptor: descriptor, limit: Self.statementLimit)
  }

  /// Reads up to the end or `:quit`; the status of the last failure.
  public func run() -> ExitStatus {
    session.asksOnce = !isInteractive
    session.askForLine = session.askForLine ?? { [unowned self] in askForLine($0) }
    if let editor { return run(editor) }
    while !session.isFinished {
      if isInteractive {
        if !session.console.isAtLineStart { session.console.write("\n") }
        session.console.write(pendingBytes == 0 ? prompt : Self.continuationPrompt)
        session.console.flush()
      }
      switch reader.next() {
      case .text(let bytes): take(String(decoding: bytes, as: UTF8.self))
      case .tooLong(let count): refuse(byteCount: count)
      case .interrupted:
        _ = Interrupts.take()
        guard isInteractive else { return .interrupted }
        session.console.write("\n")
        forget()
      case .end:
        if pendingBytes > 0 { finishStatement() }
        if isInteractive { session.console.write("\n") }
        session.console.flush()
        return isInteractive ? .done : lastFailure
      }
      if lastFailure == .interrupted, !isInteractive { return .interrupted }
    }
    return isInteractive ? .done : lastFailure
  }

  /// Reads whole statements from the line editor.
  private func run(_ editor: EditedInput) -> ExitStatus {
    while !session.isFinished {
      switch editor.next() {
      case .text(let text):
        if text.allSatisfy(\.isWhitespace) {
          if session.stopped != nil, let line = session.stepper.repeated { session.command(line) }
          continue
        }
        // What came while the line was typed is over.
        _ = Interrupts.take()
        if let parts = InputParts(text, session) {
          run(parts)
        } else if let command = InputLine.command(in: text, session) {
          session.command(command)
        } else if !InputLine.isBlank(Array(text.utf8)) {
          _ = session.evaluateTyped(Array(text.utf8), promptWidth: editor.editor.prompt.count)
        }
        session.noteInJournal()
        _ = Interrupts.take()
      case .interrupted: continue
      case .end: return .done
      }
    }
    return .done
  }

  /// Runs statements and commands that were given at once, as a script's.
  private func run(_ parts: InputParts) {
    for (index, part) in parts.parts.enumerated() where !session.isFinished {
      var status = ExitStatus.done
      if part.isCommand, let command = InputLine.command(in: part.text, session) {
        status = session.command(command)
      } else if !InputLine.isBlank(Array(part.text.utf8)) {
        status = session.evaluate(part.text)
      }
      session.noteInJournal()
      if status == .interrupted {
        if index + 1 < parts.parts.count { session.console.writeError("What stands behind it did not run.\n") }
        return
      }
    }
  }

  /// The next line, as the answer to a question of the session.
  private func askForLine(_ prompt: String) -> String? {
    if let editor {
      if case .text(let line) = editor.editor.readAnswer(prompt) { return line }
      return nil
    }
    if isInteractive { session.console.writeNow(prompt) }
    session.console.flushNow()
    guard case .text(let bytes) = reader.next() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func note(_ status: ExitStatus) {
    if status != .done { lastFailure = status }
  }

  private func refuse(byteCount: Int) {
    session.console.writeError(
      "The line has \(byteCount) bytes; a statement may have \(Self.statementLimit) here. Put it in a file: :load FILE\n"
    )
    note(.usage)
    forget()
  }

  private func forget() {
    completeness = InputCompleteness(options: .prompt)
    pendingBytes = 0
  }

  // MARK: Lines

  private func take(_ text: String) {
    let line = withoutPrompt(text)
    if pendingBytes == 0 {
      if line.allSatisfy(\.isWhitespace) { return }
      if let command = InputLine.command(in: line, session) {
        note(session.command(command))
        session.noteInJournal()
        return
      }
    }
    if pendingBytes > 0, InputLine.isBreak(line) { return forget() }
    pendingBytes += line.utf8.count + 1
    if pendingBytes > Self.statementLimit { return refuse(byteCount: pendingBytes) }
    switch completeness.append(line) {
    case .incomplete: return
    case .complete, .wrong: finishStatement()
    }
  }

  private func finishStatement() {
    var bytes = completeness.bytes
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    forget()
    // Comments alone are no statement.
    if InputLine.isBlank(bytes) { return }
    note(session.evaluateTyped(bytes, promptWidth: prompt.count))
    session.noteInJournal()
  }

  /// A line that was copied from a terminal with our prompt in front.
  private func withoutPrompt(_ line: String) -> String {
    let prompt = pendingBytes == 0 ? EditedInput.prompt : Self.continuationPrompt
    return line.hasPrefix(prompt) ? String(line.dropFirst(prompt.count)) : line
  }
}

extension ParseOptions {
  /// How texts are read that are typed at the prompt.
  static let prompt = ParseOptions(prefersObjectLiteral: true)
}

/// Tells commands from statements.
enum InputLine {
  /// The command that a line is; nil for a statement.
  static func command(in line: String, _ session: Session) -> String? {
    var text = line[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    if text.first == ":" { return String(text) }
    if session.stopped != nil, let command = stopKey(text, session) { return command }
    if text.first == ".", let command = dotCommand(text, session) { return command }
    if let command = bareCommand(text, session) {
      session.hint(.bareWord, "Commands begin with a colon: \(command)")
      return command
    }
    return questioned(text).map { ":show \($0)" }
  }

  /// Whether a line is a command, whatever the program does.
  static func isCommand(_ line: String, _ session: Session) -> Bool {
    if CommandLineText.isCommand(line) { return true }
    guard line.utf8.count < 1000 else { return false }
    let text = CommandCall.trimmed(line[...])[...]
    return dotCommand(text) != nil || questioned(text) != nil || bareCommand(text, session) != nil
  }

  /// Commands that need no colon while a program stands still, unless they are names of the program's.
  static let stopKeys = ["s": "step", "n": "next", "f": "finish", "b": "back", "c": "continue"]

  private static func stopKey(_ text: Substring, _ session: Session) -> String? {
    if text.hasPrefix("u "), session.stepper.condition(String(text.dropFirst(2))).isValid {
      return ":until \(text.dropFirst(2))"
    }
    guard let name = stopKeys[String(text)] else { return nil }
    if session.machine.globalBinding(String(text)) == nil, session.stoppedFrame?.variable(String(text)) == nil {
      return ":" + name
    }
    session.console.write(ResultColors.note("(\(text) is a variable here; :\(name) goes on)", session.options) + "\n")
    return nil
  }

  /// What `p?`, `12?`, `#12?` and `@12?` ask about; nil for any other text.
  static func questioned(_ text: Substring) -> String? {
    guard text.last == "?", text.utf8.count < 1000 else { return nil }
    let name = String(text.dropLast())
    if ObjectPath(name) != nil || (name.first == "#" && !name.contains(" ")) { return name }
    let digits = name.first == "@" ? name.dropFirst() : name[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? name : nil
  }

  /// The command that words mean which can't be a statement: `help`, `help refs`, `quit`, `exit()`, `clear`.
  private static func bareCommand(_ text: Substring, _ session: Session) -> String? {
    let word = text.prefix(while: \.isLetter)
    guard ["help", "quit", "exit"].contains(word), session.machine.globalBinding(String(word)) == nil else {
      return nil
    }
    let rest = CommandCall.trimmed(text[word.endIndex...])
    if rest.isEmpty { return ":\(word)" }
    if word != "help" { return rest == "()" || rest == ";" || rest == "();" ? ":\(word)" : nil }
    if rest == "()" { return ":help" }
    // Two names side by side are no statement.
    let isTopic =
      rest.first == ":"
      || rest.first?.isLetter == true && !["in", "instanceof"].contains(rest.prefix(while: \.isLetter))
    return text[word.endIndex...].first == " " && isTopic ? ":help \(rest.drop { $0 == ":" })" : nil
  }

  /// Node's commands, and what they are called here.
  static let dotCommands = [
    "help": "help", "exit": "quit", "load": "load", "save": "save", "editor": "edit new", "clear": "reset",
    "break": "",
  ]

  /// The command that one of Node's means, and what follows it.
  static func dotCommand(_ text: Substring) -> (name: String, rest: Substring)? {
    let word = text.dropFirst().prefix { $0.isLetter }
    guard text.first == ".", let name = dotCommands[String(word)] else { return nil }
    let rest = text[word.endIndex...]
    return rest.isEmpty || rest.first == " " || rest.first == "\t" ? (name, rest) : nil
  }

  private static func dotCommand(_ text: Substring, _ session: Session) -> String? {
    guard let (name, rest) = dotCommand(text) else { return nil }
    if name.isEmpty {
      session.hint(.dotCommand, "There is nothing to break off: Ctrl-C drops what was typed.")
      return ""
    }
    session.hint(.dotCommand, "Commands begin with a colon here: :\(name)")
    return ":\(name)\(rest)"
  }

  /// Whether a line drops the unfinished statement in front of it.
  static func isBreak(_ line: String) -> Bool {
    let text = CommandCall.trimmed(line[...])
    return text == ".break" || text == ".clear"
  }

  /// Whether a text has no statement in it.
  static func isBlank(_ bytes: [UInt8]) -> Bool {
    guard bytes.count < 10_000 else { return false }
    let tree = parse(SourceFile(name: "input", bytes: bytes))
    return !tree.hasErrors && tree.tree.body(tree.tree.root).isEmpty
  }
}

extension InputParts {
  init?(_ text: String, _ session: Session) {
    self.init(text) { InputLine.isCommand($0, session) }
  }
}

import CVMTerminal

/// The line editor of a session: what it knows about the language, and the history.
public final class EditedInput {
  let editor: LineEditor
  private let session: Session
  private let highlighter = SyntaxHighlighter()
  private let advice: SyntaxAdvice

  /// What earlier sessions left in the history.
  let earlierEntries: [String]

  static let prompt = "cvm> "
  static let continuationPrompt = "...> "
  /// While a program waits at a CC.
  static let waitingPrompt = "wait> "

  /// While a program stands still for the person who debugs it.
  static let stoppedPrompt = "step> "

  static func prompt(_ session: Session) -> String {
    session.stopped != nil ? stoppedPrompt : session.waiting != nil ? waitingPrompt : prompt
  }

  /// Nil when the terminal is of no use for editing.
  public init?(_ session: Session) {
    guard Terminal.canEdit,
      let editor = LineEditor(program: "cvm-repl", history: History(path: History.standardPath("cvm-repl")))
    else { return nil }
    self.editor = editor
    self.session = session
    advice = SyntaxAdvice { [unowned session] in InputLine.isCommand($0, session) }
    earlierEntries = editor.history.entries
    editor.prompt = Self.prompt
    editor.continuationPrompt = Self.continuationPrompt
    editor.support = support()
  }

  private func support() -> EditorSupport {
    let completer = Completer(session)
    var support = EditorSupport()
    support.highlight = { [highlighter] line, state in highlighter.highlight(line, state) }
    support.findProblem = { [advice] text, cursor in advice.problem(in: text, cursor: cursor) }
    support.completeness = { [advice] text in advice.completeness(of: text) }
    support.indentation = { [advice] text in advice.indentation(after: text) }
    support.complete = { text, cursor in completer.complete(text, cursor) }
    support.cleanPaste = PromptMarks.removed
    support.undoCommand = ":undo"
    support.fileSuffix = ".js"
    return support
  }

  /// The next statement or command that the person types.
  func next() -> LineEditor.Outcome {
    session.console.startLine(columns: TerminalSize.current().columns, session.options)
    editor.usesColor = session.options.usesColor
    editor.prompt = Self.prompt(session)
    let widens = editor.prompt.count > Self.prompt.count
    editor.continuationPrompt = (widens ? "." : "") + Self.continuationPrompt
    highlighter.findBuiltInNames = { [session] in Set(session.machine.globalObjectNames) }
    session.options.width = Self.width
    let outcome = editor.readText()
    // The terminal may have got another width meanwhile.
    session.options.width = Self.width
    if case .text(let text) = outcome {
      for entry in InputParts(text, session)?.parts.map(\.text) ?? [text] { editor.history.add(entry) }
    }
    return outcome
  }

  /// The columns of the terminal, or the fewest for which answers are laid out.
  private static var width: Int { max(TerminalSize.current().columns, 40) }

  /// What the person answers to a question of the program.
  func answer(to question: String) -> Answer {
    session.console.startLine(columns: TerminalSize.current().columns, session.options)
    session.console.write("CC: \(question)\n")
    session.console.flush()
    switch editor.readAnswer(AnswerPrompt.prompt) {
    case .text(let line): return AnswerPrompt.meaning(of: line)
    case .interrupted: return .abort
    case .end: return .wait
    }
  }
}

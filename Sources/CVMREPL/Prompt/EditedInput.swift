import CVMTerminal

/// The line editor of a session: what it knows about the language, and the history.
public final class EditedInput {
  let editor: LineEditor
  private let session: Session
  private let highlighter = SyntaxHighlighter()
  private let advice = SyntaxAdvice()

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
    session.console.flush()
    editor.usesColor = session.options.usesColor
    session.options.width = max(TerminalSize.current().columns, 40)
    editor.prompt = Self.prompt(session)
    let widens = editor.prompt.count > Self.prompt.count
    editor.continuationPrompt = (widens ? "." : "") + Self.continuationPrompt
    highlighter.findBuiltInNames = { [session] in Set(session.machine.globalObjectNames) }
    let outcome = editor.readText()
    if case .text(let text) = outcome { editor.history.add(text) }
    return outcome
  }

  /// What the person answers to a question of the program.
  func answer(to question: String) -> Answer {
    session.console.write("CC: \(question)\n")
    session.console.flush()
    switch editor.readAnswer(AnswerPrompt.prompt) {
    case .text(let line): return AnswerPrompt.meaning(of: line)
    case .interrupted: return .abort
    case .end: return .wait
    }
  }
}

/// Takes prompts out of text that was copied from a terminal.
enum PromptMarks {
  private static let prompts = [EditedInput.prompt, EditedInput.waitingPrompt, EditedInput.stoppedPrompt, "cvm>"]
  private static let continuations = [EditedInput.continuationPrompt, "  ... ", "...>"]

  /// The text without prompts, if its first line begins with one, and without the answers between them.
  static func removed(_ text: String) -> String {
    guard prompts.contains(where: text.hasPrefix) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var typed: [Substring] = []
    var markCount = 0
    for line in lines {
      if let mark = (prompts + continuations).first(where: line.hasPrefix) {
        typed.append(line.dropFirst(mark.count))
        markCount += 1
      } else if isResult(line) {
        // Nothing that was typed follows a result without a prompt in front.
        if markCount == 1 { return typed.joined(separator: "\n") }
      } else if markCount == 1 {
        // Perhaps only the first prompt was copied.
        typed.append(line)
      }
    }
    guard markCount > 1 else { return typed.joined(separator: "\n") }
    return lines.compactMap { line in
      (prompts + continuations).first(where: line.hasPrefix).map { line.dropFirst($0.count) }
    }.joined(separator: "\n")
  }

  /// `$12 = ` or `_ = ` at the start of a line.
  private static func isResult(_ line: Substring) -> Bool {
    let rest =
      line.hasPrefix("$") ? line.dropFirst().drop(while: \.isNumber) : line.dropFirst(line.first == "_" ? 1 : 0)
    return rest.startIndex > line.startIndex && rest.hasPrefix(" = ")
  }
}

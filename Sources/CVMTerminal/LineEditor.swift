import CLineEdit
import Glibc

/// Lets a person type a text of one or more lines at a terminal.
///
/// libedit edits; what is seen is painted here, before each key is read. An editor belongs to the thread that made it.
public final class LineEditor {
  /// What the person did.
  public enum Outcome: Equatable {
    case text(String)
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  public var prompt = "> "
  public var continuationPrompt = "... "
  /// Shown at the right edge while there is room.
  public var rightPrompt = ""
  public var usesColor = true
  public var support = EditorSupport()
  public let messages = MessageQueue()
  private let answers = History(path: nil)
  public private(set) var history: History
  /// What is wrong with the user's `.editrc`, as `file:line: reason`.
  public private(set) var configurationProblems: [String] = []

  let input: Int32
  let output: Int32
  var edit: EditLine!
  var actions: [(UInt32) -> CommandResult] = []

  // What is read.
  var queue = KeyQueue()
  /// A byte that was read and belongs to the next key.
  var unreadByte: UInt8?
  var outcome = Outcome.end
  var pendingText: [UInt32] = []
  var pendingPaste: [UInt32] = []
  var sequenceIsBound: [String: Bool] = [:]
  /// Texts of the user's macros.
  var macroTexts: [[UInt32]] = []

  // What is edited.
  var document = TextDocument()
  var cursor = 0
  var undo = UndoStack()
  var killRing = KillRing()
  var mark: Int?
  var recall = HistoryRecall()
  var search: HistorySearch?
  var lastSearch = ""
  var vi = ViState()
  /// The indentation that was last put in by itself.
  var ownIndentation: Range<Int>?
  /// The column that Up and Down aim at.
  var wantedColumn: Int?
  var completionList: CompletionList?
  var note = ""
  /// What can't become right: ranges of UTF-8 in lines.
  var problems: [Int: Range<Int>] = [:]
  var hasUncheckedText = false
  var initialText: [UInt32]?
  var repeatCount = 1
  var lastAction = ActionKind.other
  var currentAction = ActionKind.other
  var suggestion = SuggestionCache()

  // What is shown.
  var size = TerminalSize(columns: 80, rows: 24)
  var painter = FramePainter()
  var top = ScreenPlace()
  var isDirty = true
  var rings = false
  private var lastPaint = ContinuousClock.now

  /// An editor on standard input and output, or nil when the terminal is of no use. `program` is what lines of an
  /// `.editrc` may begin with.
  public init?(program: String, history: History, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.history = history
    self.input = input
    self.output = output
    cle_guard_terminal(input)
    cle_watch_window()
    guard let edit = EditLine(program: program, input: input, output: output, callbacks: callbacks(for: self)) else {
      return nil
    }
    self.edit = edit
    configure(EditorConfiguration(program: program))
  }

  // MARK: Configuration

  private func configure(_ configuration: EditorConfiguration) {
    edit.setMode(configuration.mode ?? Self.preferredMode)
    installCommands()
    for line in configuration.lines {
      if let problem = edit.configure(withMacroTexts(line.text)) {
        configurationProblems.append("\(configuration.path):\(line.number): \(problem)")
      }
    }
    replaceBuiltIns()
    bindVirtualKeys()
  }

  /// As other programs with libedit do, the editor follows `$EDITOR` only by way of `.editrc`.
  private static let preferredMode = "emacs"

  // MARK: Reading

  /// Lets the person edit a text until it is complete.
  public func readText() -> Outcome {
    begin()
    let succeeded = edit.edit()
    if !succeeded { outcome = .end }
    finish()
    return outcome
  }

  /// Lets the person type an answer to a question: text of no language, which is not remembered.
  public func readAnswer(_ question: String) -> Outcome {
    let (prompt, support, history, initialText) = (self.prompt, self.support, self.history, self.initialText)
    defer { (self.prompt, self.support, self.history, self.initialText) = (prompt, support, history, initialText) }
    (self.prompt, self.support, self.history, self.initialText) = (question, EditorSupport(), answers, nil)
    let outcome = readText()
    if case .text(let text) = outcome { answers.add(text) }
    return outcome
  }

  private func begin() {
    size = TerminalSize.current(output)
    history.refresh()
    document = TextDocument()
    cursor = 0
    undo = UndoStack()
    recall = HistoryRecall()
    search = nil
    completionList = nil
    note = ""
    problems = [:]
    hasUncheckedText = false
    mark = nil
    ownIndentation = nil
    vi.beginText()
    repeatCount = 1
    suggestion = SuggestionCache()
    wantedColumn = nil
    top = ScreenPlace()
    outcome = .end
    painter.reset()
    isDirty = true
    _ = cle_take_interrupt()
    cle_set_editing(1)
    painter.emit("\u{1b}[?2004h")
  }

  private func finish() {
    completionList = nil
    search = nil
    note = ""
    observe()
    paintFinal()
    painter.emit("\u{1b}[?2004l")
    flush()
    cle_set_editing(0)
  }

  /// Notes what the last command did to the text.
  func observe() {
    var changed = false
    let before = cursor
    edit.withText { text, cursor in
      if document.update(text) { changed = true }
      self.cursor = cursor
    }
    if changed {
      undo.note(edit.text, cursor: cursor, cursorBefore: before)
    }
    guard changed || before != cursor else { return }
    isDirty = true
    guard changed else { return }
    document.highlight(support.highlight)
    problems = [:]
    hasUncheckedText = true
    if document.count <= Self.smallText { checkText() }
  }

  /// Longer texts are checked when the person pauses.
  private static let smallText = 2_000
  private static let longestCheckedText = 50_000

  /// Looks for what can't become right.
  func checkText() {
    hasUncheckedText = false
    guard document.count <= Self.longestCheckedText else { return }
    let text = document.text
    let before = makeString(edit.withText { text, cursor in Array(text[..<cursor]) }).utf8.count
    let found = support.findProblem(text, before).map(document.rangesByLine) ?? [:]
    if found != problems { isDirty = true }
    problems = found
  }

  private static let longestPaintDelay = Duration.milliseconds(60)

  /// Paints what changed, unless more keys wait, which will change it again.
  func paintIfDue() {
    if hasPendingInput, ContinuousClock.now - lastPaint < Self.longestPaintDelay { return }
    observe()
    guard isDirty else {
      if rings { flush() }
      return
    }
    isDirty = false
    paint()
    lastPaint = ContinuousClock.now
  }

  func flush() {
    // The bell comes when everything is painted.
    if rings { painter.emit("\u{7}") }
    rings = false
    writeFully(output, painter.takeOutput())
  }
}

/// The functions that libedit calls. Made outside of any actor, since C calls them.
private func callbacks(for editor: LineEditor) -> cle_callbacks {
  cle_callbacks(
    context: Unmanaged.passUnretained(editor).toOpaque(),
    next_key: { context, key in
      let editor = Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
      guard let next = editor.nextKey() else { return 0 }
      key.pointee = next
      return 1
    },
    command: { context, number, key in
      let editor = Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
      return editor.runCommand(Int(number), key)
    })
}

/// How a command ends.
enum CommandResult {
  case done
  /// The text is accepted or given up.
  case finished
  /// It could not do anything.
  case refused

  var code: Int32 {
    switch self {
    case .done, .refused: CLE_CC_NORM
    case .finished: CLE_CC_NEWLINE
    }
  }
}

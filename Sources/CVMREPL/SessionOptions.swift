import CVMReport
import CVMRuntime
import CVMSyntax
import CVMTerminal

/// How a session behaves and shows things.
public struct SessionOptions: Sendable {
  /// Commands write one JSON object each to standard output, and everything else goes to standard error.
  public var isJSON = false
  /// Analyses that take longer say so, in seconds.
  var longAnalysis = 0.5
  /// As `isJSON`, but tables are written as an object for each row.
  public var isJSONLines = false
  /// Drawings and tables use ASCII.
  public var isASCII = true
  /// Values are shown in ASCII, too: `'\u00E9'`.
  public var escapesNonASCII = false
  /// The columns of a line.
  public var width = 80
  public var limits = RuntimeLimits()
  /// Answers for `CC`, in order.
  public var answers: [String] = []
  /// Somebody at a terminal can be asked for missing answers.
  public var asksForAnswers = false
  /// How programs behave that do not say it themselves.
  public var language = LanguageDialect.js
  /// The folders that programs may use.
  public var sandboxPaths: [String] = []
  /// Code is verified before it runs.
  public var verifies = false
  /// How much commands explain.
  public var mode = SessionMode.auto
  /// The most lines of a result; what is longer is folded.
  public var resultLines = 12
  /// Long answers go through the pager, where there is one.
  public var usesPager = true
  /// Results have colours.
  public var usesColor = false
  /// Lines are read as they come, without the line editor.
  public var isPlain = false
  /// A person types, so hints help.
  public var isInteractive = false

  /// Where sessions leave what `:recover` needs; nil where they leave nothing.
  public var stateFolder = History.standardFolder("cvm-repl")

  /// After each statement a line says what it did to the heap.
  public var showsEffects = false
  /// A statement that fails is taken back.
  public var isAtomic = true

  /// How executions are kept in a store.
  public var storage = StorageForm.references

  public init() {}

  /// Chooses how programs behave by the name of the dialect; false when there is none.
  public mutating func chooseDialect(_ name: String) -> Bool {
    guard let language = LanguageDialect(rawValue: name) else { return false }
    self.language = language
    return true
  }

  var rendering: RenderOptions { RenderOptions(width: width, isASCII: isASCII) }
}

/// How the state of an execution is kept. Both forms are read, whichever is chosen.
public enum StorageForm: String, CaseIterable, Sendable {
  /// Each object once, and references to it.
  case references
  /// Each value in full where it is mentioned, as the first CVM stored variables.
  case inline
}

/// A statement that was evaluated.
struct Statement {
  let number: Int
  let text: String
  /// The ids of the objects that it made: none when empty.
  let ids: ClosedRange<UInt64>?

  /// `[1] let p = {x: 1, y: 2}`, cut to one line.
  var title: String {
    let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
    return "[\(number)] \(line)"
  }
}

/// What the editor asks about the language that is typed. Offsets are UTF-8 offsets into the text or the line.
public struct EditorSupport {
  /// Whether a text can run.
  public enum Completeness: Equatable, Sendable {
    case complete
    /// Another line is needed, which may well begin with so many blanks.
    case incomplete(indentation: Int)
  }

  /// Something that may be typed at the cursor.
  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// What it is: `function`, `Array(3)`, `directory`.
    public var kind: String

    public init(_ text: String, kind: String = "") {
      self.text = text
      self.kind = kind
    }
  }

  /// What may be typed in place of the text from `start` to the cursor.
  public struct Completions: Equatable, Sendable {
    public var start: Int
    public var candidates: [Candidate]
    /// Typed after the only candidate, unless it ends with a slash.
    public var suffix: String

    public init(start: Int, candidates: [Candidate] = [], suffix: String = "") {
      self.start = start
      self.candidates = candidates
      self.suffix = suffix
    }
  }

  /// The styles of a line. State 0 is that of the first line; what is returned is that of the next line.
  public var highlight: (_ line: String, _ state: Int) -> (spans: [StyledSpan], state: Int) = { _, state in ([], state)
  }
  /// What can't become right, whatever is typed at the cursor.
  public var findProblem: (_ text: String, _ cursor: Int) -> Range<Int>? = { _, _ in nil }
  public var completeness: (_ text: String) -> Completeness = { _ in .complete }
  /// The blanks that a line begins with after this text.
  public var indentation: (_ textBefore: String) -> Int = { _ in 0 }
  public var complete: (_ text: String, _ cursor: Int) -> Completions = { _, cursor in Completions(start: cursor) }
  /// The text without prompts that were copied with it.
  public var cleanPaste: (_ text: String) -> String = { $0 }
  /// The statement that Ctrl-X Ctrl-U runs.
  public var undoCommand = ""
  /// The ending of the file that an external editor gets.
  public var fileSuffix = ".txt"

  public init() {}
}

/// Everything that people and programs may know about a command: dispatch, help, completion and the manual read this.
public struct CommandSpec: Sendable {
  /// The groups in which help lists commands.
  public enum Category: String, Sendable, CaseIterable {
    case session, look, alive, time, run, debug, measure, teach

    public var title: String {
      switch self {
      case .session: "session"
      case .look: "look at the heap"
      case .alive: "why things are alive"
      case .time: "back, forth and checkpoints"
      case .run: "code"
      case .debug: "step through programs"
      case .measure: "measure"
      case .teach: "learn and teach"
      }
    }
  }

  /// An option such as `--top N`.
  public struct Option: Sendable {
    public let name: String
    /// What its value is called; nil for a flag.
    public let value: String?
    public let summary: String
    /// The values that it may have, where they are few.
    public let choices: [String]

    public init(_ name: String, value: String? = nil, _ summary: String, choices: [String] = []) {
      self.name = name
      self.value = value
      self.summary = summary
      self.choices = choices
    }

    /// For questions of what is alive.
    static let withoutPrompt = Option("no-repl", "as if the prompt held nothing")

    /// `--top N`
    public var usage: String { "--\(name)" + (value.map { " \($0)" } ?? "") }
  }

  /// A line to try, after statements that prepare it.
  public struct Example: Sendable {
    public let setup: [String]
    public let line: String

    public init(_ line: String, setup: [String] = []) {
      self.line = line
      self.setup = setup
    }
  }

  /// How many words of argument there may be.
  public enum ArgumentRule: Sendable { case none, optional, required }

  /// What an argument is, which tells what may complete it.
  public enum ArgumentKind: Sendable, Equatable {
    case text
    /// An id, a name or path, `_`, `$3` or an expression in parentheses.
    case object
    /// Two objects.
    case objects
    /// A piece of program, which reaches to the end of the line.
    case code
    case file
    case command
    /// The name of a class of the heap.
    case className
    /// A checkpoint: its number, its name or its file.
    case checkpoint
    /// The name of a branch that is not in use.
    case branch
    /// The name of a setting, and its value.
    case setting
    /// The name of an open heap.
    case heapName
    case choice([String])
  }

  /// The table that a command answers with.
  public struct Table: Sendable {
    /// The columns by which it can be sorted; the first is the usual one.
    public let columns: [String]
    /// How many rows are shown unless told.
    public let rowLimit: Int

    public init(_ columns: [String], rowLimit: Int = 20) {
      self.columns = columns
      self.rowLimit = rowLimit
    }
  }

  public var name: String
  public var aliases: [String] = []
  public var category: Category
  /// The argument's name in the usage line.
  public var argument = ""
  public var kind = ArgumentKind.text
  /// The word behind which the argument is code.
  public var codeMark: String?
  public var rule = ArgumentRule.none
  public var options: [Option] = []
  public var table: Table?
  public var summary: String
  public var discussion = ""
  public var examples: [Example] = []

  /// Whether the command may have to look at the whole heap.
  var isAnalysis: Bool { [.look, .alive, .time].contains(category) }

  /// Options of this command and those that it has in common with others.
  public var allOptions: [Option] {
    var all = options
    func add(_ option: Option) {
      if !all.contains(where: { $0.name == option.name }) { all.append(option) }
    }
    if let table {
      add(Option("top", value: "N", "shows the first N rows instead of \(table.rowLimit)"))
      if table.columns.count > 1 {
        add(Option("by", value: "COLUMN", "sorts by a column", choices: table.columns))
      }
      add(Option("all", "shows all rows"))
      add(Option("csv", "answers with comma-separated values"))
      add(Option("jsonl", "answers with a JSON object for each row"))
    }
    add(Option("json", "answers with a JSON object"))
    return all
  }

  /// `:refs OBJECT [--no-repl]`
  public var usage: String {
    var text = heading
    for option in allOptions { text += " [\(option.usage)]" }
    return text
  }

  /// `:refs OBJECT`
  public var heading: String {
    switch rule {
    case .none: ":\(name)"
    case .optional: ":\(name) [\(argument)]"
    case .required: ":\(name) \(argument)"
    }
  }
}

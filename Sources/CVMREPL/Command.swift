import CVMRuntime

/// Everything that people and programs may know about a command: help, completion and documentation read this.
public struct CommandSpec: Sendable {
  /// The groups in which help lists commands.
  public enum Category: String, Sendable, CaseIterable {
    case session, look, alive, time, run
    var title: String {
      switch self {
      case .session: "session"
      case .look: "look at the heap"
      case .alive: "why things are alive"
      case .time: "checkpoints"
      case .run: "code"
      }
    }
  }

  /// An option such as `--top N`.
  public struct Option: Sendable {
    public let name: String
    /// What its value is called; nil for a flag.
    public let value: String?
    public let summary: String

    public init(_ name: String, value: String? = nil, _ summary: String) {
      self.name = name
      self.value = value
      self.summary = summary
    }
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

  public var name: String
  public var aliases: [String] = []
  public var category: Category
  /// The argument's name in the usage line.
  public var argument = ""
  public var rule = ArgumentRule.none
  public var options: [Option] = []
  public var summary: String
  public var discussion = ""
  public var examples: [Example] = []

  /// `:refs OBJECT [--no-repl]`
  public var usage: String {
    var text = ":\(name)"
    if rule != .none { text += rule == .required ? " \(argument)" : " [\(argument)]" }
    for option in options { text += " [--\(option.name)\(option.value.map { " \($0)" } ?? "")]" }
    return text + " [--json]"
  }
}

/// Why a command did nothing.
struct CommandError: Error {
  let status: ExitStatus
  let message: String

  static func usage(_ message: String) -> CommandError { CommandError(status: .usage, message: message) }
  static func notFound(_ message: String) -> CommandError { CommandError(status: .notFound, message: message) }
  static let interrupted = CommandError(status: .interrupted, message: "Interrupted.")
  static func invalidReference(_ id: String) -> CommandError { notFound("Invalid heap reference: \(id)") }
}

/// What a command answers: the text for people is made only when it is shown, as is the JSON.
struct CommandAnswer {
  var text: () -> String
  var json: () -> String
  var status = ExitStatus.done
}

/// A command: one row of the table, one file.
protocol Command: Sendable {
  static var spec: CommandSpec { get }
  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer
}

/// The words of a command line after the command's name.
struct CommandCall {
  /// The argument, as it was typed.
  var argument = ""
  private var flags: [String: String] = [:]

  func has(_ flag: String) -> Bool { flags[flag] != nil }

  func value(_ option: String) -> String? { flags[option] }

  /// The value of an option as a count.
  func count(_ option: String) throws(CommandError) -> Int? {
    guard let text = flags[option] else { return nil }
    guard let count = Int(text), count > 0 else {
      throw .usage("--\(option) needs a number above 0, not \(text)")
    }
    return count
  }

  /// Reads the words for a command; options may stand anywhere.
  init(_ text: Substring, for spec: CommandSpec) throws(CommandError) {
    var words = CommandCall.words(text)[...]
    var rest: [String] = []
    while let word = words.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        rest.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let known = spec.options + [CommandSpec.Option("json", "")]
      guard let option = known.first(where: { $0.name == name }) else {
        let nearest = Suggestions.nearest(to: name, among: known.map(\.name)).map { "; did you mean --\($0) ?" } ?? ""
        throw .usage(":\(spec.name) has no option --\(name.prefix(40))\(nearest)\nUsage: \(spec.usage)")
      }
      if let value = option.value {
        guard let text = parts.count == 2 ? String(parts[1]) : words.popFirst() else {
          throw .usage("--\(name) needs a value: --\(name) \(value)")
        }
        flags[name] = text
      } else {
        flags[name] = ""
      }
    }
    argument = rest.joined(separator: " ")
    if spec.rule == .none, !argument.isEmpty {
      throw .usage(":\(spec.name) takes no argument\nUsage: \(spec.usage)")
    }
    if spec.rule == .required, argument.isEmpty {
      throw .usage(":\(spec.name) needs an argument\nUsage: \(spec.usage)")
    }
  }

  /// Splits at white space outside of brackets and quotes.
  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if "\"'`".contains(character) {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      }
      if character.isWhitespace, depth <= 0, quote == nil {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}

import CVMHeapGraph
import CVMReport

/// The words of a command line after the command's name.
struct CommandCall {
  /// The argument, as it was typed.
  var argument = ""
  /// The code behind the word that announces it.
  private(set) var code: String?
  /// Nobody looks at a screen: rows are not cut.
  var isForPrograms = false
  private var flags: [String: String] = [:]
  let spec: CommandSpec

  func has(_ flag: String) -> Bool { flags[flag] != nil }

  var hasOptions: Bool { !flags.isEmpty }

  func value(_ option: String) -> String? { flags[option] }

  /// Which roots count, as `--no-repl` says.
  var roots: RootSelection { RootSelection(includesREPL: !has("no-repl")) }

  /// The value of an option as a count.
  func count(_ option: String) throws(CommandError) -> Int? {
    guard let text = flags[option] else { return nil }
    guard let count = Int(text), count > 0 else {
      throw .usage("--\(option) needs a number above 0, not \(text.prefix(40))")
    }
    return count
  }

  /// Reads the words for a command. Options may stand anywhere; behind code only where it has ended for sure.
  init(_ text: Substring, for spec: CommandSpec) throws(CommandError) {
    self.spec = spec
    var rest: [String] = []
    var remaining = text
    while let (word, after) = CommandCall.nextWord(remaining) {
      guard word.hasPrefix("--"), word.count > 2 else {
        if spec.kind == .code {
          let (text, options) = CommandCall.splitOptions(remaining, of: spec)
          rest = [CommandCall.trimmed(text)]
          try readOptions(options)
          break
        }
        if word == spec.codeMark {
          let (text, options) = CommandCall.splitOptions(after)
          code = CommandCall.trimmed(text)
          if code?.isEmpty != false { throw .usage("Behind `\(word)` stands code.\nUsage: \(spec.usage)") }
          try readOptions(options)
          break
        }
        rest.append(word)
        remaining = after
        continue
      }
      remaining = after
      try readOption(word, &remaining)
    }
    argument = rest.joined(separator: " ")
    if spec.rule == .none, !argument.isEmpty {
      throw .usage(":\(spec.name) takes no argument\nUsage: \(spec.usage)")
    }
    if spec.rule == .required, argument.isEmpty {
      let example = spec.examples.first.map { ", as in  \($0.line)" } ?? ""
      throw .usage(":\(spec.name) needs an argument: \(spec.heading)\(example)")
    }
    try checkTableOptions()
  }

  /// Splits options off the end of code: two minus signs and a letter behind a blank and an operand are no JavaScript. Of
  /// a command only its own options.
  private static func splitOptions(_ text: Substring, of spec: CommandSpec? = nil) -> (Substring, Substring) {
    var scanner = BracketScanner()
    var before: Character = " "
    var operand: Character = " "
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if character == "-", before.isWhitespace, scanner.isOutside, isOperandEnd(operand), text[index...].hasPrefix("--")
      {
        let name = text[index...].dropFirst(2).prefix { $0.isLetter || $0 == "-" }
        if name.first?.isLetter == true, spec?.allOptions.contains(where: { $0.name == name }) ?? true {
          return (text[..<index], text[index...])
        }
      }
      scanner.take(character)
      before = character
      if !character.isWhitespace { operand = character }
      index = text.index(after: index)
    }
    return (text, "")
  }

  private static func isOperandEnd(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_$)]}'\"`".contains(character)
  }

  private mutating func readOptions(_ text: Substring) throws(CommandError) {
    var remaining = text
    while let (word, after) = CommandCall.nextWord(remaining) {
      guard word.hasPrefix("--"), word.count > 2 else {
        throw .usage("Behind options no code goes on: \(word.prefix(40))\nUsage: \(spec.usage)")
      }
      remaining = after
      try readOption(word, &remaining)
    }
  }

  private mutating func readOption(_ word: String, _ remaining: inout Substring) throws(CommandError) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let known = spec.allOptions
    guard let option = known.first(where: { $0.name == name }) else {
      let nearest = Suggestions.nearest(to: name, among: known.map(\.name)).map { "; did you mean --\($0) ?" } ?? ""
      throw .usage(":\(spec.name) has no option --\(name.prefix(40))\(nearest)\nUsage: \(spec.usage)")
    }
    guard let value = option.value else {
      if parts.count == 2 { throw .usage("--\(name) has no value") }
      flags[name] = ""
      return
    }
    if parts.count == 2 {
      flags[name] = String(parts[1])
    } else if let (word, after) = CommandCall.nextWord(remaining), !word.hasPrefix("--") {
      flags[name] = word
      remaining = after
    } else {
      throw .usage("--\(name) needs a value: --\(name) \(value)")
    }
    if !option.choices.isEmpty, !option.choices.contains(flags[name] ?? "") {
      throw .usage("--\(name) needs one of \(option.choices.joined(separator: ", "))")
    }
  }

  private func checkTableOptions() throws(CommandError) {
    guard spec.table != nil else { return }
    _ = try count("top")
    let forms = ["json", "jsonl", "csv"].filter(has)
    if forms.count > 1 { throw .usage("--\(forms[0]) and --\(forms[1]) exclude each other") }
  }

  /// The same call for the table as a whole.
  var withAllRows: CommandCall {
    var call = self
    call.flags["top"] = "\(Int.max)"
    return call
  }

  /// Whether all rows are wanted, as they are by programs.
  var wantsAllRows: Bool { !has("top") && (isForPrograms || has("all") || has("csv") || has("jsonl")) }

  /// How many rows of the command's table are wanted.
  var rowLimit: Int {
    if let text = flags["top"], let count = Int(text) { return count }
    if wantsAllRows { return .max }
    return spec.table?.rowLimit ?? .max
  }

  /// Sorts a table as `--by` says, and cuts it as `--top` and `--all` say.
  func arranged(_ table: ResultTable) -> ResultTable {
    var table = table
    let total = max(table.totalRowCount, table.rows.count)
    if let column = value("by"), let index = table.columns.firstIndex(where: { $0.key == column }) {
      let order = table.rows.enumerated().sorted { a, b in
        let (left, right) = (a.element[index], b.element[index])
        return left.precedes(right) || (!right.precedes(left) && a.offset < b.offset)
      }
      table.rows = order.map(\.element)
    }
    if table.rows.count > rowLimit { table.rows.removeLast(table.rows.count - rowLimit) }
    table.totalRowCount = total
    return table
  }

  // MARK: Words

  /// The first word of a text, split at white space outside of brackets and quotes, and what follows it.
  static func nextWord(_ text: Substring) -> (word: String, rest: Substring)? {
    let text = text.drop(while: \.isWhitespace)
    var scanner = BracketScanner()
    var end = text.startIndex
    while end < text.endIndex {
      let character = text[end]
      if character.isWhitespace, scanner.isOutside { break }
      scanner.take(character)
      end = text.index(after: end)
    }
    return end == text.startIndex ? nil : (String(text[..<end]), text[end...])
  }

  /// The words of a text.
  static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    var rest = text
    while let (word, after) = nextWord(rest) {
      words.append(word)
      rest = after
    }
    return words
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// Tells whether a place in a text is inside of brackets or quotes.
struct BracketScanner {
  private var depth = 0
  private var quote: Character?
  private var isEscaped = false

  var isOutside: Bool { depth <= 0 && quote == nil }

  mutating func take(_ character: Character) {
    if let open = quote {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == open {
        quote = nil
      }
    } else if character == "\"" || character == "'" || character == "`" {
      quote = character
    } else if character == "(" || character == "[" || character == "{" {
      depth += 1
    } else if character == ")" || character == "]" || character == "}" {
      depth -= 1
    }
  }
}

extension ResultCell {
  /// Whether a cell stands before another when sorted: large figures first, texts in their order, nothing last.
  func precedes(_ other: ResultCell) -> Bool {
    switch (self, other) {
    case (.none, _): return false
    case (_, .none): return true
    case (.text(let a), .text(let b)): return a < b
    case (.object(let a), .object(let b)): return (a.isInternal ? 1 : 0, a.number) < (b.isInternal ? 1 : 0, b.number)
    default:
      guard let a = figure, let b = other.figure else { return figure != nil && other.figure == nil }
      return a > b
    }
  }

  private var figure: Double? {
    switch self {
    case .count(let count), .bytes(let count): Double(count)
    case .share(let value), .seconds(let value): value
    case .delta(let change): Double(change)
    case .flag(let flag): flag ? 1 : 0
    case .none, .text, .object: nil
    }
  }
}

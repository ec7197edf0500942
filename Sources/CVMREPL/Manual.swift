/// What is written for people from the table of commands: the reference page and the manual page.
public enum Manual {
  // MARK: Reference page

  /// `Commands.md` of the documentation.
  public static var commandsPage: String {
    var lines = [
      "# Commands", "",
      "Everything that a session understands beside statements. This page is written from the table of commands by",
      "`cvm-repl --generate commands`.", "",
      "A command begins with a colon. Unique beginnings of names do, and these short forms: "
        + CommandTable.shortForms.sorted { $0.key < $1.key }.map { "`:\($0.key)` for `:\($0.value)`" }
        .joined(separator: ", ") + ".",
      "`x?` is `:show x`. An OBJECT is an id (`12`, `#12`, `@12`), a name or path (`pts[0].x`), `_`, `$3`, or an",
      "expression in parentheses. Behind every command `> FILE`, `>> FILE` and `| SHELL COMMAND` send the answer",
      "elsewhere; where the argument is code, put it in parentheses for that.",
    ]
    for category in CommandSpec.Category.allCases {
      let specs = CommandTable.specs.filter { $0.category == category }
      if specs.isEmpty { continue }
      lines += ["", "## \(category.title.prefix(1).uppercased())\(category.title.dropFirst())"]
      for spec in specs { lines += section(spec) }
    }
    lines += ["", "## Settings", "", "| name | meaning |", "| --- | --- |"]
    lines += Settings.all.map { "| `\($0.name)` | \(meaning($0)) |" }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func meaning(_ setting: Setting) -> String {
    setting.choices.isEmpty ? setting.summary : "\(setting.summary): \(setting.choices.joined(separator: ", "))"
  }

  private static func section(_ spec: CommandSpec) -> [String] {
    var lines = ["", "### \(spec.heading)", "", sentence(spec.summary)]
    if !spec.aliases.isEmpty {
      lines += ["", "Also \(spec.aliases.map { "`:\($0)`" }.joined(separator: ", "))."]
    }
    if !spec.discussion.isEmpty { lines += ["", spec.discussion] }
    lines += ["", "| option | meaning |", "| --- | --- |"]
    lines += spec.allOptions.map { option in
      let choices = option.choices.isEmpty ? "" : ": \(option.choices.joined(separator: ", "))"
      return "| `\(option.usage)` | \(option.summary)\(choices) |"
    }
    lines += ["", "```"]
    for example in spec.examples { lines += example.setup + [example.line] }
    return lines + ["```"]
  }

  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  // MARK: Manual page

  /// The page for `man`, with the command line's own help.
  public static func manualPage(help: String) -> String {
    var lines = [
      ".TH CVM-REPL 1 \"\" \"cvm-repl \(Program.version)\" \"User Commands\"", ".SH NAME",
      "cvm\\-repl \\- JavaScript on a heap that you can look into", ".SH SYNOPSIS",
      ".B cvm\\-repl", "[options] [\\-e CODE] [\\-c COMMAND]", ".br", ".B cvm\\-repl run",
      "PROGRAM [\\-\\-id NAME] [\\-\\-store PLACE] [options] [\\-\\- ARGUMENTS]", ".br", ".B cvm\\-repl resume",
      "ID [\\-\\-store PLACE] [\\-\\-answer TEXT] [options]", ".br", ".B cvm\\-repl executions",
      "[show ID | delete ID | restart ID | export ID [FILE] | import FILE] [\\-\\-store PLACE] [options]", ".br",
      ".B cvm\\-repl open",
      "FILE [options]", ".SH OPTIONS",
    ]
    lines += options(in: help)
    lines += [
      ".SH COMMANDS", "Statements are JavaScript; what begins with a colon is a command. Behind each command",
      escaped("> FILE, >> FILE and | SHELL COMMAND") + " send the answer elsewhere.",
    ]
    for category in CommandSpec.Category.allCases {
      let specs = CommandTable.specs.filter { $0.category == category }
      if specs.isEmpty { continue }
      lines.append(".SS \(escaped(category.title))")
      for spec in specs {
        lines += [".TP", ".B \(escaped(spec.heading))", escaped(sentence(spec.summary) + " " + spec.discussion)]
        let own = spec.options.map { "\($0.usage): \($0.summary)." }
        if !own.isEmpty { lines += [".br"] + own.flatMap { [escaped($0), ".br"] }.dropLast() }
      }
    }
    lines += [
      ".SH FILES", ".TP", ".I ~/.config/cvm\\-repl/init",
      "Commands and statements at the start of each interactive session.", ".TP",
      ".I ~/.local/state/cvm\\-repl/executions.db",
      "Executions that were given a name with run \\-\\-id, where \\-\\-store names no other place.", ".SH EXIT STATUS",
      "0 done, 1 uncaught error, 2 wrong usage, 3 not found, 4 a limit was crossed, 5 paused at a CC with nobody to",
      "answer, 130 interrupted.",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The options that a command line's help lists, as paragraphs.
  private static func options(in help: String) -> [String] {
    var lines: [String] = []
    for line in help.split(separator: "\n") where line.hasPrefix("  ") {
      let text = line.drop { $0 == " " }
      let indent = line.count - text.count
      if indent == 2, text.first == "-" {
        let parts = text.firstRange(of: "  ").map { (text[..<$0.lowerBound], text[$0.upperBound...]) } ?? (text, "")
        lines += [".TP", ".B \(escaped(String(parts.0)))"]
        let meaning = parts.1.drop { $0 == " " }
        if !meaning.isEmpty { lines.append(escaped(String(meaning))) }
      } else if indent > 2, !lines.isEmpty {
        lines.append(escaped(String(text)))
      }
    }
    return lines
  }

  /// A text in which the formatter finds nothing to interpret.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in CommandCall.trimmed(text[...]) {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
    return result.first == "." || result.first == "'" ? "\\&" + result : result
  }
}

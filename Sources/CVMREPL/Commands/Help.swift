import CVMReport

/// `:help`: the list of commands, one of them explained, or those that mention a word.
enum HelpCommand: Command {
  static let spec = CommandSpec(
    name: "help", aliases: ["?"], category: .session, argument: "COMMAND", kind: .command, rule: .optional,
    summary: "lists commands, explains one, or finds those about a word",
    examples: [.init(":help"), .init(":help refs"), .init(":help garbage")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let options = session.options.rendering
    var word = call.argument
    if word.isEmpty {
      return CommandAnswer(text: { overview(options) }, json: { json(CommandTable.specs, options) })
    }
    if word.first == ":" || word.first == "." { word.removeFirst() }
    if let spec = CommandTable.explained(word) {
      return CommandAnswer(text: { page(spec, options) }, json: { json([spec], options) })
    }
    let found = CommandTable.specs.filter { mentions($0, word) }
    if found.isEmpty {
      _ = try CommandTable.find(word)
      throw .notFound("No command is about \(word.prefix(40)).")
    }
    return CommandAnswer(text: { list(found, options) }, json: { json(found, options) })
  }

  private static func mentions(_ spec: CommandSpec, _ word: String) -> Bool {
    let word = word.lowercased()
    let texts = [spec.name, spec.summary, spec.discussion] + spec.aliases
    let options = spec.options.flatMap { ["--" + $0.name, $0.summary] }
    return (texts + options).contains { $0.lowercased().contains(word) }
  }

  // MARK: Text

  private static func overview(_ options: RenderOptions) -> String {
    var lines = ["Type JavaScript, or a command:"]
    for category in CommandSpec.Category.allCases {
      let specs = CommandTable.specs.filter { $0.category == category }
      if !specs.isEmpty { lines += ["", category.title] + rows(specs, options) }
    }
    lines += [
      "", "What stands in [ ] may be left out. OBJECT: an id (12 or #12), a name or path",
      "(pts[0].x), _, $3, (an expression).",
      "In code: _ last value, $3 third value, _error last error, heap(12) an object.",
      "Behind a command: > FILE, >> FILE, | SHELL COMMAND; --json; tables have --top N,",
      "--by COLUMN, --all, --csv, --jsonl. Unique beginnings of names do.",
      ":help refs explains a command, :help garbage finds those about a word.",
    ]
    return text(lines, options)
  }

  private static let headingWidth = 22

  private static func list(_ specs: [CommandSpec], _ options: RenderOptions) -> String {
    rows(specs, options).map { $0 + "\n" }.joined()
  }

  private static func rows(_ specs: [CommandSpec], _ options: RenderOptions) -> [String] {
    let width = min(CommandTable.specs.map { $0.heading.count }.max() ?? 0, headingWidth)
    let indent = String(repeating: " ", count: width + 4)
    return specs.flatMap { spec in
      TextLayout.wrapped(
        "  " + TextLayout.padded(spec.heading, to: width) + "  " + spec.summary, to: options.width, indent: indent)
    }
  }

  private static func page(_ spec: CommandSpec, _ options: RenderOptions) -> String {
    var lines = TextLayout.wrapped(spec.usage, to: options.width, indent: "      ") + ["  \(spec.summary)"]
    if !spec.aliases.isEmpty { lines.append("  also: \(spec.aliases.map { ":" + $0 }.joined(separator: ", "))") }
    if !spec.discussion.isEmpty { lines += ["", spec.discussion] }
    let width = spec.allOptions.map { $0.usage.count }.max() ?? 0
    lines.append("")
    for option in spec.allOptions {
      let choices = option.choices.isEmpty ? "" : ": " + option.choices.joined(separator: ", ")
      let indent = String(repeating: " ", count: width + 4)
      lines += TextLayout.wrapped(
        "  " + TextLayout.padded(option.usage, to: width) + "  " + option.summary + choices, to: options.width,
        indent: indent)
    }
    if !spec.examples.isEmpty {
      lines += ["", "for example"]
      for example in spec.examples { lines += (example.setup + [example.line]).map { "  " + $0 } }
    }
    return text(lines, options)
  }

  private static func text(_ lines: [String], _ options: RenderOptions) -> String {
    lines.flatMap { TextLayout.wrapped($0, to: options.width, indent: "    ") }.map { $0 + "\n" }.joined()
  }

  // MARK: JSON

  private static func json(_ specs: [CommandSpec], _ options: RenderOptions) -> String {
    JSONWriter.text(isASCII: options.isASCII) { writer in
      writer.report("help") { writer in
        writer.list("commands") { writer in
          for spec in specs { write(spec, &writer) }
        }
      }
    }
  }

  private static func write(_ spec: CommandSpec, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", spec.name)
      writer.member("usage", spec.usage)
      writer.member("category", spec.category.rawValue)
      writer.member("summary", spec.summary)
      if !spec.discussion.isEmpty { writer.member("discussion", spec.discussion) }
      writer.list("aliases") { writer in for alias in spec.aliases { writer.string(alias) } }
      writer.list("options") { writer in
        for option in spec.allOptions {
          writer.object { writer in
            writer.member("name", option.name)
            if let value = option.value { writer.member("value", value) }
            writer.member("summary", option.summary)
          }
        }
      }
      writer.list("examples") { writer in for example in spec.examples { writer.string(example.line) } }
    }
  }
}

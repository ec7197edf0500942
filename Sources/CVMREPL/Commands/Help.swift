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
    if let topic = HelpTopics.topic(word.lowercased()) {
      return CommandAnswer(text: { text(topic.lines, options) }, json: { json(topic, options) })
    }
    let found = CommandTable.specs.filter { mentions($0, word) }
    let topics = HelpTopics.all.filter { mentions($0, word) }
    if found.isEmpty, topics.isEmpty {
      _ = try CommandTable.find(word)
      throw .notFound("No command is about \(word.prefix(40)).")
    }
    return CommandAnswer(
      text: { (rows(found, options) + rows(topics, options)).map { $0 + "\n" }.joined() },
      json: { json(found, options) })
  }

  private static func mentions(_ spec: CommandSpec, _ word: String) -> Bool {
    let word = word.lowercased()
    let texts = [spec.name, spec.summary, spec.discussion] + spec.aliases
    let options = spec.options.flatMap { ["--" + $0.name, $0.summary] }
    return (texts + options).contains { $0.lowercased().contains(word) }
  }

  private static func mentions(_ topic: HelpTopic, _ word: String) -> Bool {
    ([topic.name, topic.summary] + topic.lines).contains { $0.lowercased().contains(word.lowercased()) }
  }

  // MARK: Text

  private static func overview(_ options: RenderOptions) -> String {
    var lines = ["Type JavaScript, or a command:"]
    for category in CommandSpec.Category.allCases {
      let specs = CommandTable.specs.filter { $0.category == category }
      if !specs.isEmpty { lines += ["", category.title] + rows(specs, options) }
    }
    lines += ["", "more"] + rows(HelpTopics.all, options)
    lines += [
      "", "What stands in [ ] may be left out. Unique beginnings of names do.",
      ":help refs explains a command, :help garbage finds those about a word.",
    ]
    return text(lines, options)
  }

  private static let headingWidth = 22

  private static func rows(_ specs: [CommandSpec], _ options: RenderOptions) -> [String] {
    specs.flatMap { row($0.heading, $0.summary, options) }
  }

  private static func rows(_ topics: [HelpTopic], _ options: RenderOptions) -> [String] {
    topics.flatMap { row(":help \($0.name)", $0.summary, options) }
  }

  private static func row(_ heading: String, _ summary: String, _ options: RenderOptions) -> [String] {
    let width = min(CommandTable.specs.map { $0.heading.count }.max() ?? 0, headingWidth)
    return TextLayout.wrapped(
      "  " + TextLayout.padded(heading, to: width) + "  " + summary, to: options.width,
      indent: String(repeating: " ", count: width + 4))
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
    // Rows that begin with blanks have a second column; paragraphs have none.
    lines.flatMap { TextLayout.wrapped($0, to: options.width, indent: $0.first == " " ? "    " : "") }
      .map { $0 + "\n" }.joined()
  }

  // MARK: JSON

  private static func json(_ topic: HelpTopic, _ options: RenderOptions) -> String {
    JSONWriter.text(isASCII: options.isASCII) { writer in
      writer.report("help") { writer in
        writer.member("topic", topic.name)
        writer.list("lines") { writer in for line in topic.lines { writer.string(line) } }
      }
    }
  }

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

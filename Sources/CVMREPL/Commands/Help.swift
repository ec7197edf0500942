import CVMReport

/// `:help`: the list of commands, or one of them explained.
enum HelpCommand: Command {
  static let spec = CommandSpec(
    name: "help", aliases: ["?"], category: .session, argument: "COMMAND", rule: .optional,
    summary: "lists the commands, or explains one",
    examples: [.init(":help"), .init(":help refs")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let options = session.options.rendering
    if call.argument.isEmpty {
      return CommandAnswer(text: { overview(options) }, json: { json(CommandTable.specs, session) })
    }
    let name = call.argument.first == ":" ? String(call.argument.dropFirst()) : call.argument
    let spec = try CommandTable.find(name).spec
    return CommandAnswer(text: { page(spec, options) }, json: { json([spec], session) })
  }

  private static func overview(_ options: RenderOptions) -> String {
    var lines = ["Type JavaScript, or a command:"]
    let width = CommandTable.specs.map { heading($0).count }.max() ?? 0
    for category in CommandSpec.Category.allCases {
      let specs = CommandTable.specs.filter { $0.category == category }
      if specs.isEmpty { continue }
      lines += ["", category.title]
      lines += specs.map { "  " + TextLayout.padded(heading($0), to: width) + "  " + $0.summary }
    }
    lines += [
      "", "OBJECT: an id (12 or #12), a name or path (pts[0].x), _, $3, (an expression).",
      "In code: _ last value, $3 third value, _error last error, heap(12) an object.",
      "Unique beginnings of commands do. :help refs explains one; --json gives JSON.",
    ]
    return lines.flatMap { TextLayout.wrapped($0, to: options.width, indent: "    ") }.map { $0 + "\n" }.joined()
  }

  private static func heading(_ spec: CommandSpec) -> String {
    ":\(spec.name)" + (spec.rule == .none ? "" : spec.rule == .required ? " \(spec.argument)" : " [\(spec.argument)]")
  }

  private static func page(_ spec: CommandSpec, _ options: RenderOptions) -> String {
    var lines = [spec.usage, "  \(spec.summary)"]
    if !spec.aliases.isEmpty { lines.append("  also: \(spec.aliases.map { ":" + $0 }.joined(separator: ", "))") }
    if !spec.discussion.isEmpty { lines += ["", spec.discussion] }
    if !spec.options.isEmpty {
      lines.append("")
      lines += spec.options.map { option in
        let name = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
        return "  " + TextLayout.padded(name, to: 14) + "  " + option.summary
      }
    }
    if !spec.examples.isEmpty {
      lines += ["", "for example"]
      for example in spec.examples { lines += (example.setup + [example.line]).map { "  " + $0 } }
    }
    return lines.flatMap { TextLayout.wrapped($0, to: options.width, indent: "    ") }.map { $0 + "\n" }.joined()
  }

  private static func json(_ specs: [CommandSpec], _ session: Session) -> String {
    var writer = JSONWriter(isASCII: session.options.isASCII)
    writer.report("help") { writer in
      writer.list("commands") { writer in
        for spec in specs {
          writer.object { writer in
            writer.member("name", spec.name)
            writer.member("usage", spec.usage)
            writer.member("category", spec.category.rawValue)
            writer.member("summary", spec.summary)
            writer.list("aliases") { writer in for alias in spec.aliases { writer.string(alias) } }
            writer.list("options") { writer in
              for option in spec.options {
                writer.object { writer in
                  writer.member("name", option.name)
                  writer.member("summary", option.summary)
                }
              }
            }
          }
        }
      }
    }
    return writer.text
  }
}

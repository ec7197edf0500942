import CVMHeapGraph
import CVMReport

/// `:set`: the settings of a session.
enum SetCommand: Command {
  static let spec = CommandSpec(
    name: "set", category: .session, argument: "NAME VALUE", kind: .setting, rule: .optional,
    table: .init(["name", "value", "meaning"], rowLimit: 100),
    summary: "lists the settings, shows one, or changes one",
    discussion: "Put :set lines into the file cvm-repl/init of the configuration folder to have them in each session.",
    examples: [.init(":set"), .init(":set lines 20"), .init(":set mode expert")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let words = CommandCall.words(call.argument[...]).flatMap {
      $0.split(separator: "=", maxSplits: 1).map(String.init)
    }
    guard let name = words.first else { return answer(Settings.all, call, session) }
    guard let setting = Settings.all.first(where: { $0.name == name }) else {
      let question = Suggestions.question(name, among: Settings.all.map(\.name)).map { " " + $0 } ?? ""
      throw .notFound("There is no setting \(name.prefix(40)).\(question)")
    }
    guard words.count > 1 else { return answer([setting], call, session) }
    let value = words.dropFirst().joined(separator: " ")
    if let problem = setting.write(session, value) { throw .usage("\(name) \(problem), not \(value.prefix(40))") }
    return CommandAnswer("\(name) is \(setting.read(session))", "set", options: session.options.rendering) {
      $0.member("name", name)
      $0.member("value", setting.read(session))
    }
  }

  private static func answer(_ settings: [Setting], _ call: CommandCall, _ session: Session) -> CommandAnswer {
    let table = ResultTable(
      columns: [.init("name", .left), .init("value", .left), .init("meaning", .left, isFlexible: true)],
      rows: settings.map { setting in
        let choices = setting.choices.isEmpty ? "" : ": " + setting.choices.joined(separator: ", ")
        return [.text(setting.name), .text(setting.read(session)), .text(setting.summary + choices)]
      })
    let result = AnalysisResult(name: "set", body: .table(call.arranged(table)))
    return CommandAnswer(result, options: session.options.rendering)
  }
}

/// `:mode`: how much is explained.
enum ModeCommand: Command {
  static let spec = CommandSpec(
    name: "mode", category: .session, argument: "MODE", kind: .choice(SessionMode.allCases.map(\.rawValue)),
    rule: .optional, summary: "how much commands explain: teach, expert, or auto",
    discussion:
      "teach: drawings and sentences. expert: tables with sizes. auto, the usual one: drawings below 200 objects.",
    examples: [.init(":mode"), .init(":mode expert")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if !call.argument.isEmpty {
      guard let mode = SessionMode(rawValue: call.argument) else {
        throw .usage(":mode needs one of \(SessionMode.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      session.options.mode = mode
    }
    let mode = session.options.mode
    let meaning =
      switch mode {
      case .auto: "drawings and sentences for small heaps, tables for large ones"
      case .teach: "drawings and sentences"
      case .expert: "tables with sizes"
      }
    return CommandAnswer("mode \(mode.rawValue): \(meaning)", "mode", options: session.options.rendering) {
      $0.member("mode", mode.rawValue)
    }
  }
}

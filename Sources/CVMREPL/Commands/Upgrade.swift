import CVMBytecode
import CVMHeapGraph
import CVMReport
import CVMSyntax

/// `:upgrade`: what of a program could go on in a newer version of its file.
enum UpgradeCommand: Command {
  static let spec = CommandSpec(
    name: "upgrade", category: .run, argument: "FILE", kind: .file, rule: .required,
    table: .init(["what", "name", "n", "id", "at", "carries", "new", "why"], rowLimit: 40),
    summary: "what of a program in this heap could go on in a newer version of its file",
    discussion:
      "Code is part of a program's state: another version of its file does not change a program that runs or waits. "
      + "This lists which of its frames, generators and functions have the same code in the new version, or could be "
      + "exchanged for it. FILE has the old one's name, perhaps in another folder. Nothing is changed.",
    examples: [.init(":upgrade program.js", setup: [":load program.js"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let bytes: [UInt8]
    do { bytes = try readFile(Redirection.expanded(call.argument)) } catch {
      throw .notFound("Cannot read \(error.message)")
    }
    let upgrade = try CodeUpgrade(to: SourceFile(name: call.argument, bytes: bytes), in: session)
    let good = upgrade.items.filter(\.carriesOver).count
    let heading =
      "\(good) of \(upgrade.items.count) would carry over to \(call.argument)"
      + (upgrade.items.allSatisfy(\.isFree) ? ", nothing stands inside of code that changed." : ":")
    var notes = ["Nothing was changed: what is in this heap goes on with the code it has."]
    if !upgrade.added.isEmpty { notes.insert("New in the file: \(list(upgrade.added)).", at: 0) }
    if !upgrade.otherFiles.isEmpty { notes.append("Not looked at: code from \(list(upgrade.otherFiles)).") }
    let table = ResultTable(
      columns: [
        .init("what", .left), .init("name", .left, isFlexible: true), .init("n"), .init("id", .left),
        .init("at", .left, isFlexible: true), .init("carries", title: "over", .left),
        .init("new", title: "now"), .init("why", .left, isFlexible: true),
      ], rows: upgrade.items.map(\.cells))
    let result = AnalysisResult(
      name: "upgrade", heading: [heading],
      facts: [.init("items", .count(UInt64(upgrade.items.count))), .init("carries", .count(UInt64(good)))],
      body: .table(table), notes: notes)
    return CommandAnswer(arranging: result, as: call, options: session.options.rendering)
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(6).map { $0.isEmpty ? "(function)" : $0 }.joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }
}

extension CodeUpgrade.Item {
  /// Whether new code can take the place of the old one without anything noticing.
  fileprivate var isFree: Bool {
    if case .closures = subject { return true }
    return carriesOver
  }

  fileprivate var cells: [ResultCell] {
    let (what, count, id): (String, Int, ResultCell) =
      switch subject {
      case .frame: ("frame", 1, .none)
      case .generators(let count): ("generator", count, .none)
      case .closures(let ids): ("function", ids.count, ids.first.map(ResultCell.object) ?? .none)
      }
    return [
      .text(what), .text(name), .count(UInt64(count)), id, .text(place), .text(carriesOver ? "yes" : "no"),
      newLine.map { .count(UInt64($0)) } ?? .none, .text(reason),
    ]
  }

  private var reason: String {
    switch (fate, subject) {
    case (.unchanged, _): "as before"
    case (.changed, .closures): "next call: new code"
    case (.changed, _): "inside of changed code"
    case (.capturesMore(let names), .closures): "holds no \(names.joined(separator: ", "))"
    case (.capturesMore, _): "inside of changed code"
    case (.otherKind, _): "another kind of function"
    case (.gone, _): "gone"
    }
  }
}

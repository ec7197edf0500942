/// All commands, and how what was typed finds one.
public enum CommandTable {
  static let all: [any (Command & Sendable).Type] = [
    HelpCommand.self, QuitCommand.self, LoadCommand.self, OpenCommand.self, UseCommand.self, SourceCommand.self,
    SaveCommand.self, RecoverCommand.self, ResetCommand.self,
    HistoryCommand.self, EditCommand.self, SetCommand.self, ModeCommand.self, VarsCommand.self, HeapCommand.self,
    ShowCommand.self, RefsCommand.self, StringsCommand.self, ShapesCommand.self, CollectionsCommand.self,
    GraphCommand.self, SameCommand.self, TypeCommand.self, FindCommand.self,
    PathCommand.self, RetainedCommand.self, DominatorsCommand.self, WithoutCommand.self, CutCommand.self,
    RootsCommand.self, LeaksCommand.self, ExportCommand.self,
    CollectCommand.self, CheckpointCommand.self, CheckpointsCommand.self, RestoreCommand.self, BudgetCommand.self,
    DisassembleCommand.self, UpgradeCommand.self,
    TimeCommand.self, BenchCommand.self,
    UndoCommand.self, RedoCommand.self, GotoCommand.self, DiffCommand.self, GrowthCommand.self, ForkCommand.self,
    SwitchCommand.self, BranchesCommand.self,
    EffectsCommand.self, FailedCommand.self,
    ViewCommand.self, ExplainCommand.self, ShallowCommand.self, DeepCommand.self,
    StepCommand.self, NextCommand.self, FinishCommand.self, ContinueCommand.self, UntilCommand.self, BackCommand.self,
    BackUntilCommand.self, BreakCommand.self,
    LocalsCommand.self, BacktraceCommand.self,
    LearnCommand.self, PredictCommand.self, QuizCommand.self, TranscriptCommand.self, DoctestCommand.self,
    AnswerCommand.self, PauseCommand.self, AbortCommand.self,
  ]

  /// What all commands say about themselves.
  public static var specs: [CommandSpec] { all.map { $0.spec } }

  /// Short forms whose meaning stays, whatever commands are added.
  static let shortForms = [
    "br": "branches", "c": "continue", "ch": "checkpoint", "f": "finish", "lo": "load", "n": "next", "h": "help",
    "q": "quit", "u": "until", "un": "undo", "b": "back", "d": "disasm", "s": "show", "l": "load", "t": "type",
  ]

  /// The command that a word names without doubt.
  static func explained(_ word: String) -> CommandSpec? {
    if let exact = specs.first(where: { $0.name == word || $0.aliases.contains(word) }) { return exact }
    if let name = shortForms[word] { return specs.first { $0.name == name } }
    let candidates = specs.filter { $0.name.hasPrefix(word) }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// What people who know other tools look for.
  private static let otherNames = [
    "clear": "reset", "cls": "reset", "inspect": "show", "ls": "vars", "print": "show", "run": "load", "stack": "bt",
    "watch": "until", "where": "bt", "why": "path",
  ]

  /// What somebody may have meant: a name that is hardly different, or one with the same beginning.
  private static func nearest(to word: String, among names: [String]) -> [String] {
    if let other = otherNames[word] { return [other] }
    let near = Suggestions.allNearest(to: word, among: names)
    let alike = near.filter { $0.first == word.first }
    if !alike.isEmpty { return alike }
    let beginning = word.prefix(3)
    let begun = beginning.count == 3 ? names.filter { $0.hasPrefix(beginning) } : []
    if !begun.isEmpty { return Array(begun.prefix(3)) }
    return near.filter { Suggestions.editDistance(Array($0.utf8), Array(word.utf8)) == 1 }
  }

  /// The command that a word means: by name or alias, by a declared short form, or by a unique beginning.
  static func find(_ word: String) throws(CommandError) -> any Command.Type {
    if let exact = all.first(where: { $0.spec.name == word || $0.spec.aliases.contains(word) }) { return exact }
    if let name = shortForms[word], let command = all.first(where: { $0.spec.name == name }) { return command }
    let shown = String(word.prefix(40))
    guard !word.isEmpty else { throw .usage("A command needs a name, such as :help") }
    let candidates = all.filter { $0.spec.name.hasPrefix(word) }
    if candidates.count == 1 { return candidates[0] }
    if candidates.count > 1 {
      throw .usage(":\(shown) could be \(candidates.map { ":\($0.spec.name)" }.joined(separator: ", "))")
    }
    let names = all.flatMap { [$0.spec.name] + $0.spec.aliases }.filter { $0.first?.isLetter == true }
    let near = nearest(to: word, among: names).map { ":\($0)" }
    if near.isEmpty { throw .usage("There is no command :\(shown). :help lists them all.") }
    throw .usage("There is no command :\(shown). Did you mean \(near.joined(separator: " or ")) ?")
  }
}

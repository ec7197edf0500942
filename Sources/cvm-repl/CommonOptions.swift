import ArgumentParser
import CVMREPL
import Glibc

/// A size such as `64MB`.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int
  init?(argument: String) {
    guard let bytes = Quantity.bytes(argument) else { return nil }
    self.bytes = bytes
  }
}

/// A count such as `1e9`.
struct StepCount: ExpressibleByArgument {
  let count: Int
  init?(argument: String) {
    guard let count = Quantity.count(argument) else { return nil }
    self.count = count
  }
}

/// A time such as `200ms`.
struct Period: ExpressibleByArgument {
  let seconds: Double
  init?(argument: String) {
    guard let seconds = Quantity.seconds(argument) else { return nil }
    self.seconds = seconds
  }
}

/// What the language of a program may be called.
enum DialectName: String, ExpressibleByArgument, CaseIterable { case js, cvm1 }

/// Options that every form of the command line has.
struct CommonOptions: ParsableArguments {
  /// `-e` and `-c` with their place on the command line: they run in the order in which they stand.
  struct OrderedText {
    let place: Int
    let text: String
  }

  nonisolated(unsafe) private static var placeCount = 0

  @Sendable private static func ordered(_ text: String) -> OrderedText {
    placeCount += 1
    return OrderedText(place: placeCount, text: text)
  }

  @Option(
    name: .short, parsing: .unconditionalSingleValue, help: .init("Evaluate code; repeatable.", valueName: "code"),
    transform: CommonOptions.ordered)
  var e: [OrderedText] = []

  @Option(
    name: .short, parsing: .unconditionalSingleValue,
    help: .init("Run a command, such as :heap; repeatable, in order with -e.", valueName: "command"),
    completion: .list(CommandTable.specs.map { ":\($0.name)" }), transform: CommonOptions.ordered)
  var c: [OrderedText] = []

  @Flag(help: "Commands answer with one JSON object each.") var json = false
  @Flag(help: "As --json, but tables are written as one object for each row.") var jsonl = false
  @Option(
    parsing: .unconditionalSingleValue,
    help: "An answer for CC; repeatable, in order: those that a program leaves are for -e.") var answer: [String] = []
  @Option(help: .init("A JSON array of answers for CC.", valueName: "file"), completion: .file()) var answers: String?
  @Option(help: "The language: js, or cvm1 for programs written for the first CVM.") var dialect = DialectName.js
  @Option(
    parsing: .unconditionalSingleValue,
    help: .init(
      "A folder that programs may read and write with fs; repeatable. Without it CVM_SANDBOX_PATHS names them.",
      valueName: "folder"), completion: .directory)
  var sandbox: [String] = []
  @Option(help: .init("How much memory a program may use, such as 512MB.", valueName: "size")) var maxHeap: ByteSize?
  @Option(help: .init("How many loop rounds and calls a program may make.", valueName: "n")) var maxSteps: StepCount?
  @Option(help: .init("How long a program may run, such as 10s.", valueName: "time")) var maxTime: Period?
  @Option(help: .init("How much a program may print, such as 1MB.", valueName: "size")) var maxOutput: ByteSize?
  @Flag(help: "No colours, and nothing suggested while typing, since it could not be told from text.") var noColor =
    false
  @Flag(help: "ASCII characters only.") var ascii = false
  @Flag(help: "No line editor.") var plain = false
  @Flag(help: "Do not read ~/.config/cvm-repl/init.") var noInit = false

  /// What the options say.
  func invocation() throws -> Invocation {
    var choices = CommonChoices()
    let actions = e.map { ($0.place, Action.evaluate($0.text)) } + c.map { ($0.place, Action.command($0.text)) }
    choices.actions = actions.sorted { $0.0 < $1.0 }.map(\.1)
    choices.isJSON = json || jsonl
    choices.isJSONLines = jsonl
    choices.answers = answer
    choices.answersFile = answers
    choices.dialect = dialect.rawValue
    choices.sandbox = sandbox
    choices.maxHeap = maxHeap?.bytes
    choices.maxSteps = maxSteps?.count
    choices.maxTime = maxTime?.seconds
    choices.maxOutput = maxOutput?.bytes
    choices.noColor = noColor
    choices.ascii = ascii
    choices.plain = plain
    choices.noInit = noInit
    return choices.invocation
  }

  /// Moves the name of a subcommand in front of the options that stand before it, so that all belong to it.
  static func subcommandFirst(_ arguments: [String], names: Set<String>) -> [String] {
    let valued: Set<String> = [
      "-e", "-c", "--answer", "--answers", "--dialect", "--sandbox", "--max-heap", "--max-steps", "--max-time",
      "--max-output", "--store", "--id",
    ]
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if names.contains(argument) {
        var reordered = arguments
        reordered.remove(at: index)
        if argument == "executions" {
          reordered = subcommandFirst(reordered, names: ExecutionsCommand.names)
        }
        return [argument] + reordered
      }
      guard argument.hasPrefix("-"), argument != "--" else { break }
      index += valued.contains(argument) ? 2 : 1
    }
    return arguments
  }
}

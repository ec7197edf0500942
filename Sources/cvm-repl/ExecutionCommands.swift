import ArgumentParser
import CVMREPL

/// `resume ID`
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Goes on with an execution that waits in a store.")

  @Argument(help: .init("The name that it was given with run --id.", valueName: "id")) var name: String
  @OptionGroup var place: StoreOption
  @OptionGroup var storage: StorageOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    var invocation = try common.invocation()
    invocation.store = place.store
    invocation.options.storage = storage.form
    invocation.form = .resume(name)
    finish(invocation)
  }
}

/// Where executions live.
struct StoreOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .init(
      "Where executions live: a folder, or sqlite:FILE. Without it a database in ~/.local/state/cvm-repl.",
      valueName: "place"))
  var store: String?
}

extension StorageForm: ExpressibleByArgument {}

/// How executions are kept.
struct StorageOptions: ParsableArguments {
  @Option(
    help: .init(
      "How the state is kept: references (each object once), or inline (each value in full where it is mentioned, as the "
        + "first CVM did; what several places share becomes copies).", valueName: "form"))
  var storage: StorageForm?
  @Option(help: .init("The old name: false is --storage inline.", valueName: "true|false")) var enableHeapRefs: Bool?

  var form: StorageForm { storage ?? (enableHeapRefs == false ? .inline : .references) }

  func validate() throws {
    if let storage, let enableHeapRefs, enableHeapRefs != (storage == .references) {
      throw ValidationError("--storage and --enable-heap-refs contradict each other.")
    }
  }
}

/// `executions`
struct ExecutionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "executions", abstract: "Lists and manages the executions of a store.",
    subcommands: [List.self, Show.self, Delete.self, Restart.self, Export.self, Import.self],
    defaultSubcommand: List.self)

  static let names: Set = ["list", "show", "delete", "restart", "export", "import"]

  /// Does it; the options must stand in each of these commands under the names that the program itself gives them.
  static func perform(_ action: ExecutionsAction, _ common: CommonOptions, _ place: StoreOption) throws -> Never {
    var invocation = try common.invocation()
    guard invocation.actions.isEmpty else { throw ValidationError("-e and -c need a program: see run and resume.") }
    invocation.store = place.store
    invocation.form = .executions(action)
    finish(invocation)
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the executions, the one that changed last first.")
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.list, common, place) }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows what is known of an execution.")
    @Argument(help: "Its name.") var id: String
    @Flag(help: "Writes what it printed, and nothing else.") var output = false
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.show(id, outputOnly: output), common, place) }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Forgets executions.")
    @Argument(help: "Their names.") var ids: [String]
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.delete(ids), common, place) }
  }

  struct Restart: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets an execution begin again with the next resume, with the program that it had.")
    @Argument(help: "Its name.") var id: String
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.restart(id), common, place) }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the state of an execution as a checkpoint or as JSON, which cvm-repl open opens.")
    @Argument(help: "Its name.") var id: String
    @Argument(
      help: "The file: .cvmsnap or .json. Without it JSON goes to standard output.",
      completion: .file(extensions: ["cvmsnap", "json"])) var file: String?
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.export(id, file: file), common, place) }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes an execution of JSON that export wrote; resume goes on with it.")
    @Argument(help: "The file: .json, or - for standard input.", completion: .file(extensions: ["json"])) var file:
      String
    @Option(help: .init("The name it is to have; without it that which it had.", valueName: "name")) var id: String?
    @OptionGroup var place: StoreOption
    @OptionGroup var common: CommonOptions
    func run() throws { try perform(.load(file: file, id: id), common, place) }
  }
}

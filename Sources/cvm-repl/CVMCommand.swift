import ArgumentParser
import CVMREPL
import Glibc

/// The command line.
@main struct CVMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cvm-repl",
    abstract: "JavaScript on a heap that you can look into.",
    discussion: """
      Without a subcommand a session: statements and commands from the terminal or from standard input.

      Exit status: 0 done, 1 uncaught error, 2 wrong usage, 3 not found, 4 a limit was crossed, 5 paused at a CC with \
      nobody to answer, 130 interrupted.
      """,
    version: Program.version,
    subcommands: [RunCommand.self, ResumeCommand.self, ExecutionsCommand.self, OpenCommand.self])

  @OptionGroup var common: CommonOptions

  /// What is derived from the table of commands.
  enum Derived: String, ExpressibleByArgument, CaseIterable { case commands, man }
  @Option(help: .hidden) var generate: Derived?

  func run() throws {
    switch generate {
    case .commands: writeOut(Manual.commandsPage)
    case .man: writeOut(Manual.manualPage(help: Self.helpMessage(columns: 10_000)))
    case nil: finish(try common.invocation())
    }
  }

  private func writeOut(_ text: String) { print(text, terminator: "") }

  static func main() {
    let typed = Array(CommandLine.arguments.dropFirst())
    if let choices = CommonChoices(simple: typed) { finish(choices.invocation) }
    let arguments = CommonOptions.subcommandFirst(typed, names: ["run", "resume", "executions", "open", "help"])
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      let text = fullMessage(for: error)
      if exitCode(for: error) == .success {
        print(text)
        leave(.done)
      }
      writeError(text + "\n" + hint(typed))
      leave(.usage)
    }
  }
}

/// What to type when a file stands where a subcommand belongs.
private func hint(_ typed: [String]) -> String {
  guard let file = typed.first(where: { !$0.hasPrefix("-") }), access(file, R_OK) == 0 else { return "" }
  let isProgram = file.hasSuffix(".js") || file.hasSuffix(".ts")
  return isProgram ? "To run the program: cvm-repl run \(file)\n" : "To open the file: cvm-repl open \(file)\n"
}

/// `run PROGRAM [-- ARGUMENTS]`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a program file.",
    discussion: "With --id it is kept in a store while it waits at a CC that nobody answers; resume goes on.")

  @Argument(help: "The program: .js, .ts, or - for standard input.", completion: .file(extensions: ["js", "ts"]))
  var program: String
  @Argument(parsing: .postTerminator, help: "What the program finds in process.argv.") var arguments: [String] = []
  @Option(
    parsing: .unconditional,
    help: "A name for this execution: where it asks and nobody answers it is kept, and resume goes on.")
  var id: String?
  @OptionGroup var place: StoreOption
  @OptionGroup var storage: StorageOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if storage.form == .inline, id == nil, place.store == nil {
      throw ValidationError("--storage is about executions that are kept: give --id NAME.")
    }
  }

  func run() throws {
    var invocation = try common.invocation()
    (invocation.id, invocation.store) = (id, place.store)
    invocation.options.storage = storage.form
    invocation.form = .run(program: program, arguments: arguments)
    finish(invocation)
  }
}

/// `open FILE`
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens a file of any kind that :open knows, and starts a session on it.")

  @Argument(help: "The file: what it is, is told by its content.", completion: .file()) var file: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    var invocation = try common.invocation()
    invocation.form = .open(file)
    finish(invocation)
  }
}

func finish(_ invocation: Invocation) -> Never { leave(Program.run(invocation)) }

private func leave(_ status: ExitStatus) -> Never { exit(status.rawValue) }

private func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

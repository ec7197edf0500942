import CVMREPL
import Glibc

/// What the options that every form of the command line has say, and what holds without them.
struct CommonChoices {
  var actions: [Action] = []
  var isJSON = false
  var isJSONLines = false
  var answers: [String] = []
  var answersFile: String?
  var dialect = "js"
  var sandbox: [String] = []
  var maxHeap: Int?
  var maxSteps: Int?
  var maxTime: Double?
  var maxOutput: Int?
  var noColor = false
  var ascii = false
  var plain = false
  var noInit = false

  init() {}

  /// A command line of nothing but `-e CODE`, `-c COMMAND` and plain flags: the argument parser, which looks at every option and
  /// subcommand by reflection, would take half of the start of a session. Nil when it must be asked.
  init?(simple arguments: [String]) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--no-init": noInit = true
      case "--plain": plain = true
      case "--ascii": ascii = true
      case "--no-color": noColor = true
      case "-e", "-c":
        guard let text = rest.popFirst() else { return nil }
        actions.append(option == "-e" ? .evaluate(text) : .command(text))
      default: return nil
      }
    }
  }

  var invocation: Invocation {
    if noColor { setenv("NO_COLOR", "1", 1) }
    var invocation = Invocation()
    invocation.actions = actions
    invocation.answersFile = answersFile
    invocation.readsInitFile = !noInit
    invocation.options = options
    return invocation
  }

  private var options: SessionOptions {
    let isTerminal = isatty(STDIN_FILENO) == 1
    let showsAtTerminal = isatty(STDOUT_FILENO) == 1
    var options = SessionOptions()
    _ = options.chooseDialect(dialect)
    options.sandboxPaths =
      sandbox.isEmpty ? (environment("CVM_SANDBOX_PATHS") ?? "").split(separator: ":").map(String.init) : sandbox
    options.isJSON = isJSON
    options.isJSONLines = isJSONLines
    options.answers = answers
    options.asksForAnswers = isTerminal
    options.escapesNonASCII = ascii
    options.isPlain = plain
    options.usesColor = !noColor && !plain && !isPlainTerminal && showsAtTerminal
    options.isASCII = ascii || !showsAtTerminal || isPlainTerminal || !localeHasUnicode
    options.verifies = environment("CVM_VERIFY").map { $0 != "0" } ?? false
    options.width = terminalWidth()
    if let maxHeap { options.limits.heapBytes = maxHeap }
    if let maxOutput { options.limits.outputBytes = maxOutput }
    options.limits.steps = maxSteps ?? (isTerminal ? .max : 100_000_000_000)
    options.limits.seconds = maxTime ?? (isTerminal ? .infinity : 3600)
    return options
  }

  private var isPlainTerminal: Bool {
    environment("NO_COLOR") != nil || ["dumb", "", nil].contains(environment("TERM"))
  }

  private var localeHasUnicode: Bool {
    for variable in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let name = getenv(variable), name.pointee != 0 else { continue }
      // `String.lowercased` and `contains` would take a part of the start of a session that can be noticed.
      let lowercase: [CChar] = UnsafeBufferPointer(start: name, count: strlen(name)).map { $0 | 0x20 } + [0]
      return strstr(lowercase, "utf-8") != nil || strstr(lowercase, "utf8") != nil
    }
    return false
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private func terminalWidth() -> Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return max(Int(size.ws_col), 40)
  }
}

import CVMTerminal
import Glibc

/// Where a command's answer goes instead of to the screen: `> FILE`, `>> FILE` or `| COMMAND`.
enum Redirection: Equatable {
  case file(path: String, appends: Bool)
  case pipe(command: String)

  /// Splits a command line's end off. In commands that take code a redirection stands behind code in parentheses.
  static func split(
    _ text: Substring, of spec: CommandSpec
  ) throws(CommandError) -> (text: String, redirection: Redirection?) {
    guard let sign = signIndex(in: text, spec) else { return (String(text), nil) }
    let head = String(text[..<sign])
    var tail = text[text.index(after: sign)...]
    if text[sign] == "|" {
      let command = CommandCall.trimmed(tail)
      if command.isEmpty { throw .usage("| needs a shell command behind it: :heap | less") }
      return (head, .pipe(command: command))
    }
    let appends = tail.first == ">"
    if appends { tail.removeFirst() }
    guard let (word, rest) = CommandCall.nextWord(tail) else {
      throw .usage("> needs a file behind it: :heap > heap.txt")
    }
    return (head + String(rest), .file(path: expanded(word), appends: appends))
  }

  private static func signIndex(in text: Substring, _ spec: CommandSpec) -> Substring.Index? {
    var code = text
    if let mark = spec.codeMark {
      guard let behind = behind(mark, in: text) else { return firstSign(in: text) }
      if let sign = firstSign(in: text), sign < behind.startIndex { return sign }
      code = behind
    } else if spec.kind != .code {
      return firstSign(in: text)
    }
    code = code.drop(while: \.isWhitespace)
    while code.hasPrefix("--"), let (word, rest) = CommandCall.nextWord(code) {
      let takesValue = spec.allOptions.contains { "--\($0.name)" == word && $0.value != nil }
      code = (takesValue ? CommandCall.nextWord(rest)?.rest ?? rest : rest).drop(while: \.isWhitespace)
    }
    // Nothing but the code in parentheses, and options, may stand in front of the sign.
    guard code.first == "(", let sign = firstSign(in: code) else { return nil }
    var scanner = BracketScanner()
    let end = code.firstIndex {
      scanner.take($0)
      return scanner.isOutside
    }
    guard let end else { return nil }
    let between = CommandCall.trimmed(code[code.index(after: end)..<sign])
    return between.isEmpty || between.hasPrefix("--") ? sign : nil
  }

  /// What follows a word.
  private static func behind(_ mark: String, in text: Substring) -> Substring? {
    var rest = text
    while let (word, after) = CommandCall.nextWord(rest) {
      if word == mark { return after }
      rest = after
    }
    return nil
  }

  private static func firstSign(in text: Substring) -> Substring.Index? {
    var scanner = BracketScanner()
    return text.firstIndex { character in
      if scanner.isOutside, character == ">" || character == "|" { return true }
      scanner.take(character)
      return false
    }
  }

  /// A file name without quotes, and with the home folder in place of `~`.
  static func expanded(_ word: String) -> String {
    if let first = word.first, first == "\"" || first == "'", word.count > 1, word.last == first {
      return String(word.dropFirst().dropLast())
    }
    let word = word.replacing("\\ ", with: " ")
    if word == "~" || word.hasPrefix("~/"), let home = getenv("HOME") {
      return String(cString: home) + word.dropFirst()
    }
    return word
  }
}

extension Redirection {
  /// Sends a text where it belongs. What a shell command prints goes to the console.
  func write(_ text: String, to console: Console) throws(CommandError) -> ExitStatus {
    switch self {
    case .file(let path, let appends):
      try Self.save(text, to: path, appends: appends)
      return .done
    case .pipe(let command):
      return try ShellPipe.run(command, input: text, console: console)
    }
  }

  private static func save(_ text: String, to path: String, appends: Bool) throws(CommandError) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC)
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .notFound("Cannot write \(path): \(String(cString: strerror(errno)))") }
    var failure = writeAllBytes(descriptor, Array(text.utf8))
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 {
      throw CommandError(status: .error, message: "Cannot write \(path): \(String(cString: strerror(failure)))")
    }
  }
}

/// Writes everything; 0, or the number of the error that prevented it.
func writeAllBytes(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
  var offset = 0
  while offset < bytes.count {
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset) }
    if written > 0 {
      offset += written
    } else if written < 0, errno != EINTR {
      return errno
    }
  }
  return 0
}

/// Runs shell commands that read an answer.
enum ShellPipe {
  /// Runs a command with a text as its input, and waits for it.
  static func run(_ command: String, input: String, console: Console) throws(CommandError) -> ExitStatus {
    console.flush()
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure("Cannot make a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let capture = console.isStandard ? -1 : temporaryFile()
    let child = Terminal.lend { spawn(["/bin/sh", "-c", command], input: ends[0], output: capture) }
    close(ends[0])
    guard let child else {
      close(ends[1])
      throw failure("Cannot start /bin/sh")
    }
    // A command that reads only the beginning is content.
    signal(SIGPIPE, SIG_IGN)
    _ = writeAllBytes(ends[1], Array(input.utf8))
    close(ends[1])
    let status = wait(for: child)
    if capture < 0 { console.terminalWasLent() }
    if capture >= 0 {
      lseek(capture, 0, SEEK_SET)
      console.write(readAll(capture) ?? [])
      close(capture)
    }
    // Ctrl-C was meant for the command.
    _ = Interrupts.take()
    return status == 0 ? .done : .error
  }

  /// Starts a program with the signals that a shell would give it.
  static func spawn(_ arguments: [String], input: Int32 = -1, output: Int32 = -1) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input >= 0 { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    if output >= 0 { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTSTP] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var child = pid_t()
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    return posix_spawnp(&child, arguments[0], &actions, &attributes, words, environ) == 0 ? child : nil
  }

  /// The exit status of a program, once it ended.
  static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return 127 } }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  private static func temporaryFile() -> Int32 {
    var template = Array("/tmp/cvm-repl-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }

  private static func failure(_ text: String) -> CommandError {
    CommandError(status: .error, message: "\(text): \(String(cString: strerror(errno)))")
  }
}

import CLineEdit
import Glibc

/// The terminal that a person sits at.
public enum Terminal {
  /// Whether lines can be edited: input and output are a terminal that understands escape sequences.
  public static var canEdit: Bool {
    isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && understandsEscapes
  }

  private static var understandsEscapes: Bool {
    guard let name = environmentVariable("TERM") else { return false }
    return name != "dumb"
  }

  /// Whether `NO_COLOR` is absent.
  public static var wantsColor: Bool { environmentVariable("NO_COLOR") == nil }

  /// Runs something while the terminal is as it was when the process started.
  public static func lend<Result>(_ body: () -> Result) -> Result {
    cle_restore_terminal()
    return body()
  }

  /// Names a file that goes with the process, also when a signal ends it; an empty name takes that back.
  public static func removeAtEnd(_ path: String) { cle_remove_at_end(path) }

  /// Runs a shell command on the terminal, with `input` as its standard input if given; its wait status.
  @discardableResult
  public static func run(_ command: String, input: [UInt8]? = nil) -> Int32 {
    lend {
      guard let input else { return cle_run(command, nil, 0) }
      // An empty input is an input, too.
      return (input + [0]).withUnsafeBufferPointer { cle_run(command, $0.baseAddress!, input.count) }
    }
  }
}

/// Shows long texts in the user's pager.
public enum Pager {
  /// Whether a text is taller than the screen that it would be written to.
  public static func isNeeded(for text: String, descriptor: Int32 = STDOUT_FILENO) -> Bool {
    guard isatty(descriptor) == 1, environmentVariable("TERM") ?? "dumb" != "dumb" else { return false }
    let rows = TerminalSize.current(descriptor).rows
    var lines = 0
    for byte in text.utf8 where byte == 0x0A {
      lines += 1
      if lines >= rows { return true }
    }
    return false
  }

  /// Whether the person has chosen a pager.
  public static var isChosen: Bool { environmentVariable("PAGER") != nil }

  /// Shows a text with `$PAGER`, or `less`; false when there is no pager.
  public static func show(_ text: String) -> Bool {
    let command = environmentVariable("PAGER") ?? "less"
    setenv("LESS", "FRX", 0)
    let status = Terminal.run(command, input: Array(text.utf8))
    // The shell's "command not found" and "not executable".
    let code = (status >> 8) & 0xFF
    return status >= 0 && code != 127 && code != 126
  }
}

/// Ctrl-C, as a switch that a running program looks at.
public enum InterruptSignal {
  /// Directs SIGINT to a switch; when nobody looks at it, the process ends at one of the next signals: at the second
  /// one, or patiently after several over more than a second.
  public static func watch(_ target: UnsafeMutablePointer<Int32>, isPatient: Bool) {
    cle_watch_interrupts(target, isPatient ? 2 : 1, isPatient ? 1500 : 0)
  }
}

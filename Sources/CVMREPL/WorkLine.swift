import CVMReport
import CVMRuntime
import Glibc

/// Says on a terminal how far work is that takes long, on a line that it takes away again.
final class WorkLine {
  private let canStop: Bool
  private let clock = Stopwatch()
  private var lastShown = 0.0
  private var phase = ""
  private var phaseStart = 0.0
  private static let patience = 0.5
  private static let interval = 0.1
  private static let width = 60

  /// Nil where nobody sees it.
  init?(_ options: SessionOptions, canStop: Bool) {
    guard !options.isPlain, isatty(STDERR_FILENO) == 1 else { return nil }
    self.canStop = canStop
  }

  /// Notes how much of a phase is done; a total of 0 is unknown.
  func look(_ phase: String, _ completed: Int, of total: Int) {
    let now = clock.seconds
    if phase != self.phase {
      self.phase = phase
      phaseStart = now
    }
    guard now > Self.patience, now - lastShown > Self.interval else { return }
    lastShown = now
    var text = "  \(phase) "
    if total == 0 {
      text += Numbers.grouped(UInt64(completed))
    } else {
      let share = min(Double(completed) / Double(total), 1)
      text += "\(Numbers.percent(share)) %"
      if share > 0.05 { text += ", \(Numbers.duration(seconds: (now - phaseStart) * (1 - share) / share)) left" }
    }
    if canStop { text += " (Ctrl-C stops)" }
    write("\r" + TextLayout.padded(text, to: Self.width))
  }

  func end() {
    if lastShown > 0 { write("\r" + String(repeating: " ", count: Self.width) + "\r") }
  }

  private func write(_ text: String) { _ = writeAllBytes(STDERR_FILENO, Array(text.utf8)) }
}

extension Machine {
  /// Says how far a checkpoint is that is taken from or given to this machine.
  func showingWork<Result, Failure>(
    _ options: SessionOptions, canStop: Bool = false, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let line = WorkLine(options, canStop: canStop) else { return try body() }
    workObserver = { line.look($0, $1, of: $2) }
    defer {
      workObserver = nil
      line.end()
    }
    return try body()
  }
}

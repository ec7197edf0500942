import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import Glibc

/// Measures wall time.
struct Stopwatch {
  private let start = Stopwatch.now()

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  var seconds: Double { Stopwatch.now() - start }
}

extension Session {
  /// Runs an analysis; Ctrl-C ends it.
  func analysing<R>(_ body: (Progress) throws(AnalysisError) -> R) throws(CommandError) -> R {
    let stop = AnalysisWatch(showsProgress: options.isInteractive && !options.isPlain && isatty(STDERR_FILENO) == 1)
    defer { stop.end() }
    let progress = Progress(observer: { stop.look($0) })
    stop.progress = progress
    do throws(AnalysisError) { return try body(progress) } catch {
      if case .cancelled = error { throw .interrupted }
      throw .notFound("\(error)")
    }
  }

  /// The heap as a graph with what each object takes in a checkpoint of this moment, and as text.
  func sizedDump(_ state: PortableState?) throws(CommandError) -> HeapDump {
    try dumping { () throws(HeapGraphError) in
      try machine.makeHeapDump(promptNames: results.boundNames, sink: InlineTexts(), state: state)
    }
  }

  /// Runs a file as one statement.
  func load(_ file: SourceFile, callsMain: Bool) -> ExitStatus {
    runProgram(file, dialect: file.name.hasSuffix(".ts") ? .typeScript : .javaScript, callsMain: callsMain)
  }
}

/// Cancels an analysis when an interrupt waits, and says how far it is when it takes long. Used on the thread of the
/// analysis, which is the session's.
private final class AnalysisWatch: @unchecked Sendable {
  weak var progress: Progress?
  private let showsProgress: Bool
  private let clock = Stopwatch()
  private var lastShown = 0.0
  private var phase = ""
  private var phaseStart = 0.0
  private static let patience = 0.5
  private static let interval = 0.1

  init(showsProgress: Bool) { self.showsProgress = showsProgress }

  func look(_ moment: Progress.Moment) {
    if Interrupts.take() { progress?.cancel() }
    guard showsProgress else { return }
    let now = clock.seconds
    if moment.phase != phase {
      phase = moment.phase
      phaseStart = now
    }
    guard now > Self.patience, now - lastShown > Self.interval, moment.total > 0 else { return }
    lastShown = now
    let share = min(Double(moment.completed) / Double(moment.total), 1)
    var text = "  \(phase) \(Numbers.percent(share)) %"
    if share > 0.05 {
      text += ", \(Numbers.duration(seconds: (now - phaseStart) * (1 - share) / share)) left (Ctrl-C stops)"
    }
    write("\r" + TextLayout.padded(text, to: Self.lineWidth))
  }

  func end() {
    if lastShown > 0 { write("\r" + String(repeating: " ", count: Self.lineWidth) + "\r") }
  }

  private static let lineWidth = 60

  private func write(_ text: String) { _ = writeAllBytes(STDERR_FILENO, Array(text.utf8)) }
}

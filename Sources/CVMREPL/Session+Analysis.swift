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
    let line = WorkLine(options, canStop: true)
    defer { line?.end() }
    let watch = AnalysisWatch(line)
    let progress = Progress(observer: { watch.look($0) })
    watch.progress = progress
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

/// Cancels an analysis when an interrupt waits, and says how far it is. Used on the thread of the analysis, which is the
/// session's.
private final class AnalysisWatch: @unchecked Sendable {
  weak var progress: Progress?
  private let line: WorkLine?

  init(_ line: WorkLine?) { self.line = line }

  func look(_ moment: Progress.Moment) {
    if Interrupts.take() { progress?.cancel() }
    if moment.total > 0 { line?.look(moment.phase, moment.completed, of: moment.total) }
  }
}

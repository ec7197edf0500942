import CVMHeapGraph
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
    let stop = InterruptWatch()
    let progress = Progress(observer: { _ in stop.look() })
    stop.progress = progress
    do throws(AnalysisError) { return try body(progress) } catch {
      if case .cancelled = error { throw .interrupted }
      throw .notFound("\(error)")
    }
  }

  /// The heap as a graph with snapshot sizes, and the sizes of the other parts of a checkpoint.
  func sizedDump() throws(CommandError) -> (dump: HeapDump, sizes: PortableSizes) {
    let sizes = PortableSizes()
    do {
      let dump = try machine.makeHeapDump(promptNames: results.boundNames, sink: sizes)
      sizes.finish()
      return (dump, sizes)
    } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  /// Runs a file as one statement.
  func load(_ file: SourceFile) -> ExitStatus {
    runProgram(file, dialect: file.name.hasSuffix(".ts") ? .typeScript : .javaScript, callsMain: false)
  }
}

/// Cancels an analysis when an interrupt waits. Used on the thread of the analysis, which is the session's.
private final class InterruptWatch: @unchecked Sendable {
  weak var progress: Progress?

  func look() {
    if Interrupts.take() { progress?.cancel() }
  }
}

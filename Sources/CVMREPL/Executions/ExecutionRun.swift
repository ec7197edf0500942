import CVMRuntime
import CVMStorage

/// A machine that runs from one commit to the next, and what it prints meanwhile.
final class ExecutionRun {
  let session: Session
  var log: [LogEntry] = []
  /// What the store has of this machine as images.
  var images: ExecutionState.Images?
  /// What was said of values whose identity an inline form loses.
  var toldAliases: Set<String> = []
  /// The size of the last complete state in the portable encoding.
  var portableBytes = 0

  init(_ session: Session) {
    self.session = session
    let console = session.console
    session.machine.output = { [unowned self] in
      self.add(.output, $0)
      console.write($0)
    }
    session.machine.errorOutput = { [unowned self] in
      self.add(.errorOutput, $0)
      console.writeError($0)
    }
  }

  private func add(_ kind: LogEntry.Kind, _ bytes: [UInt8]) {
    if log.last?.kind == kind { log[log.count - 1].bytes += bytes } else { log.append(LogEntry(kind, bytes)) }
  }
}

import CVMReport
import CVMRuntime
import CVMSnapshot

extension Session {
  /// What a question or a drawing may run on a copy of the heap.
  private static var scratchLimits: RuntimeLimits {
    var limits = RuntimeLimits()
    limits.steps = 20_000_000
    limits.seconds = 3
    limits.heapBytes = 1 << 28
    return limits
  }

  /// A session of its own, in which nothing that is done is seen or kept.
  static func scratch(like options: SessionOptions = SessionOptions(), console: Console = .silent) -> Session {
    var quiet = SessionOptions()
    quiet.language = options.language
    quiet.width = options.width
    quiet.isASCII = options.isASCII
    quiet.escapesNonASCII = options.escapesNonASCII
    quiet.stateFolder = nil
    quiet.limits = scratchLimits
    let session = Session(options: quiet, console: console)
    session.installPromptFunctions()
    return session
  }

  /// Such a session on a copy of this one's heap, with the same ids.
  func scratchCopy() throws(CommandError) -> Session {
    guard waiting == nil else { throw .usage("A program waits at a CC: :answer or :abort it first.") }
    let copy = Session.scratch(like: options)
    let bytes = try makeCheckpoint().bytes
    do throws(SnapshotError) {
      let machine = copy.freshMachine()
      try SnapshotFile(bytes, path: "copy").restore(into: machine, makeSource: Self.source)
      copy.adopt(machine, SessionRecord(self), after: currentStatement)
      copy.replaceStatements(makers: makers, number: statementNumber)
      copy.checkpoints = checkpoints
    } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
    return copy
  }
}

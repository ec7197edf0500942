/// What a program may use, as one value given by the host.
public struct RuntimeLimits: Sendable {
  public var heapBytes = 4 << 30
  /// Safepoints passed: loop iterations and calls.
  public var steps = Int.max
  /// At most a quarter of the heap's, which the stack counts towards.
  public var stackBytes: Int { min(1 << 30, heapBytes / 4) }
  public var outputBytes = 1 << 30
  /// Seconds of wall time for one run.
  public var seconds = Double.infinity

  public init() {}
}

/// Why the machine stopped for its host.
public enum StopReason: Sendable, Equatable {
  case heapLimit
  case stepLimit
  case timeLimit
  case outputLimit
  case interrupted
  /// The host asked to stop after a number of instructions.
  case instructionLimit
  /// A watch of the host's said so.
  case watched
  /// The program came to a `debugger` statement.
  case debuggerStatement
  /// An exception is about to begin its way up.
  case thrown

  /// A sentence for the person who runs the program.
  public var message: String {
    switch self {
    case .heapLimit: "the heap limit was reached (--max-heap)"
    case .stepLimit: "the step limit was reached (--max-steps)"
    case .timeLimit: "the time limit was reached (--max-time)"
    case .outputLimit: "the output limit was reached (--max-output)"
    case .interrupted: "interrupted"
    case .instructionLimit: "the instruction limit was reached"
    case .watched: "somebody steps through the program"
    case .debuggerStatement: "a debugger statement"
    case .thrown: "an exception"
    }
  }
}

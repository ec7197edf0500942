import Synchronization

/// Why an analysis gave no result.
public enum AnalysisError: Error, Equatable, CustomStringConvertible {
  case cancelled
  case noSuchObject(NodeID)
  case noSuchNode(Int)
  case invalidColumn(expected: Int, found: Int)

  public var description: String {
    switch self {
    case .cancelled: "interrupted"
    case .noSuchObject(let id): "Invalid heap reference: \(id.isInternal ? "i" : "")\(id.number)"
    case .noSuchNode(let node): "the graph has no node \(node)"
    case .invalidColumn(let expected, let found): "expected a value for each of \(expected) nodes, found \(found)"
    }
  }
}

/// Shows how far an analysis is, and lets another thread stop it.
public final class Progress: Sendable {
  /// A moment of an analysis.
  public struct Moment: Sendable, Equatable {
    /// What is being done, such as `dominators`.
    public var phase: String
    /// Units done in this phase.
    public var completed: Int
    /// Units of this phase in all.
    public var total: Int
  }

  private let cancelled = Atomic<Bool>(false)
  private let observer: (@Sendable (Moment) -> Void)?

  /// Calls an observer now and then, on the thread of the analysis.
  public init(observer: (@Sendable (Moment) -> Void)? = nil) { self.observer = observer }

  /// Asks the analysis to stop soon.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Whether the analysis was asked to stop.
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// How many units of work may pass between two reports.
  static let stride = 1 << 16

  func report(_ phase: String, _ completed: Int, of total: Int) throws(AnalysisError) {
    if isCancelled { throw .cancelled }
    observer?(Moment(phase: phase, completed: completed, total: total))
  }

  /// Reports at every 65,536th unit only.
  @inline(__always)
  func tick(_ phase: @autoclosure () -> String, _ completed: Int, of total: Int) throws(AnalysisError) {
    if _slowPath(completed & (Self.stride - 1) == 0) { try report(phase(), completed, of: total) }
  }
}

import CLineEdit
import Synchronization

/// Messages that other threads want to show: they appear above the line that is being edited.
public final class MessageQueue: Sendable {
  private let messages = Mutex<[String]>([])

  public init() {}

  /// Adds a message; from any thread.
  public func post(_ text: String) {
    messages.withLock { $0.append(text) }
    cle_wake()
  }

  func take() -> [String] {
    messages.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

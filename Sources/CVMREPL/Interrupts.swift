import Glibc

/// Where the signal handler writes; read by the machine at its safepoints.
nonisolated(unsafe) private var interruptSwitch: UnsafeMutablePointer<Int32>?

/// Ctrl-C: stops the machine at its next safepoint, and the process when that has not happened before the next one.
enum Interrupts {
  /// Directs SIGINT to a machine's switch.
  static func install(_ target: UnsafeMutablePointer<Int32>) {
    interruptSwitch = target
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      guard let target = interruptSwitch else { return }
      if target.pointee != 0 { _exit(ExitStatus.interrupted.rawValue) }
      target.pointee = 1
    }
    // Without SA_RESTART, so that a read of a line ends, too.
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
    // Whoever started the process may have blocked it.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Whether SIGINT goes to a machine's switch.
  static func isInstalled(_ target: UnsafeMutablePointer<Int32>) -> Bool { interruptSwitch == target }

  /// Whether an interrupt waits, which this takes.
  static func take() -> Bool {
    guard let target = interruptSwitch, target.pointee != 0 else { return false }
    target.pointee = 0
    return true
  }
}

import Foundation

/// A child that runs tests one after the other. When it dies or does not answer in time, that is the failure of the test
/// it was at, and the next test gets a new child.
final class WorkerProcess {
  private let checkout: String
  private let seconds: Double
  private var process: Process?
  private var input: FileHandle?
  private var output: FileHandle?
  private var pending: [UInt8] = []
  private var testCount = 0

  init(checkout: String, seconds: Double) {
    self.checkout = checkout
    self.seconds = seconds
  }

  /// Runs a test: nil when it passes, else why not.
  func run(_ path: String) -> String? {
    if process == nil || testCount >= 500 {
      stop()
      start()
    }
    testCount += 1
    guard let input else { return "the worker cannot be started" }
    do { try input.write(contentsOf: Data((path + "\n").utf8)) } catch { return failed("crashed before the test") }
    switch readLine(timeout: seconds * 2 + 5) {
    case .line(let line): return line == "pass" ? nil : String(line.dropFirst(5))
    case .timeout: return failed("hangs")
    case .end: return failed("crashed" + exitText())
    }
  }

  private func exitText() -> String {
    guard let process else { return "" }
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal ? " (signal \(process.terminationStatus))" : ""
  }

  private func failed(_ reason: String) -> String {
    stop()
    return reason
  }

  private func start() {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["--worker", checkout, "--seconds", "\(seconds)"]
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    child.environment = environment
    let toChild = Pipe()
    let fromChild = Pipe()
    child.standardInput = toChild
    child.standardOutput = fromChild
    child.standardError = FileHandle(forWritingAtPath: "/dev/null")
    guard (try? child.run()) != nil else { return }
    process = child
    input = toChild.fileHandleForWriting
    output = fromChild.fileHandleForReading
    pending = []
    testCount = 0
  }

  func stop() {
    try? input?.close()
    if let process, process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process?.waitUntilExit()
    try? output?.close()
    process = nil
    input = nil
    output = nil
  }

  private enum Answer {
    case line(String)
    case timeout
    case end
  }

  private func readLine(timeout: Double) -> Answer {
    guard let descriptor = output?.fileDescriptor else { return .end }
    let deadline = Date().addingTimeInterval(timeout)
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = pending.firstIndex(of: 0x0a) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return .line(line)
      }
      let rest = deadline.timeIntervalSinceNow
      guard rest > 0 else { return .timeout }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, Int32(rest * 1000) + 1) > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return .end }
      pending += buffer[..<count]
    }
  }
}

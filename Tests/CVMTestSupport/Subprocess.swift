import Foundation
import Glibc

/// A program to run as a process of its own, with what it reads and how long it may take.
public struct Subprocess: Sendable {
  public var executable: String
  public var arguments: [String]
  /// Added to the environment of the tests; `nil` removes a variable.
  public var environment: [String: String?] = [:]
  public var input: [UInt8] = []
  public var timeout: Duration = .seconds(120)

  public init(_ executable: String, _ arguments: [String] = []) {
    self.executable = executable
    self.arguments = arguments
  }

  /// How a process ended.
  public enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    /// It was still running when its time was up.
    case timedOut
  }

  /// What a process left behind.
  public struct Outcome: Sendable {
    public var ending: Ending
    public var output: String
    public var errors: String
    /// User and system time together.
    public var processorTime: Duration
    /// As last seen some milliseconds before the end.
    public var maximumResidentBytes: Int

    /// The lines of the output, without the empty one after the last line end.
    public var outputLines: [String] {
      var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      return lines
    }
  }

  /// Runs the program to its end.
  public func run() throws -> Outcome {
    let running = try start()
    return running.wait()
  }

  /// Starts the program and returns at once.
  public func start() throws -> Running {
    let scratch = try ScratchDirectory()
    try Data(input).write(to: URL(fileURLWithPath: scratch.path + "/input"))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, scratch.path + "/input", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, scratch.path + "/output", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path + "/errors", O_WRONLY | O_CREAT, 0o600)

    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    var identifier = pid_t()
    let status = withCStrings([executable] + arguments) { argv in
      withCStrings(variables.map { "\($0.key)=\($0.value)" }) { envp in
        posix_spawn(&identifier, executable, &actions, nil, argv, envp)
      }
    }
    guard status == 0 else { throw LaunchError(executable: executable, reason: String(cString: strerror(status))) }
    return Running(identifier: identifier, timeout: timeout, scratch: scratch)
  }

  /// A program could not be started.
  public struct LaunchError: Error, CustomStringConvertible {
    var executable: String
    var reason: String

    public var description: String { "\(executable) did not start: \(reason)" }
  }
}

extension Subprocess {
  /// A started process that has not been waited for.
  public struct Running: ~Copyable {
    let identifier: pid_t
    let timeout: Duration
    let scratch: ScratchDirectory

    public func send(signal: Int32) {
      kill(identifier, signal)
    }

    /// What it has written to standard output so far.
    public var outputSoFar: String { text("output") }

    /// Waits until the output so far contains the text; false when that did not happen in time.
    public func waitForOutput(containing text: String) -> Bool {
      let deadline = ContinuousClock.now + timeout
      while ContinuousClock.now < deadline {
        if outputSoFar.contains(text) { return true }
        usleep(2000)
      }
      return false
    }

    public consuming func wait() -> Outcome {
      let deadline = ContinuousClock.now + timeout
      var status: Int32 = 0
      var usage = rusage()
      var pause: UInt32 = 500
      var timedOut = false
      var peak = 0
      while wait4(identifier, &status, WNOHANG, &usage) == 0 {
        peak = max(peak, peakResidentBytes())
        if ContinuousClock.now > deadline {
          timedOut = true
          kill(identifier, SIGKILL)
          wait4(identifier, &status, 0, &usage)
          break
        }
        usleep(pause)
        pause = min(pause * 2, 10_000)
      }
      let signal = status & 0x7F
      let ending: Ending =
        timedOut ? .timedOut : signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
      return Outcome(
        ending: ending, output: text("output"), errors: text("errors"),
        processorTime: usage.ru_utime.duration + usage.ru_stime.duration,
        maximumResidentBytes: peak)
    }

    /// The most memory that was resident so far. Not taken from `rusage`, which counts what the test runner had resident
    /// when it forked.
    private func peakResidentBytes() -> Int {
      guard let status = FileManager.default.contents(atPath: "/proc/\(identifier)/status"),
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first(where: {
          $0.hasPrefix("VmHWM:")
        })
      else { return 0 }
      return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    private func text(_ name: String) -> String {
      String(decoding: FileManager.default.contents(atPath: scratch.path + "/" + name) ?? Data(), as: UTF8.self)
    }
  }
}

extension timeval {
  fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}

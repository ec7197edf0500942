import Glibc

/// Who is at an execution: a process, which may have several owners.
public struct Owner: Sendable, Equatable, CustomStringConvertible {
  /// Tells apart the owners of all times.
  let token: UInt64
  public let process: Int
  /// When the process was started, in ticks since the machine was; a later process with its number differs in it.
  let processStart: UInt64
  /// The machine's name, and what is another one after each start and in each container.
  public let host: String
  let surroundings: String
  /// In seconds since 1970.
  public let since: Double

  public static func == (a: Owner, b: Owner) -> Bool { a.token == b.token }

  /// A new owner in this process.
  public init() {
    token = .random(in: 1...UInt64.max)
    process = Int(getpid())
    processStart = Self.startOfProcess(process) ?? 0
    host = Self.hostName
    surroundings = Self.currentSurroundings
    since = currentTime()
  }

  init(token: UInt64, process: Int, processStart: UInt64, host: String, surroundings: String, since: Double) {
    (self.token, self.process, self.processStart) = (token, process, processStart)
    (self.host, self.surroundings, self.since) = (host, surroundings, since)
  }

  /// An owner on another machine can't be asked whether it lives: it loses an execution with which it did nothing for so
  /// many seconds.
  static let expiry = 3600.0

  /// Whether the process is still there, as far as can be seen from here; `lastSeen` is when it last did something.
  public func isAlive(at time: Double = currentTime(), lastSeen: Double = 0) -> Bool {
    let isRecent = time - max(since, lastSeen) < Self.expiry
    guard host == Self.hostName else { return isRecent }
    let (boot, namespace) = Self.parts(surroundings)
    let (currentBoot, currentNamespace) = Self.parts(Self.currentSurroundings)
    // The machine was started anew.
    guard boot == currentBoot else { return false }
    guard namespace == currentNamespace else { return isRecent }
    guard kill(pid_t(truncatingIfNeeded: process), 0) == 0 || errno == EPERM else { return false }
    return Self.startOfProcess(process) == processStart
  }

  public var description: String {
    host == Self.hostName
      ? "process \(process), since \(timeText(since))" : "process \(process) on \(host), since \(timeText(since))"
  }

  private static func parts(_ surroundings: String) -> (Substring, Substring) {
    let parts = surroundings.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
  }

  private static let hostName: String = {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }()

  /// The boot's identity and that of the space in which process numbers are unique.
  private static let currentSurroundings: String = {
    let boot = smallFile("/proc/sys/kernel/random/boot_id").map { $0.filter { !$0.isWhitespace } } ?? ""
    var target = [UInt8](repeating: 0, count: 100)
    let count = target.withUnsafeMutableBytes {
      readlink("/proc/self/ns/pid", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return boot + " " + String(decoding: target.prefix(max(count, 0)), as: UTF8.self)
  }()

  /// The 22nd field of the process's `stat`; nil when it is gone or has ended and only was not waited for.
  private static func startOfProcess(_ process: Int) -> UInt64? {
    guard let text = smallFile("/proc/\(process)/stat"), let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  private static func smallFile(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}

/// Seconds since 1970.
public func currentTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// `2026-11-23 05:40:12`, in the local time zone.
func timeText(_ seconds: Double) -> String {
  var whole = time_t(seconds)
  var parts = tm()
  localtime_r(&whole, &parts)
  func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
    + " \(digits(parts.tm_hour)):\(digits(parts.tm_min)):\(digits(parts.tm_sec))"
}

extension Owner {
  func encoded() -> [UInt8] {
    var writer = FieldWriter()
    writer.number(token)
    writer.number(UInt64(process))
    writer.number(processStart)
    writer.text(host)
    writer.text(surroundings)
    writer.number(since.bitPattern)
    return writer.bytes
  }

  init?(encoded bytes: [UInt8]) {
    var reader = FieldReader(bytes)
    guard let token = reader.number(), let process = reader.number(), process < UInt64(Int32.max),
      let start = reader.number(), let host = reader.text(), let surroundings = reader.text(),
      let since = reader.time(), reader.isAtEnd
    else { return nil }
    self.init(
      token: token, process: Int(process), processStart: start, host: host, surroundings: surroundings,
      since: since)
  }
}

import Glibc
import Testing

@testable import CVMStorage

/// Who loses an execution: whose process is gone, or who is elsewhere and did nothing for long.
@Suite struct OwnerTests {
  private let me = Owner()

  private func owner(
    process: Int? = nil, start: UInt64? = nil, host: String? = nil, surroundings: String? = nil, age: Double = 0
  ) -> Owner {
    Owner(
      token: 1, process: process ?? me.process, processStart: start ?? me.processStart, host: host ?? me.host,
      surroundings: surroundings ?? me.surroundings, since: currentTime() - age)
  }

  @Test func `a process that is there lives, however long ago it did something`() {
    #expect(owner(age: 1e6).isAlive())
  }

  @Test func `a later process with the same number is another one`() {
    #expect(!owner(start: me.processStart &+ 1).isAlive())
  }

  @Test func `nothing outlives the start of its machine`() {
    let space = me.surroundings.split(separator: " ").last ?? ""
    #expect(!owner(surroundings: "another-boot \(space)").isAlive())
  }

  @Test(arguments: [true, false])
  func `who can't be asked keeps an execution for an hour after doing something`(isOnOtherMachine: Bool) {
    let boot = me.surroundings.split(separator: " ").first ?? ""
    func other(age: Double) -> Owner {
      isOnOtherMachine
        ? owner(host: "elsewhere", age: age) : owner(process: 1 << 30, surroundings: "\(boot) pid:[1]", age: age)
    }
    #expect(other(age: 3000).isAlive())
    #expect(!other(age: 4000).isAlive())
    #expect(other(age: 4000).isAlive(lastSeen: currentTime() - 3000))
    #expect(!other(age: 9000).isAlive(lastSeen: currentTime() - 4000))
  }

  @Test func `a process that has ended is gone, although nobody waited for it`() throws {
    var process: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    defer { free(words[0]) }
    try #require(posix_spawnp(&process, "true", nil, nil, &words, environ) == 0)
    var status = siginfo_t()
    // Waits for its end and leaves it as it is.
    try #require(waitid(P_PID, id_t(process), &status, WEXITED | WNOWAIT) == 0)
    let text = try #require(statusText(of: process))
    let start = try #require(text.split(separator: ")").last?.split(separator: " ").dropFirst(19).first)
    #expect(!owner(process: Int(process), start: UInt64(start)).isAlive())
    waitpid(process, nil, 0)
  }

  private func statusText(of process: pid_t) -> String? {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

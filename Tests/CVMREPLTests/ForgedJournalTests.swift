import CVMSnapshot
import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL
@testable import CVMRuntime

/// Journals of killed sessions that somebody has written to: nothing in them is believed.
@Suite struct ForgedJournalTests {
  private let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private func session() -> TestSession {
    let session = TestSession {
      $0.stateFolder = self.scratch.path
      $0.verifies = false
    }
    session.session.keepsJournal = true
    return session
  }

  /// Does what the prompt does after each line.
  private func run(_ session: TestSession, _ lines: String...) {
    for line in lines {
      session(line)
      session.session.noteInJournal()
    }
  }

  /// Writes into the first slot of the object in the variable `x`, as no program can.
  private func forge(_ session: TestSession, _ word: (UInt64) -> UInt64) throws {
    let machine = session.session.machine
    let cell = machine.vm.cell(try #require(machine.globalBinding("x")?.value))
    cell.set64(Layout.slots, word(cell.u64(Layout.slots)))
  }

  @Test func `a checkpoint of a killed session is checked when it is gone back to`() throws {
    let killed = session()
    run(killed, "let x = {a: {}, b: 1}; 0", ":checkpoint --image good")
    killed("x.b = 2")
    try forge(killed) { $0 + 1 }
    run(killed, ":checkpoint --image bad", "x.a = 5")
    killed.session.leaveJournal()
    let next = session()
    #expect(next(":recover").contains("recovered 3 statements"))
    #expect(next("x.a + x.b").contains("= 7"))
    _ = next.errors
    next(":restore bad")
    #expect(next.errors.contains("where no cell starts"))
    // The session is as it was, and what is sound can be gone back to.
    #expect(next("x.a + x.b").contains("= 7"))
    next(":restore good")
    #expect(next("typeof x.a + x.b").contains("'object1'"))
    next.session.endJournals()
  }

  @Test func `a fork of a recovered session is checked, too`() throws {
    let killed = session()
    run(killed, "let x = {a: {}, b: 1}; 0")
    killed.session.leaveJournal()
    let next = session()
    #expect(next(":recover").contains("recovered 1 statement"))
    let folder = try #require(next.session.journal?.images.path)
    // Who has its file open writes to it while the session goes on.
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".image") {
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(folder)/\(name)"))
      try file.seek(toOffset: 70_000)
      try file.write(contentsOf: Data(repeating: 0x55, count: 4000))
    }
    next("x.b = 3")
    _ = next.errors
    next(":fork idea")
    #expect(next.errors.contains("is damaged"))
    #expect(next("x.b").contains("= 3"))
    next.session.endJournals()
  }

  @Test(arguments: ["9223372036854775807", "-5", "18446744073709551616"])
  func `numbers that no session counts to end a journal`(number: String) throws {
    let killed = session()
    run(killed, "let a = 1", "let b = 2")
    let path = try #require(killed.session.journal?.images.path)
    killed.session.leaveJournal()
    // The number of the last statement, in the last entry.
    let log = URL(fileURLWithPath: Journal.logPath(path))
    let bytes = Array(try Data(contentsOf: log))
    let first = try #require(Self.entries(bytes).first)
    let last = try #require(Self.entries(bytes).last)
    let names = Array("4:main,1:2,".utf8)
    let place = try #require(last.indices.first { last[$0...].starts(with: names) })
    let forged = last[..<place] + Array("4:main,\(number.utf8.count):\(number),".utf8) + last[(place + names.count)...]
    try Data(Self.sealed(first) + Self.sealed(Array(forged))).write(to: log)
    let next = session()
    #expect(next(":recover").contains("recovered 1 statement"))
    #expect(next("a").contains("= 1"))
    #expect(next("typeof b").contains("'undefined'"))
    next.session.endJournals()
  }

  private static func sealed(_ content: [UInt8]) -> [UInt8] {
    var writer = NetstringWriter()
    writer.add(content)
    let sum = Checksum.of(content)
    return writer.bytes + (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
  }

  private static func entries(_ log: [UInt8]) -> [[UInt8]] {
    var entries: [[UInt8]] = []
    var rest = log[...]
    while let colon = rest.firstIndex(of: 0x3a), let count = Int(String(decoding: rest[..<colon], as: UTF8.self)) {
      entries.append(Array(rest[(colon + 1)...].prefix(count)))
      rest = rest.dropFirst(colon - rest.startIndex + 1 + count + 9)
    }
    return entries
  }
}

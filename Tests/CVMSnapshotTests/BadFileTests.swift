import CVMRuntime
import CVMSnapshot
import CVMTestSupport
import Foundation
import Testing

/// Files that are no checkpoints, or not whole: each is refused with what is wrong and where.
@Suite struct BadFileTests {
  private static func sample() throws -> [UInt8] {
    let subject = Subject()
    subject.value("let a = {x: [1, 2.5, 'text'], f(y) { return this.x }}, m = new Map([[a, 1]]), s = Symbol('s')")
    return try subject.checkpoint.bytes
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    do {
      _ = try Subject(restoring: SnapshotFile(bytes, path: "x.cvmsnap"))
      return "opened"
    } catch { return "\(error)" }
  }

  @Test func `each kind of damage is named`() throws {
    let good = try Self.sample()
    #expect(refusal([]) == "x.cvmsnap is no checkpoint: it does not begin as one")
    #expect(refusal(Array("hello, world".utf8)).contains("no checkpoint"))
    #expect(refusal(Array(good.dropLast(5))) == "x.cvmsnap is cut off: it has \(good.count - 5) of \(good.count) bytes")
    #expect(refusal(good + [0]) == "x.cvmsnap has 1 bytes more than it should")
    var newer = good
    newer[8] = 3
    #expect(refusal(newer).contains("newer version (format 3"))
    var header = good
    header[40] ^= 1
    #expect(refusal(header).contains("the header"))
    var content = good
    content[good.count - 20] ^= 1
    #expect(refusal(content).contains("is damaged: the checksum of section"))
  }

  @Test func `no single changed byte gets through`() throws {
    let good = try Self.sample()
    for position in good.indices {
      var bytes = good
      bytes[position] ^= 0x10
      #expect(throws: SnapshotError.self) { _ = try SnapshotFile(bytes) }
    }
  }

  private static func compressedSample() throws -> [UInt8] {
    let subject = Subject()
    subject.value("const list = Array.from({length: 3000}, (_, i) => ({id: i, name: 'a name ' + i}))")
    return try subject.checkpoint.compressedBytes
  }

  @Test func `damage of compressed files is found, too`() throws {
    let good = try Self.compressedSample()
    #expect(good[8] == 2)
    #expect(good.count * 3 < (try Subject(restoring: SnapshotFile(good)).checkpoint.bytes.count))
    for position in stride(from: 0, to: good.count, by: 41) {
      var bytes = good
      bytes[position] ^= 0x10
      #expect(throws: SnapshotError.self) { _ = try SnapshotFile(bytes) }
      #expect(throws: SnapshotError.self) { _ = try SnapshotFile(Array(good[..<position])) }
    }
  }

  @Test func `a section that claims to be larger than it can be takes no memory`() throws {
    let good = try Self.compressedSample()
    let count = Int(good[12])
    for number in 0..<count {
      for claim in [UInt64(1) << 40, 1 << 62, .max, 100_000_000] {
        var bytes = good
        let entry = 32 + number * 28
        for byte in 0..<8 { bytes[entry + 4 + byte] = UInt8(truncatingIfNeeded: claim >> UInt64(byte * 8)) }
        let sum = Checksum.of(Array(bytes[..<(32 + count * 28)]))
        for byte in 0..<8 { bytes[32 + count * 28 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(byte * 8)) }
        #expect(throws: SnapshotError.self) { _ = try SnapshotFile(bytes) }
      }
    }
  }

  @Test func `what would expand too much is not compressed`() throws {
    let subject = Subject()
    subject.value("const s = 'a'.repeat(5_000_000); s.length; s.charCodeAt(1)")
    let checkpoint = try subject.checkpoint
    #expect(checkpoint.compressedBytes.count > 5_000_000)
    #expect(try SnapshotFile(checkpoint.compressedBytes).hash == checkpoint.hash)
  }

  @Test func `every beginning of a file is refused`() throws {
    let good = try Self.sample()
    for count in good.indices {
      #expect(throws: SnapshotError.self) { _ = try SnapshotFile(Array(good[..<count])) }
    }
  }

  @Test func `a file is there as a whole or not at all`() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/a.cvmsnap"
    let subject = Subject()
    subject.value("let a = 1")
    try subject.checkpoint.write(to: path)
    let first = try SnapshotFile(path: path).hash
    subject.value("a = 2")
    try subject.checkpoint.write(to: path)
    #expect(try SnapshotFile(path: path).hash != first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.cvmsnap"])
    #expect(throws: SnapshotError.self) { try subject.checkpoint.write(to: scratch.path + "/none/a.cvmsnap") }
    #expect(throws: SnapshotError.self) { _ = try SnapshotFile(path: scratch.path) }
  }
}

import CSQLite
import CVMRuntime
import CVMSnapshot
import CVMStorage
import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// The memory that a process needs for executions whose state claims more than it is.
@Suite struct ForgedStoreMemoryTests {
  private let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private static let slack = 16 << 20

  /// The bytes that going on takes beyond those of a process that goes on with nothing, and what was said.
  private func resuming(_ states: [[UInt8]]) throws -> (bytes: Int, errors: String) {
    let session = TestSession()
    session("let a = 1")
    let bases = try (0..<3).map { _ in try resume([try Checkpoint(session.session.machine).bytes]).maximumResidentBytes
    }
    let outcome = try resume(states)
    return (outcome.maximumResidentBytes - (bases.max() ?? 0), outcome.errors)
  }

  private func resume(_ states: [[UInt8]]) throws -> Subprocess.Outcome {
    let path = "\(scratch.path)/\(UInt64.random(in: 0...UInt64.max)).db"
    let store = try SQLiteStore(path: path, durability: .processEnd)
    var first = ExecutionCommit(expectedSequence: 0, status: .waiting)
    first.state = .replaced(StateBlob(states[0]))
    let owner = Owner()
    _ = try store.create(
      NewExecution(
        id: "one", program: Array("1".utf8), details: ProgramDetails(file: "one.js").encoded(), first: first),
      owner: owner)
    for (number, state) in states.dropFirst().enumerated() {
      var commit = ExecutionCommit(expectedSequence: number + 1, status: .waiting)
      commit.state = .replaced(StateBlob(state, parent: try store.existing("one").state))
      _ = try store.commit(commit, to: "one", by: owner)
    }
    try store.release("one", by: owner)
    return try BuiltProgram.process(["resume", "one", "--store", "sqlite:\(path)", "--answer", "1"]).run()
  }

  private static func words(_ bytes: [UInt8]) -> [UInt64] {
    bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
  }
  private static func bytes(_ words: [UInt64]) -> [UInt8] { words.withUnsafeBytes { Array($0) } }
  private static func sum(_ words: ArraySlice<UInt64>) -> UInt64 { words.withUnsafeBytes { Checksum.of($0) } }

  @Test func `a packed image that claims much is refused before it is expanded`() throws {
    let zeros = [UInt8](repeating: 0, count: 256 << 20)
    var packed = Self.words(PackedImage.pack(Array(zeros.prefix(1 << 20))))
    packed[2] = UInt64(zeros.count)
    let forged = Self.bytes(packed)
    let (bytes, errors) = try resuming([forged])
    #expect(errors.contains("can't be opened"))
    #expect(bytes < 10 * forged.count + Self.slack)
  }

  @Test func `an image whose pages are mostly missing takes what it has`() throws {
    let session = TestSession()
    session("let texts = []; for (let i = 0; i < 200; i++) texts.push('x'.repeat(1000000) + i)")
    session("texts.forEach(t => t.charCodeAt(5)); texts = null; 0")
    session.session.machine.collect()
    var image = Self.words(ImageCheckpoint(session.session.machine).bytes)
    let (page, block) = (512, 8192)
    let pages = Int(image[3] / 8)
    // What is in use is in the first blocks.
    let kept = 48 * block
    try #require(pages > 8 * kept)
    let metadata = image[page + pages..<page + pages + Int(image[4] / 8)]
    let sums = image[(page + pages + metadata.count)...].prefix(kept / block)
    image = Array(image[..<(page + kept)] + metadata + sums)
    image[3] = UInt64(kept * 8)
    image[6] = Self.sum(image[(page + kept + metadata.count)...])
    image[7] = Self.sum(image[..<7])
    let forged = Self.bytes(image)
    let (bytes, _) = try resuming([forged])
    #expect(bytes < 10 * forged.count + Self.slack)
  }

  @Test func `numbers of a row that claim much cost nothing`() throws {
    let session = TestSession()
    session("let a = 1")
    let state = try Checkpoint(session.session.machine).bytes
    for column in ["stateBytes", "outputBytes", "logEntries"] {
      let path = "\(scratch.path)/\(column).db"
      do {
        let store = try SQLiteStore(path: path, durability: .processEnd)
        var first = ExecutionCommit(expectedSequence: 0, status: .waiting)
        first.state = .replaced(StateBlob(state))
        _ = try store.create(
          NewExecution(id: "one", program: [49], details: ProgramDetails(file: "one.js").encoded(), first: first),
          owner: nil)
      }
      var database: OpaquePointer?
      sqlite3_open(path, &database)
      sqlite3_exec(database, "UPDATE executions SET \(column) = 4503599627370496", nil, nil, nil)
      sqlite3_exec(database, "UPDATE blobs SET size = 4503599627370496, chain = 4503599627370496", nil, nil, nil)
      sqlite3_close(database)
      let outcome = try BuiltProgram.process(["executions", "show", "one", "--store", "sqlite:\(path)"]).run()
      #expect(outcome.maximumResidentBytes < 128 << 20)
      let resumed = try BuiltProgram.process(["resume", "one", "--store", "sqlite:\(path)", "--answer", "1"]).run()
      #expect(resumed.maximumResidentBytes < 128 << 20)
      #expect([.exited(0), .exited(1)].contains(resumed.ending), "\(resumed.ending)")
    }
  }
}

import CVMREPL
import CVMStorage
import CVMTestSupport
import Foundation
import Testing

/// Stores that earlier versions wrote: what waits in them must go on for ever, as it would have gone on then.
@Suite struct GoldenStoreTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/stores")

  /// `v1/store`, `v1/store.db` and so on.
  static let stores: [String] = {
    func names(_ path: String) -> [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path + path))?.sorted() ?? []
    }
    return names("").filter { $0.hasPrefix("v") }.flatMap { version in names("/" + version).map { "\(version)/\($0)" } }
  }()

  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// A copy, as of a store that was carried from one machine to another.
  private func open(_ name: String) throws -> VMManager {
    let copy = scratch.path + "/" + (name.hasSuffix(".db") ? "store.db" : "store")
    try FileManager.default.copyItem(atPath: "\(Self.folder.path)/\(name)", toPath: copy)
    return VMManager(store: name.hasSuffix(".db") ? try SQLiteStore(path: copy) : try DirectoryStore(path: copy))
  }

  @Test func `there is a store of each kind`() {
    #expect(Self.stores.contains("v1/store") && Self.stores.contains("v1/store.db"))
  }

  @Test(arguments: stores) func `what is known of executions is what was written`(name: String) throws {
    let manager = try open(name)
    let records = Dictionary(uniqueKeysWithValues: try manager.list().map { ($0.id, $0) })
    let statuses = records.mapValues(\.status)
    #expect(
      statuses == [
        "waiting": .waiting, "nested": .waiting, "completed": .completed, "failed": .failed, "stopped": .stopped,
        "ready": .ready,
      ])
    #expect(records["waiting"]?.question == "green?" && records["waiting"]?.sequence == 2)
    #expect(records["completed"]?.result == "[ { count: 3 }, { count: 3 } ]")
    #expect(records["failed"]?.result?.contains("failing.js:3:15") == true)
    #expect(try manager.output("waiting") == "start\nred one true shared 11\n")
    #expect(try manager.output("completed").hasSuffix("green two true shared 13\nblue three true shared 16\n"))
  }

  @Test(arguments: stores) func `what waits goes on with its objects as they were`(name: String) throws {
    let manager = try open(name)
    #expect(try manager.answer("two", to: "waiting", sequence: 2) == .question("blue?", sequence: 3))
    let end = ExecutionStep.completed(result: "[ { count: 3 }, { count: 3 } ]")
    #expect(try manager.answer("three", to: "waiting", sequence: 3) == end)
    #expect(
      try manager.output("waiting")
        == "start\nred one true shared 11\ngreen two true shared 13\nblue three true shared 16\n")
    // Where values are nested, what several places share has become copies.
    #expect(try manager.answer("two", to: "nested", sequence: 2) == .question("blue?", sequence: 3))
    #expect(try manager.output("nested").hasSuffix("\ngreen two false undefined 12\n"))
    #expect(try manager.getNext("stopped") == .completed(result: nil))
    #expect(try manager.output("stopped") == "499500\n")
    #expect(try manager.getNext("ready") == .question("red?", sequence: 3))
  }

  @Test(arguments: stores) func `what was written can be begun again and forgotten`(name: String) throws {
    let manager = try open(name)
    for id in ["waiting", "completed", "failed"] {
      try manager.restart(id)
      #expect(
        try manager.getNext(id)
          == .question(id == "failed" ? "first?" : "red?", sequence: try manager.status(id).sequence))
    }
    for record in try manager.list() { try manager.delete(record.id) }
    #expect(try manager.list().isEmpty)
    #expect(try manager.store.contentSize().blobs == 0)
  }
}

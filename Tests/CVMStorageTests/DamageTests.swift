import CVMStorage
import CVMTestSupport
import Foundation
import Testing

/// What is not as it was written is refused with a reason.
@Suite struct DamageTests {
  let folder: ScratchDirectory
  let owner = Owner()

  init() throws { folder = try ScratchDirectory() }

  private func filled(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    for id in ["one", "two"] {
      try store.create(NewExecution(id: id, program: Array("program".utf8), details: [1, 2, 3]), owner: nil)
      let base = try store.step(id, owner, state: String(repeating: "base \(id) ", count: 300), output: "first\n")
      try store.step(id, owner, state: "change", parent: base.state, output: "second\n", question: "which?")
      try store.acquire(id, for: owner)
    }
    try store.saveProgram("named", Array("source".utf8), details: [])
  }

  @Test func `a record that says another name than its folder is refused`() throws {
    try filled(.directory)
    let executions = Adapter.directory.path(folder) + "/executions"
    try FileManager.default.copyItem(atPath: executions + "/one", toPath: executions + "/copy")
    let store = try Adapter.directory.open(folder)
    #expect(throws: StorageError.damaged(place: store.place, what: "\(executions)/copy/record")) {
      try store.record("copy")
    }
    #expect(try store.existing("one").id == "one")
  }

  /// Reads everything and goes on with everything, as far as that is possible.
  private func useAll(_ adapter: Adapter) throws {
    let store = try adapter.open(folder)
    let other = Owner()
    for id in ["one", "two"] {
      _ = try? store.program(of: id)
      _ = try? store.log(of: id)
      if let record = try? store.record(id) {
        #expect(record.id == id)
        if let chain = try? store.state(of: id) { #expect(chain.last?.address == record.state) }
      }
      _ = try? store.acquire(id, for: other)
      _ = try? store.step(id, other, state: "next", parent: store.existing(id).state, output: "third\n")
      _ = try? store.step(id, other, state: "complete")
    }
    _ = try? store.records().map { "\($0) \($0.owner?.description ?? "")" }
    _ = try? store.program(named: "named")
    _ = try? store.programNames()
    try? store.delete("two", by: other)
    _ = try? store.contentSize()
  }

  private func files(below path: String) throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }.map { path + "/" + $0 }
      .filter { (try? FileManager.default.attributesOfItem(atPath: $0)[.type] as? FileAttributeType) == .typeRegular }
      .sorted()
  }

  /// How many damaged stores are tried: some, or as many as `CVM_MUTATIONS` says.
  private static let mutations = ProcessInfo.processInfo.environment["CVM_MUTATIONS"].flatMap { Int($0) } ?? 120

  @Test(arguments: Adapter.lasting)
  func `a store with any changed bytes is refused or read, and nothing worse`(_ adapter: Adapter) throws {
    try filled(adapter)
    let originals = try files(below: folder.path).map { ($0, try Data(contentsOf: URL(fileURLWithPath: $0))) }
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<Self.mutations {
      let (path, bytes) = try #require(originals.filter { !$0.1.isEmpty }.randomElement(using: &generator))
      var damaged = bytes
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: damaged[place] = .random(in: 0...255, using: &generator)
        case 2: for index in place..<min(place + 8, damaged.count) { damaged[index] = 0xff }
        default: damaged = damaged.prefix(max(place, 1))
        }
      }
      try? FileManager.default.removeItem(atPath: adapter.path(folder))
      for (file, content) in originals {
        try FileManager.default.createDirectory(
          atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try (file == path ? damaged : content).write(to: URL(fileURLWithPath: file))
      }
      if adapter == .directory {
        try FileManager.default.createDirectory(atPath: folder.path + "/store/pool", withIntermediateDirectories: true)
      }
      do { try useAll(adapter) } catch { #expect(error is StorageError) }
    }
  }

  @Test func `a state whose file was changed is named`() throws {
    try filled(.directory)
    let blob = try #require(try files(below: folder.path + "/store/executions/one").first { $0.hasSuffix(".blob") })
    var bytes = try Data(contentsOf: URL(fileURLWithPath: blob))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: blob))
    let store = try Adapter.directory.open(folder)
    var reasons: [String] = []
    for read in [{ _ = try store.state(of: "one") }, { _ = try store.program(of: "one") }] {
      do { try read() } catch { reasons.append("\(error)") }
    }
    #expect(reasons == ["The store \(store.place) is damaged: \(blob)"])
  }

  @Test func `a database of another program is left alone`() throws {
    let path = folder.path + "/other.db"
    do {
      let store = try SQLiteStore(path: path)
      _ = try store.create(NewExecution(id: "one", program: []), owner: nil)
    }
    try patch(path, at: 68, [1, 2, 3, 4])
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: StorageError.foreign(place: "sqlite:\(path)")) { try SQLiteStore(path: path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `a database of a newer version is left alone`() throws {
    let path = folder.path + "/newer.db"
    do { _ = try SQLiteStore(path: path) }
    try patch(path, at: 60, [0, 0, 0, 9])
    let error = StorageError.newerVersion(place: "sqlite:\(path)", version: 9, known: 1)
    #expect(throws: error) { try SQLiteStore(path: path) }
    #expect(error.description.contains("newer version of this program (schema 9; this one knows up to 1)"))
  }

  @Test func `a file that is no database is left alone`() throws {
    let path = try folder.write("text.db", String(repeating: "just text ", count: 200))
    #expect(throws: StorageError.foreign(place: "sqlite:\(path)")) { try SQLiteStore(path: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("just text "))
    // An empty file is as good as none.
    let empty = try folder.write("empty.db", "")
    #expect(try SQLiteStore(path: empty).records().isEmpty)
  }

  @Test func `a folder with other things in it is left alone`() throws {
    _ = try folder.write("letter.txt", "dear reader")
    #expect(throws: StorageError.foreign(place: folder.path)) { try DirectoryStore(path: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["letter.txt"])
  }

  @Test func `a store that is not there is made only when that is wanted`() throws {
    let path = folder.path + "/deep/er/store"
    #expect(throws: StorageError.missing(place: path)) { try DirectoryStore(path: path, creates: false) }
    #expect(throws: StorageError.missing(place: "sqlite:\(path)")) { try SQLiteStore(path: path, creates: false) }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/deep"))
    #expect(try SQLiteStore(path: path).records().isEmpty)
    #expect(try DirectoryStore(path: folder.path + "/another/store").records().isEmpty)
  }

  @Test func `a database that another process keeps locked is named`() throws {
    let path = folder.path + "/store.db"
    let store = try SQLiteStore(path: path, durability: .processEnd, busyTimeout: 0.05)
    _ = try store.create(NewExecution(id: "one", program: []), owner: nil)
    let other = try SQLiteLocker(path: path)
    #expect(throws: StorageError.busy(place: "sqlite:\(path)")) { try store.step("one", owner, state: "a") }
    // Looking is possible meanwhile.
    #expect(try store.existing("one").sequence == 0)
    other.unlock()
    #expect(try store.step("one", owner, state: "a").sequence == 1)
  }

  private func patch(_ path: String, at offset: Int, _ bytes: [UInt8]) throws {
    var content = try Data(contentsOf: URL(fileURLWithPath: path))
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try content.write(to: URL(fileURLWithPath: path))
  }
}

import CVMRuntime
import CVMTestSupport
import Foundation
import Testing

@testable import CVMSnapshot

/// The memory that a process needs to open files which claim more than they are.
@Suite struct ForgedFileMemoryTests {
  private let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  /// The bytes that opening takes beyond those for a file of nothing, and what was said.
  private func opening(
    _ bytes: [UInt8], _ name: String, environment: [String: String?] = [:]
  ) throws -> (bytes: Int, errors: String) {
    let nothing = try Subject().checkpoint.bytes
    // A short run may end before it was looked at where it had the most.
    let bases = try (0..<4).map { _ in try open(nothing, "nothing.cvmsnap").maximumResidentBytes }
    let outcome = try open(bytes, name, environment: environment)
    return (outcome.maximumResidentBytes - (bases.max() ?? 0), outcome.errors)
  }

  private func open(
    _ bytes: [UInt8], _ name: String, environment: [String: String?] = [:]
  ) throws -> Subprocess.Outcome {
    let path = scratch.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var process = BuiltProgram.process(["open", path, "-e", "0"])
    process.environment.merge(environment) { $1 }
    return try process.run()
  }

  private static let slack = 16 << 20

  private static func file(_ sections: [(name: String, content: [UInt8], stored: [UInt8])]) -> [UInt8] {
    func little(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    let header = SnapshotFile.fixedHeaderSize + sections.count * SnapshotFile.compressedEntrySize + 8
    var file = SnapshotFile.magic + [2, 0, 1, 0, UInt8(sections.count), 0, 0, 0]
    file += little(sections.reduce(header) { $0 + $1.stored.count }) + little(0)
    for section in sections {
      let sum = Int(bitPattern: UInt(Checksum.of(section.content)))
      file += Array(section.name.utf8) + little(section.content.count) + little(sum) + little(section.stored.count)
    }
    file += little(Int(bitPattern: UInt(Checksum.of(file))))
    return sections.reduce(into: file) { $0 += $1.stored }
  }

  /// A small checkpoint with another section in place of its own.
  private func sample(_ changed: [String: [UInt8]]) throws -> [UInt8] {
    let subject = Subject()
    subject.value("let a = {x: [1, 2.5, 'text'], y: {z: 1}}")
    let file = try SnapshotFile(subject.checkpoint.bytes)
    return Self.file(
      file.sectionSizes.map { name, _ in
        let content = changed[name] ?? Array(file.section(name) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        return (name, content, content)
      })
  }

  /// Blocks of 4 KB that repeat but for some bytes.
  private static func repeating(_ count: Int, differing: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 1)
    var content = [UInt8](repeating: 0x41, count: count)
    for block in stride(from: 0, to: content.count, by: 4096) {
      for byte in 0..<differing { content[block + byte * 3] = UInt8.random(in: 0...255, using: &generator) }
    }
    return content
  }

  @Test func `compressed content that would expand without measure is refused before it does`() throws {
    let content = Self.repeating(48 << 20, differing: 10)
    let stored = try #require(content.withUnsafeBytes { Zstandard.compressed($0) })
    let forged = Self.file([("STRS", content, stored)])
    #expect(forged.count * 50 < content.count)
    let (bytes, errors) = try opening(forged, "bomb.cvmsnap")
    #expect(errors.contains("would expand to \(content.count), more than 8 times as many"))
    #expect(bytes < 10 * forged.count + Self.slack)
    let allowed = try opening(forged, "allowed.cvmsnap", environment: ["CVM_MAX_EXPANSION": "256"])
    #expect(!allowed.errors.contains("would expand") && allowed.errors.contains("allowed.cvmsnap"))
  }

  @Test func `a file that would stand for too much is filled up, and opens`() throws {
    let content = Self.repeating(4 << 20, differing: 40)
    try content.withUnsafeBytes { bytes in
      let stored = try #require(Zstandard.compressed(bytes))
      #expect(stored.count * SnapshotFile.greatestExpansion * 2 < content.count)
      let file = SnapshotFileLayout(.session, [("CHNK", bytes)], compresses: true).assembled()
      #expect(file.count * SnapshotFile.greatestExpansion >= content.count)
      #expect(file.count < content.count / (SnapshotFile.greatestExpansion - 2))
      let reopened = try SnapshotFile(file, kind: .session)
      let section = try #require(reopened.section("CHNK"))
      let isSame = section.count == bytes.count && Checksum.of(section) == Checksum.of(bytes)
      #expect(isSame)
    }
  }

  @Test func `shapes that follow from long ones take what they add`() throws {
    let long = [0, 0, 0, 0, 0xf4, 3] + [UInt8](repeating: 0, count: 500)
    let children = [[UInt8]](repeating: [1, 1, 0], count: 350_000).flatMap { $0 }
    let forged = try sample(["SHPS": long + children])
    let (bytes, errors) = try opening(forged, "shapes.cvmsnap")
    #expect(errors.contains("can't be opened"))
    #expect(bytes < 64 * forged.count + Self.slack)
  }

  @Test func `objects with room for what they do not have end at a bound`() throws {
    let objects = [[UInt8]](repeating: [0, 2, 0], count: 350_000).flatMap { $0 }
    let forged = try sample(["SHPS": [0, 0, 128, 0, 0], "CELL": objects])
    let (bytes, errors) = try opening(forged, "objects.cvmsnap")
    #expect(errors.contains("the objects take more than 64 times what is said of them"))
    #expect(bytes < 66 * forged.count + Self.slack)
  }

  @Test func `a session of a million empty texts takes no more than a file of its size`() throws {
    let subject = Subject()
    var writer = SessionArchive.Writer()
    _ = writer.add(try subject.checkpoint)
    let forged = writer.bytes(host: [[UInt8]](repeating: Array("0:,".utf8), count: 1_000_000).flatMap { $0 })
    let (bytes, errors) = try opening(forged, "texts.cvms")
    #expect(errors.contains("what it says of the session is not what a session writes"))
    #expect(bytes < 10 * forged.count + Self.slack)
  }

  @Test(arguments: ["[", "0,", "{\"a\":", "\"\",", "[[],"])
  func `JSON of nothing but small values takes no more than ten times its size`(piece: String) throws {
    let start = Array("{\"format\": \"cvm-execution\", \"version\": 1, \"heap\": [".utf8)
    let forged = start + [[UInt8]](repeating: Array(piece.utf8), count: (4 << 20) / piece.utf8.count).flatMap { $0 }
    let (bytes, errors) = try opening(forged, "small.json")
    #expect(errors.contains("can't be opened"))
    #expect(bytes < 10 * forged.count + Self.slack)
  }

  @Test(arguments: [
    "nothing but nodes", "nothing but texts", "nothing but references", "nothing but strings",
    "counts of what is not there",
  ])
  func `a heap dump takes no more than ten times its size`(kind: String) throws {
    func list(_ piece: String, _ count: Int) -> String {
      Array(repeating: piece, count: count).joined(separator: ",")
    }
    let size = 4 << 20
    var (nodes, edges, strings) = ("3,0,1,0,0", "", "\"a\"")
    var counts = (nodes: 1, edges: 0)
    switch kind {
    case "nothing but nodes": (nodes, counts.nodes) = (list("3,0,1,0,0", size / 10), size / 10)
    case "nothing but texts": (nodes, counts.nodes) = (list("2,0,1,0,0", size / 10), size / 10)
    case "nothing but references":
      (nodes, edges, counts.edges) = ("3,0,1,0,\(size / 6)", list("2,0,0", size / 6), size / 6)
    case "nothing but strings": strings = list("\"\"", size / 3)
    default: counts = (1_000_000_000_000, 4_000_000_000)
    }
    let dump = """
      {"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["hidden","array",\
      "string","object","synthetic"],"string","number","number","number"],"edge_fields":["type","name_or_index","to_node"],\
      "edge_types":[["context","element","property","internal"],"string_or_number","node"]},\
      "node_count":\(counts.nodes),"edge_count":\(counts.edges)},"nodes":[\(nodes)],"edges":[\(edges)],"strings":[\(strings)]}
      """
    let (bytes, _) = try opening(Array(dump.utf8), "forged.heapsnapshot")
    #expect(bytes < 10 * dump.utf8.count + Self.slack)
  }

  @Test(arguments: ["[]", "1", "{\"a\":1}", "\"\"", "{\"type\":\"undefined\"}"])
  func `an execution of the first CVM takes at most a bounded multiple of its size`(piece: String) throws {
    let pieces = Array(repeating: piece, count: (4 << 20) / (piece.utf8.count + 1)).joined(separator: ",")
    let forged = Array("{\"id\":\"a\",\"programId\":\"p\",\"variables\":{\"x\":[\(pieces)]}}".utf8)
    let (bytes, errors) = try opening(forged, "first.json")
    #expect(errors == "")
    // An array of nothing is three bytes, and an object and a reference of the graph.
    #expect(bytes < 20 * forged.count + Self.slack)
  }
}

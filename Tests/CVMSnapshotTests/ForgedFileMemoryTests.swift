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
}

import CVMRuntime
import CVMSnapshot
import CVMTestSupport
import Foundation
import Testing

/// Files that are no checkpoints, or not whole: each is refused with what is wrong and where.
@Suite struct BadFileTests {
  fileprivate static func sample() throws -> [UInt8] {
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

  fileprivate static func compressedSample() throws -> [UInt8] {
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

/// `CVM_FUZZ_ROUNDS` and `CVM_FUZZ_SEED` make more and other files (Scripts/fuzz-checkpoints.sh).
@Suite struct MutatedCheckpointTests {
  /// Programs that wait for an answer in the middle of much else.
  private static let paused = [
    "[3, 1, 2].sort((a, b) => CC('?') + a - b).map(String).join()",
    """
    function* g(n) { try { for (const x of [n, [n]]) yield* [x, CC('?')] } finally { n = null } }
    let s = ''; for (const k in {a: 1, b: {c: 2}}) for (const v of g(k)) s += v; s
    """,
    """
    class A { #x = 1; get x() { return this.#x + CC('?') } static { this.s = [...'ab'] } }
    class B extends A { constructor(...r) { super(...r); this.all = {...this, y: super.x} } }
    JSON.stringify([new B(1), new Map([[1n, /a(b)/g]]), new Date(0)], (k, v) => typeof v === 'bigint' ? `${v}` : v)
    """,
    "'a-b-c'.replace(/[a-z]/g, m => CC(m)) + [...new Set([1, 2]).values().map(x => CC(x) + x)].join()",
  ]

  private static func samples() throws -> [[UInt8]] {
    var samples = [try BadFileTests.sample()]
    for program in paused {
      let subject = Subject()
      guard case .paused = subject.run(program) else {
        Issue.record("not paused: \(program)")
        continue
      }
      samples.append(try subject.checkpoint.bytes)
    }
    return samples
  }

  /// Goes on for a while, answering what is asked.
  private func goOn(_ machine: Machine) {
    machine.limits.steps = 20_000
    machine.instructionsLeft = 50_000
    var rounds = 0
    while machine.isPaused, rounds < 20 {
      _ = machine.resume(answer: machine.vm.makeString("7"))
      rounds += 1
    }
    machine.abandonRun()
  }

  @Test func `mutated content with right checksums is refused or opens as a valid heap that runs on`() throws {
    var generator = SeededGenerator(seed: Mutation.seed)
    let samples = try Self.samples()
    for round in 0..<Mutation.rounds {
      let bytes = Mutation.mutate(samples[round % samples.count], &generator)
      do {
        let subject = try Subject(restoring: SnapshotFile(bytes))
        subject.machine.verifyHeap()
        goOn(subject.machine)
        subject.machine.collect()
        subject.machine.verifyHeap()
      } catch let error as SnapshotError {
        #expect(!error.description.isEmpty, "round \(round)")
      }
    }
  }
}

/// Changes a checkpoint's sections at random and gives them right checksums again.
enum Mutation {
  static let rounds = ProcessInfo.processInfo.environment["CVM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 300
  static let seed = ProcessInfo.processInfo.environment["CVM_FUZZ_SEED"].flatMap { UInt64($0) } ?? 42
  private static let fixed = 32
  private static let entry = 20

  static func mutate(_ file: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var sections = split(file)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let number = Int.random(in: sections.indices, using: &generator)
      sections[number].bytes = mutateBytes(sections[number].bytes, &generator)
    }
    return join(file, sections)
  }

  private static func mutateBytes(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    guard !bytes.isEmpty else { return [UInt8.random(in: 0...255, using: &generator)] }
    let place = Int.random(in: bytes.indices, using: &generator)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 4: bytes[place] = bytes[place] &+ 8
    case 5: bytes[place] = bytes[place] &- 8
    case 6: bytes[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
    default:
      let other = Int.random(in: bytes.indices, using: &generator)
      bytes.swapAt(place, other)
    }
    return bytes
  }

  private static func word(_ bytes: [UInt8], _ position: Int) -> Int {
    (0..<8).reduce(0) { $0 | Int(bytes[position + $1]) << ($1 * 8) }
  }

  private static func split(_ file: [UInt8]) -> [(name: [UInt8], bytes: [UInt8])] {
    let count = Int(file[12])
    var position = fixed + count * entry + 8
    return (0..<count).map { number in
      let place = fixed + number * entry
      let size = word(file, place + 4)
      defer { position += size }
      return (Array(file[place..<place + 4]), Array(file[position..<position + size]))
    }
  }

  private static func join(_ file: [UInt8], _ sections: [(name: [UInt8], bytes: [UInt8])]) -> [UInt8] {
    func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    var header = Array(file[..<16])
    let size = fixed + sections.count * entry + 8
    header += little(UInt64(size + sections.reduce(0) { $0 + $1.bytes.count })) + Array(file[24..<32])
    for section in sections {
      header += section.name + little(UInt64(section.bytes.count)) + little(Checksum.of(section.bytes))
    }
    header += little(Checksum.of(header))
    return sections.reduce(header) { $0 + $1.bytes }
  }
}

import CVMREPL
@testable import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// Images that hold what differs from the one before.
@Suite struct DeltaImageTests {
  private let scratch: ScratchDirectory
  init() throws { scratch = try ScratchDirectory() }

  private func restored(_ chain: [ImageFile.Source], validates: Bool = true) throws -> Subject {
    let subject = Subject()
    try ImageFile.restore(chain, into: subject.machine, validates: validates) { ScriptText(.init(name: $0, bytes: $1)) }
    return subject
  }

  /// Saves what differs, as the newest of a chain.
  private func save(_ machine: Machine, on chain: inout [ImageFile.Source]) throws {
    let image = try #require(chain.isEmpty ? ImageCheckpoint(machine) : ImageCheckpoint(changesOf: machine))
    chain.append(.bytes(image.bytes))
    image.noteSaved()
  }

  @Test func `a small change makes a small image`() throws {
    let subject = Subject()
    subject.value("let all = []; for (let i = 0; i < 20000; i++) all.push({i, text: 't' + i}); 0")
    var chain: [ImageFile.Source] = []
    try save(subject.machine, on: &chain)
    subject.value("all[7].i = -7")
    let image = try #require(ImageCheckpoint(changesOf: subject.machine))
    #expect(image.byteCount < 8000)
    try save(subject.machine, on: &chain)
    let other = try restored(chain)
    #expect(other.value("[all[7].i, all[8].i, all.length, all[19999].text].join()") == "'-7,8,20000,t19999'")
  }

  @Test func `a chain opens at each of its links, and goes on from there`() throws {
    let subject = Subject()
    var chain: [ImageFile.Source] = []
    subject.value("let list = [], next = n => ({n})")
    try save(subject.machine, on: &chain)
    for i in 1...12 {
      subject.value("list.push(next(\(i))); if (list.length % 5 === 0) list = list.slice(); let v\(i) = list.length")
      if i % 4 == 0 { subject.machine.collect() }
      try save(subject.machine, on: &chain)
    }
    for link in 0...12 {
      let other = try restored(Array(chain[...link]))
      #expect(
        other.value("list.map(o => o.n).join()") == "'\((1...13).prefix(link).map { "\($0)" }.joined(separator: ","))'")
      other.value("list.push(next(0))")
      var longer = Array(chain[...link])
      try save(other.machine, on: &longer)
      #expect(try restored(longer).value("list.length") == "\(link + 1)")
    }
  }

  @Test func `a chain can be squashed into one image`() throws {
    let subject = Subject()
    var chain: [ImageFile.Source] = []
    for i in 0..<5 {
      subject.value(i == 0 ? "let a = {n: 0}" : "a = {n: a.n + 1, before: a}")
      try save(subject.machine, on: &chain)
    }
    let whole = try restored(chain)
    let one = try restored([.bytes(ImageCheckpoint(whole.machine).bytes)])
    #expect(try one.checkpoint.hash == subject.checkpoint.hash)
    #expect(one.value("[a.n, a.before.before.before.before.n].join()") == "'4,0'")
  }

  @Test func `what was not saved in the end is in the next image`() throws {
    let subject = Subject()
    var chain: [ImageFile.Source] = []
    subject.value("let a = 1")
    try save(subject.machine, on: &chain)
    subject.value("a = 2; let o = {}")
    _ = try #require(ImageCheckpoint(changesOf: subject.machine))
    subject.value("let b = 3")
    try save(subject.machine, on: &chain)
    #expect(try restored(chain).value("[a, b, typeof o].join()") == "'2,3,object'")
  }

  @Test func `an image without the one that it is told from is refused`() throws {
    let subject = Subject()
    var chain: [ImageFile.Source] = []
    for i in 0..<3 {
      subject.value("let v\(i) = {}")
      try save(subject.machine, on: &chain)
    }
    func reason(_ chain: [ImageFile.Source]) -> String {
      do { _ = try restored(chain) } catch { return "\(error)" }
      return "opened"
    }
    #expect(reason(chain) == "opened")
    #expect(reason([chain[0], chain[2]]).contains("holds only what differs from the image"))
    #expect(reason([chain[1]]).contains("holds only what differs from the image"))
    for position in [3, 20, 70, 200] {
      guard case .bytes(var bytes) = chain[1] else { continue }
      bytes[position] ^= 0x10
      #expect(reason([chain[0], .bytes(bytes)]) != "opened")
      #expect(reason([chain[0], .bytes(Array(bytes.prefix(position)))]) != "opened")
    }
  }

  @Test(arguments: try LanguageProgram.all().filter { !$0.name.hasPrefix("not-yet/") })
  func `a program stopped anywhere goes on from a chain`(program: LanguageProgram) throws {
    var chain: [ImageFile.Source] = []
    try expectSameWhenStopped(program) { parts, generator in
      if Bool.random(using: &generator) { parts.machine.collect() }
      try save(parts.machine, on: &chain)
      let other = try restored(chain, validates: false)
      expectSameCells(parts.machine, other.machine)
      // What was validated has no cells but those that can be reached.
      let validated = try restored(chain)
      if Bool.random(using: &generator) {
        parts.go(on: Bool.random(using: &generator) ? other.machine : validated.machine)
      }
    }
  }

  /// Each cell that is in use has the same bytes in both, but for hashes of strings that were not asked for yet.
  private func expectSameCells(_ one: Machine, _ other: Machine) {
    var different: [String] = []
    one.heap.forEachAllocatedCell { cell in
      let copy = other.heap.base + (cell - one.heap.base)
      let isString = cell.kind >= CellKind.latin1 && cell.kind <= CellKind.rope
      let skipped = isString && copy.extensionHandle == 0 ? 8 : 0
      let size = one.heap.size(of: cell)
      if memcmp(cell + skipped, copy + skipped, size - skipped) != 0 || cell.shape != copy.shape {
        different.append("kind \(cell.kind): \(words(cell, size)) \(words(copy, size))")
      }
    }
    #expect(different.isEmpty, "\(different.count) cells differ: \(different.prefix(3))")
  }

  private func words(_ cell: Cell, _ size: Int) -> [String] {
    (0..<min(size / 8, 8)).map { String(cell.load(fromByteOffset: $0 * 8, as: UInt64.self), radix: 16) }
  }
}

import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// Images: the pages of a machine as they are, and back.
@Suite struct ImageTests {
  private let scratch: ScratchDirectory
  private var path: String { scratch.path + "/image" }

  init() throws { scratch = try ScratchDirectory() }

  @Test func `a machine goes on from its image as if nothing had happened`() throws {
    let subject = Subject()
    subject.value(
      """
      let p = {x: 1}, pts = [p, p]; class Node { constructor(n) { this.n = n } get twice() { return this.n * 2 } }
      let node = new Node(21), m = new Map([[p, 'p'], ['k', [1, 2]]]), s = new Set([NaN, 'a']), text = 'a'
      for (let i = 0; i < 500; i++) text += i
      let count = (n => () => ++n)(0); count(); const key = Symbol.for('shared'); Array.prototype.extra = 7
      console.count('label'); let far = []; far[1e9] = 'far'; Object.defineProperty(p, 'hidden', {value: 3})
      """)
    try subject.replaceByImage(path)
    subject.machine.verifyHeap()
    #expect(
      subject.value(
        """
        console.count('label');
        [pts[0] === p, m.get(p), m.get('k')[1], s.has(NaN), node.twice, new Node(4).twice, count(), text.length,
          Symbol.for('shared') === key, [].extra, far[1e9], far.length, p.hidden, node instanceof Node].join()
        """) == "'true,p,2,true,42,8,2,1391,true,7,far,1000000001,3,true'")
    #expect(subject.text == "label: 1\nlabel: 2\n")
    subject.machine.collect()
    subject.machine.verifyHeap()
    #expect(subject.value("pts.push({}); pts.length") == "3")
  }

  @Test func `ids go on where they were`() throws {
    let subject = Subject()
    subject.value("let a = {}, b = []")
    let last = subject.machine.lastObjectID
    try subject.replaceByImage(path)
    #expect(subject.machine.lastObjectID == last)
    subject.value("let c = {}")
    #expect(subject.machine.lastObjectID == last + 1)
  }

  @Test func `a program that waits for an answer goes on from its image`() throws {
    let subject = Subject()
    guard case .paused = subject.run("[3, 1, 2].sort((a, b) => CC(a + ' ' + b) === 'swap' ? 1 : -1).join('')") else {
      Issue.record("not paused")
      return
    }
    var rounds = 0
    while subject.machine.isPaused, rounds < 20 {
      try subject.replaceByImage(path)
      let prompt = subject.machine.vm.text(subject.machine.pausedPrompt).split(separator: " ").map { Int($0) ?? 0 }
      let answer = subject.machine.vm.makeString(prompt[0] > prompt[1] ? "swap" : "keep")
      if case .completed(let value) = subject.machine.resume(answer: answer) {
        #expect(subject.machine.vm.text(value) == "123")
      }
      rounds += 1
    }
    #expect(rounds >= 2)
  }

  @Test func `the pages of an image are not changed by the machine that uses them`() throws {
    let subject = Subject()
    subject.value("let list = []; for (let i = 0; i < 5000; i++) list.push({i})")
    try ImageCheckpoint(subject.machine).write(to: path, syncs: false)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    for _ in 0..<2 {
      let other = Subject()
      try ImageFile.restore([.file(path)], into: other.machine) { ScriptText(.init(name: $0, bytes: $1)) }
      #expect(other.value("for (const o of list) o.i = -1; list.length = 10; list[3].i") == "-1")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `an image that is cut off, damaged or of another kind is refused with the reason`() throws {
    let subject = Subject()
    subject.value("let a = 1")
    try ImageCheckpoint(subject.machine).write(to: path, syncs: false)
    let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func reason(_ bytes: [UInt8], validates: Bool = false) throws -> String {
      let other = scratch.path + "/other"
      try Data(bytes).write(to: URL(fileURLWithPath: other))
      do {
        try ImageFile.restore([.file(other)], into: Machine(), validates: validates) {
          ScriptText(.init(name: $0, bytes: $1))
        }
        return "opened"
      } catch { return "\(error)" }
    }
    #expect(try reason(good) == "opened")
    #expect(try reason(Array(good.dropLast(9))).contains("is cut off"))
    #expect(try reason(good + [0]).contains("bytes more than it should"))
    #expect(try reason([]).contains("is cut off"))
    #expect(try reason([UInt8](repeating: 7, count: 5000)).contains("is no checkpoint"))
    let pages = good[24..<32].reversed().reduce(0) { $0 << 8 | Int($1) }
    var other = good
    other[4096 + pages + 3] ^= 1
    #expect(try reason(other).contains("is damaged: the checksum of the metadata"))
    other = good
    other[4096 + pages - 3] ^= 1
    #expect(try reason(other, validates: true).contains("is damaged: the checksum of a page"))
    other = good
    other[good.count - 3] ^= 1
    #expect(try reason(other, validates: true).contains("is damaged: the checksum of the checksums"))
    other = good
    other[17] ^= 1
    #expect(try reason(other).contains("the header"))
    // As another version of the program would have written it.
    let sum = Checksum.of(Array(other[..<56]))
    for byte in 0..<8 { other[56 + byte] = UInt8(truncatingIfNeeded: sum >> (byte * 8)) }
    #expect(try reason(other).contains("written by another version of this program"))
    #expect(try reason(other).contains("leave a state that every version opens"))
  }

  @Test(arguments: try LanguageProgram.all().filter { !$0.name.hasPrefix("not-yet/") })
  func `a program stopped anywhere goes on from its image`(program: LanguageProgram) throws {
    try expectSameWhenStopped(program) { parts, _ in try parts.replaceByImage(path) }
  }

  @Test func `a packed image opens as the image, and is refused where it claims what it does not hold`() throws {
    let subject = Subject()
    subject.value("let list = []; for (let i = 0; i < 5000; i++) list.push({i})")
    let image = ImageCheckpoint(subject.machine).bytes
    let packed = PackedImage.pack(image)
    #expect(packed.count < image.count / 3 && packed.count >= image.count / PackedImage.greatestExpansion)
    #expect(ImageFile.isImage(image) && ImageFile.isImage(packed) && !ImageFile.isImage(Array("{}".utf8)))
    let isSame = try PackedImage.unpack(packed, path: "x") == image
    #expect(isSame)
    #expect(PackedImage.pack([1, 2, 3]) == [1, 2, 3])
    #expect(try PackedImage.unpack([1, 2, 3], path: "x") == [1, 2, 3])

    func reason(_ change: (inout [UInt8]) -> Void) -> String {
      var forged = packed
      change(&forged)
      do throws(SnapshotError) {
        _ = try PackedImage.unpack(forged, path: "x")
        return "opened"
      } catch { return "\(error)" }
    }
    func set(_ field: Int, _ number: Int) -> (inout [UInt8]) -> Void {
      { for byte in 0..<8 { $0[field * 8 + byte] = UInt8(truncatingIfNeeded: number >> (byte * 8)) } }
    }
    #expect(reason { $0.removeLast() }.contains("is cut off"))
    #expect(reason { $0.removeLast($0.count - 20) }.contains("is cut off"))
    #expect(reason { $0.append(0) }.contains("bytes more than it should"))
    #expect(reason(set(1, 9)).contains("written by a newer version"))
    for field in [2, 3] {
      for number in [-1, Int.max] { #expect(reason(set(field, number)).contains("the header")) }
      #expect(reason(set(field, packed.count * 4 + 1)).contains("is cut off"))
    }
    #expect(reason(set(2, image.count - 3)).contains("the compressed image"))
    #expect(reason { $0[40] ^= 0xff }.contains("the compressed image"))
  }
}

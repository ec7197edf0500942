import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Checkpoints as a person at the prompt meets them.
@Suite struct CheckpointTests {
  @Test func `restore brings back what a checkpoint kept, and numbers go on`() {
    let session = TestSession("let p = {x: 1}", "let q = [p, p]")
    session(":checkpoint before")
    session("q.push(3); p.x = 9")
    #expect(session(":restore before").contains("restored c1 before"))
    #expect(session("q").hasPrefix("$4 = [{x: 1}, {x: 1}]"))
    #expect(session("q[0] === p && $1 === p").contains("true"))
    #expect(session("({}) && 0") == "$6 = 0\n")
    #expect(session(":refs p").contains("made by [1] let p = {x: 1}"))
  }

  @Test func `a statement after restore can be undone, those before can't`() {
    let session = TestSession("let a = 1")
    session(":checkpoint")
    session("a = 2")
    session(":restore c1")
    session("a = 3")
    #expect(session(":undo").contains("undid"))
    #expect(session("a").contains("= 1"))
    _ = session(":undo 5")
    #expect(session("a").contains("= 1"))
  }

  @Test func `a file opens in another session, paused inside of a comparator`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/paused.cvmsnap"
    let one = TestSession(
      "let r = [3, 1, 2].sort((a, b) => { if (a + b === 5) CC('why ' + a); return a - b }).map(x => x * 2)")
    let text = one(":checkpoint q \(file) --verify")
    #expect(text.contains("verified") && text.contains("written to"))
    let other = TestSession()
    #expect(other(":restore \(file)").contains("Paused at CC: why 2"))
    other(":answer yes")
    #expect(other("r.join()").contains("'2,4,6'"))
  }

  @Test func `what cannot be restored leaves the session as it was`() throws {
    let scratch = try ScratchDirectory()
    let good = scratch.path + "/good.cvmsnap"
    let session = TestSession("let a = [1, 2]")
    session(":checkpoint \(good)")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: good))
    bytes[bytes.count - 3] ^= 0x40
    let bad = scratch.path + "/bad.cvmsnap"
    try bytes.write(to: URL(fileURLWithPath: bad))
    session("a.push(3)")
    #expect(session.session.command(":restore \(bad)") == .error)
    #expect(session.errors.contains("is damaged: the checksum of section"))
    #expect(session.session.command(":restore \(scratch.path)/none.cvmsnap") == .notFound)
    #expect(session.session.command(":restore nowhere") == .notFound)
    #expect(session("a.length").contains("3"))
    #expect(session(":checkpoints").contains(good))
  }

  @Test func `the parts that are shown add up to the file`() throws {
    let session = TestSession("let o = {a: 'text', b: [1, 2, 3], f: x => x}", "let m = new Map([[o, 1]])")
    let answer = try session.json(":checkpoint")
    let parts = try #require(answer["parts"] as? [String: Int])
    #expect(parts.values.reduce(0, +) == answer["portable"] as? Int)
    #expect(session.session.checkpoints.last?.byteCount == answer["portable"] as? Int)
  }
}

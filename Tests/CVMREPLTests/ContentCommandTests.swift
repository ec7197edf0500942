import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// What objects consist of: strings, shapes, collections.
@Suite struct ContentCommandTests {
  private func rows(_ session: TestSession, _ command: String) throws -> [[String: Any]] {
    try #require(try session.json(command)["rows"] as? [[String: Any]])
  }

  /// The same heap, live and as a file.
  private func opened(_ session: TestSession) throws -> TestSession {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/heap.heapsnapshot"
    session(":export \(file)")
    session(":open \(file)")
    return session
  }

  // MARK: Strings

  private static let voices = """
    let rows = [1, 2, 3, 4].map(n => ({n, kind: ['in', 'voice'].join('')})), once = ['un', 'ique'].join('');
    let byName = new Map([['k', rows[0].kind.slice(0, 2) + 'vo' + 'ice']]), other = ['in', 'voice'].join('')
    """

  @Test func `strings that are there more than once are told with what they waste and who holds them`() throws {
    let session = TestSession(Self.voices)
    let row = try #require(try rows(session, ":strings").first { $0["string"] as? String == "\"invoice\"" })
    #expect(row["copies"] as? Int == 6)
    let (bytes, wasted) = (try #require(row["bytes"] as? Int), try #require(row["wasted"] as? Int))
    #expect(wasted == bytes / 6 * 5)
    #expect((row["holder"] as? String)?.hasPrefix("{n, kind} .kind") == true)
    #expect(!session(":strings").contains("unique"))
    #expect(session(":strings uni*").contains("1 string"))
  }

  @Test func `all places that hold a string are listed`() throws {
    let session = TestSession(Self.voices)
    let text = session(":strings \"invoice\"")
    #expect(text.contains("6 strings") && text.contains("{n, kind}") && text.contains("global variable"))
    #expect(session.session.command(":strings nothing-like-it") == .notFound)
  }

  @Test func `the strings of a file are compared by text and size`() throws {
    let live = TestSession(Self.voices)
    let wasted = try rows(live, ":strings").first { $0["string"] as? String == "\"invoice\"" }?["wasted"] as? Int
    let session = try opened(live)
    let row = try #require(try rows(session, ":strings").first { $0["string"] as? String == "\"invoice\"" })
    #expect(row["copies"] as? Int == 6 && row["wasted"] as? Int == wasted)
    #expect((row["holder"] as? String)?.contains(".kind") == true)
  }

  @Test func `strings in parts are counted, not compared, and left as they are`() throws {
    let session = TestSession("let s = ['y', 'z'].join('x'.repeat(3000)), rope = s + s")
    #expect(try session.json(":strings")["notCompared"] as? Int == 1)
    #expect(try session.json(":strings")["notCompared"] as? Int == 1)
    #expect(session(":strings").contains("1 string still made of parts"))
  }

  @Test func `strings that differ are never one, whatever their characters`() throws {
    let session = TestSession(
      "let a = [0x61, 0xe9, 0x1f600, 0xd800].map(c => ['>', String.fromCodePoint(c)].join('')), b = a.map(s => [s, '<'].join(''))"
    )
    #expect(try rows(session, ":strings").filter { ($0["string"] as? String)?.contains(">") == true }.isEmpty)
    session("let c = a.map(s => [s.slice(0, 1), s.slice(1)].join(''))")
    #expect(try rows(session, ":strings").filter { ($0["string"] as? String)?.contains(">") == true }.count == 4)
  }

  // MARK: Shapes

  @Test func `objects are counted by their properties in their order`() throws {
    let session = TestSession(
      "class Node { constructor(v) { this.v = v; this.next = null } }",
      "let ab = [1, 2, 3].map(a => ({a, b: a})), ba = [{b: 1, a: 2}], nodes = [new Node(1), new Node(2)]")
    let shapes = try rows(session, ":shapes")
    func objects(_ shape: String) -> Int? { shapes.first { $0["shape"] as? String == shape }?["n"] as? Int }
    #expect(objects("{a, b}") == 3 && objects("{b, a}") == 1 && objects("Node {v, next}") == 2)
    let text = session(":shapes")
    #expect(text.contains("Differ only in the order of their properties: {a, b} (3) and {b, a} (1)."))
    #expect(try rows(session, ":shapes Node").count == 1)
    #expect(session.session.command(":shapes Nothing") == .notFound)
  }

  @Test func `objects used as tables are told as such`() throws {
    let session = TestSession("let t = {}; for (let i = 0; i < 3000; i++) t['k' + i] = i; delete t.k1")
    let table = try #require(try rows(session, ":shapes").first { $0["shape"] as? String == "{(table)}" })
    #expect(table["n"] as? Int == 1)
    let (slots, free) = (try #require(table["slots"] as? Int), try #require(table["free"] as? Int))
    #expect(slots - free == 2999)
  }

  @Test func `the shapes of a file are the names of its properties`() throws {
    let session = try opened(TestSession("let list = [1, 2].map(n => ({name: 'n' + n + '!', rest: [n]}))"))
    #expect(try rows(session, ":shapes").contains { $0["shape"] as? String == "{name, rest}" && $0["n"] as? Int == 2 })
  }

  // MARK: Collections

  @Test func `collections are told by state and holder`() throws {
    let session = TestSession(
      "let users = [1, 2, 3].map(id => ({id, tags: [], seen: new Map()}))",
      "let sparse = []; sparse[4000000000] = 1; let holes = new Array(100); holes[3] = 1",
      "let roomy = new Set(); for (let i = 0; i < 1000; i++) roomy.add(i)",
      "for (let i = 0; i < 990; i++) roomy.delete(i)")
    let found = try rows(session, ":collections")
    func row(_ className: String, _ state: String) -> [String: Any]? {
      found.first { $0["class"] as? String == className && $0["state"] as? String == state }
    }
    let tags = try #require(row("Array", "empty"))
    #expect(tags["n"] as? Int == 3 && (tags["holder"] as? String)?.hasSuffix(" .tags") == true)
    #expect(row("Map", "empty")?["n"] as? Int == 3)
    #expect(row("Array", "sparse")?["room"] as? Int == 4_000_000_001)
    #expect(row("Array", "holes")?["entries"] as? Int == 1)
    #expect(row("Set", "half empty")?["entries"] as? Int == 10)
    #expect(try rows(session, ":collections --state empty").count == 2)
    #expect(try rows(session, ":collections Set").allSatisfy { $0["class"] as? String == "Set" })
    #expect(session.session.command(":collections Nothing") == .notFound)
    #expect(session.session.command(":collections --state odd") == .usage)
  }

  @Test func `a file says which collections are empty`() throws {
    let session = try opened(TestSession("let users = [1, 2, 3].map(id => ({id: 'u' + id, tags: [], list: [{}, {}]}))"))
    let found = try rows(session, ":collections")
    let empty = try #require(found.first { $0["state"] as? String == "empty" && $0["class"] as? String == "Array" })
    #expect(empty["n"] as? Int == 3 && (empty["holder"] as? String)?.hasSuffix(" .tags") == true)
    #expect(found.contains { $0["entries"] as? Int == 6 && ($0["holder"] as? String)?.hasSuffix(" .list") == true })
  }
}

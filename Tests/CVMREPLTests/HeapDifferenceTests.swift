import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Comparing heaps from files, checkpoints and the live heap.
@Suite struct HeapDifferenceTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// Keeps the heap of this moment as a file, and opens it under a name.
  private func keep(_ session: TestSession, _ name: String) {
    let file = "\(scratch.path)/\(name).heapsnapshot"
    session(":export \(file)")
    session(":open \(file)")
    session(":use live")
  }

  private static let setup = """
    class Node { constructor(text) { this.text = text; this.kids = [] } }
    let app = {name: 'first' + '!', nodes: [new Node('a' + 1), new Node('b' + 2)], cache: new Map()}
    """

  private static let change = """
    app.name = 'second' + '!'; app.nodes[0].kids.push(new Node('c' + 3)); app.nodes.pop();
    app.cache.set('k' + 1, {big: [1, 2, 3]})
    """

  private func classes(_ session: TestSession, _ command: String) throws -> [String: [String: Any]] {
    let rows = try #require(try session.json(command)["rows"] as? [[String: Any]])
    return Dictionary(rows.map { ($0["class"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `two files are compared down to slots`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    session(Self.change)
    keep(session, "two")
    let text = session(":diff one two")
    #expect(text.contains(".name  \"first!\" -> \"second!\""), "\(text)")
    #expect(text.contains("  + Node#") && text.contains("  - Node#"))
    #expect(text.contains("one -> two"))
    #expect(session.lines(":diff two two")[0].hasSuffix("no difference"))
    let rows = try session.json(":diff one two")["rows"] as? [[String: Any]] ?? []
    #expect(rows.contains { $0["slot"] as? String == ".name" && $0["old"] as? String == "\"first!\"" })
  }

  @Test func `a file is compared with the live heap and with checkpoints`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    #expect(session.lines(":diff one")[0].hasSuffix("no difference"))
    session(":checkpoint before")
    session(Self.change)
    for command in [":diff one", ":diff one now", ":diff one live"] {
      #expect(session(command).contains(".name  \"first!\" -> \"second!\""), "\(command)")
    }
    #expect(session.lines(":diff one before")[0].hasSuffix("no difference"))
    #expect(session.lines(":diff before one")[0].hasSuffix("no difference"))
    #expect(session.lines(":diff 1 one")[0].hasSuffix("no difference"))
    #expect(session(":diff now one").contains(".name  \"second!\" -> \"first!\""))
    #expect(session("app.name").contains("second!"))
  }

  @Test func `classes say what is new, gone and changed, in bytes, and what they keep now`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    session(":checkpoint before")
    session(Self.change)
    keep(session, "two")
    for command in [":diff one two --classes", ":diff before now --by retained", ":diff one now --by bytes"] {
      let node = try #require(try classes(session, command)["Node"], "\(command)")
      #expect(node["added"] as? Int == 1 && node["gone"] as? Int == -1 && node["bytes"] as? Int == 0, "\(command)")
      #expect(try #require(node["retained"] as? Int) > 0)
    }
    // Between moments numbers are seen, too.
    session("let n = {x: 1}")
    session("n.x = 2")
    #expect(try classes(session, ":diff --classes")["{x}"]?["changed"] as? Int == 1)
    #expect(session.session.command(":diff one two --classes --objects") == .usage)
  }

  @Test func `what was born between two moments and lives at a third is told`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    session("let kept = [1, 2, 3].map(n => new Node('k' + n)), lost = [1, 2].map(n => new Node('l' + n)); 0")
    keep(session, "two")
    session(":checkpoint middle")
    session("lost = null; app.late = new Node('late' + 1)")
    keep(session, "three")
    for command in [":diff one two three", ":diff one middle now", ":diff 1 2 now"] {
      let node = try #require(try classes(session, command)["Node"], "\(command)")
      #expect(node["added"] as? Int == 5 && node["alive"] as? Int == 3, "\(command)")
    }
    #expect(session(":diff one two three").contains("Still alive in three"))
  }

  @Test func `files of other processes are compared by class`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    let other = TestSession(
      "class Other {}; let all = Array.from({length: 30}, () => new Other()); let fs = [() => 1, new Map()]")
    keep(other, "two")
    session(":open \(scratch.path)/two.heapsnapshot")
    let text = session(":diff one two")
    #expect(text.contains("not of one process"), "\(text)")
    let rows = try classes(session, ":diff one two")
    #expect(rows["Other"]?["added"] as? Int == 30 && rows["Node"]?["gone"] as? Int == -2)
  }

  @Test func `many differences are told by class first`() throws {
    let session = TestSession(Self.setup)
    keep(session, "one")
    session("for (let i = 0; i < 100; i++) app.nodes.push(new Node('n' + i))")
    keep(session, "two")
    let text = session(":diff one two")
    #expect(text.contains("retained now") && text.contains("--objects"))
    #expect(session(":diff one two --objects").contains("+ Node#"))
    #expect(session(":diff one two --objects --csv").split(separator: "\n").count > 200)
  }

  @Test func `what is no moment and no heap is refused`() {
    let session = TestSession(Self.setup)
    #expect(session.session.command(":diff nothing") == .notFound)
    #expect(session.session.command(":diff 0 now 1 2") == .usage)
  }
}

import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Heaps as files for other tools.
@Suite struct ExportTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func session() -> TestSession {
    TestSession(
      "class User { constructor(name) { this.name = name; this.tags = [name + '!'] } }",
      "let users = ['Ann', 'Bob'].map(n => new User(n)), cache = new Map([['k', users[0]]])",
      "let count = 0, inc = () => { count++; return users }")
  }

  private func contents(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
  }

  @Test func `an exported heap opens again with the same objects`() throws {
    let session = session()
    let live = try session.json(":heap --all")
    let file = scratch.path + "/live.heapsnapshot"
    #expect(session(":export \(file)").contains("live.heapsnapshot: "))
    session(":open \(file)")
    #expect(session(":find User --csv").split(separator: "\n").count == 3)
    #expect(session(":find --with name=Ann").contains("User"))
    #expect(session(":show users").contains("User"))
    #expect(session(":why users[0]").contains("users"))
    let opened = try session.json(":heap --all")
    // The two nodes that stand for the roots are in the file, too.
    #expect(try #require(opened["objects"] as? Int) == #require(live["objects"] as? Int) + 2)
    #expect(opened["bytes"] as? Int == live["bytes"] as? Int)
  }

  @Test func `strings can be redacted, cut or whole`() throws {
    let session = TestSession("let secret = {word: 'x'.repeat(3000) + 'tail'}; secret.word.charCodeAt(0)")
    for (options, length) in [("", 1024), ("--strings 10", 10), ("--strings full", 3004), ("--redact strings", 3004)] {
      session(":export \(scratch.path)/s.heapsnapshot --root secret \(options)")
      let object = try JSONSerialization.jsonObject(with: Data(try contents("s.heapsnapshot").utf8)) as? [String: Any]
      let strings = try #require(object?["strings"] as? [String])
      #expect(strings.contains { $0.count == length }, "\(options)")
      #expect(strings.contains { $0.hasPrefix("xxxxxxxxxx") } == (options != "--redact strings"))
    }
  }

  @Test func `tables and pictures are written by the ending of the name`() throws {
    let session = session()
    #expect(session(":export \(scratch.path)/heap.csv").contains("heap.csv"))
    let lines = try contents("heap.csv").split(separator: "\n")
    #expect(lines[0] == "id,class,kind,shallow,retained,distance,references,value")
    #expect(lines.contains { $0.contains(",User,object,") })
    session(":export \(scratch.path)/heap.jsonl --root users")
    let rows = try contents("heap.jsonl").split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(rows.contains { $0["class"] as? String == "User" })
    session(":export \(scratch.path)/heap.dot --root users --depth 2")
    let dot = try contents("heap.dot")
    #expect(
      dot.hasPrefix("digraph heap {") && dot.contains("User#") && dot.contains("[label=\"users\", shape=plaintext]"))
  }

  @Test func `what cannot be written leaves nothing behind`() throws {
    let session = session()
    #expect(session.session.command(":export heap.xyz") == .usage)
    #expect(session.session.command(":export \(scratch.path)/none/heap.csv") == .notFound)
    #expect(session.session.command(":export \(scratch.path)/a.csv --root nothing") == .notFound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }
}

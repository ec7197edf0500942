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

  @Test func `pictures show the objects that keep most, and what is alike is folded`() throws {
    let session = session()
    session("let many = Array.from({length: 50}, (_, i) => ({i, list: [i]})), odd = {'<b>&': ['</script><b>']}")
    #expect(session(":export \(scratch.path)/heap.svg").contains("heap.svg: "))
    let svg = try contents("heap.svg")
    #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n") && svg.contains("prefers-color-scheme:dark"))
    #expect(svg.contains("+ 47 more {i, list}") && svg.contains(">users<"))
    #expect(svg.contains("&lt;/script&gt;") && !svg.contains("</script>"))
    session(":export \(scratch.path)/heap.html")
    let html = try contents("heap.html")
    #expect(html.components(separatedBy: "</script>").count == 3)
    // Nothing is fetched from anywhere.
    #expect(!html.contains("src=") && !html.contains("https:") && html.contains("default-src 'none'"))
    let json = try #require(html.firstRange(of: "id=\"heap\">")).upperBound
    let end = try #require(html[json...].firstRange(of: "</script>")).lowerBound
    let heap = try JSONSerialization.jsonObject(with: Data(html[json..<end].utf8)) as? [String: Any]
    let boxes = try #require(heap?["boxes"] as? [[String: Any]])
    #expect(boxes.contains { $0["v"] as? [String] == ["many"] })
    for (number, box) in boxes.enumerated() { #expect((box["p"] as? Int ?? -1) < number) }
    session(":export \(scratch.path)/part.svg --root users --top 3")
    #expect(try contents("part.svg").contains("An object refers to what stands to its right"))
  }

  @Test func `redacted strings are in no form of a file`() throws {
    let session = TestSession(
      "let m = new Map([['secret' + 1, {a: 'secret' + 2}]]), list = ['secret' + 3, {deep: ['secret' + 4]}]; 0")
    for name in ["a.heapsnapshot", "a.svg", "a.html", "a.dot", "a.csv", "a.jsonl"] {
      session(":export \(scratch.path)/\(name) --redact strings")
      #expect(!(try contents(name)).contains("secret"), "\(name)")
    }
  }

  @Test func `a sample is the same each time, and hangs together`() throws {
    let session = session()
    session("let many = Array.from({length: 2000}, (_, i) => ({i}))")
    session(":export \(scratch.path)/a.csv --sample 10%")
    session(":export \(scratch.path)/b.csv --sample 0.1")
    let lines = try contents("a.csv").split(separator: "\n")
    #expect(lines.count > 100 && lines.count < 400)
    #expect(try contents("a.csv") == contents("b.csv"))
    session(":export \(scratch.path)/s.heapsnapshot --sample 10%")
    session(":open \(scratch.path)/s.heapsnapshot")
    let heap = try session.json(":heap --all")
    #expect(try #require((heap["garbage"] as? [String: Any])?["n"] as? Int) == 0)
    for odd in ["0", "200%", "x", "-1", "nan"] {
      #expect(session.session.command(":export \(scratch.path)/c.csv --sample \(odd)") == .usage)
    }
  }

  @Test func `what cannot be written leaves nothing behind`() throws {
    let session = session()
    #expect(session.session.command(":export heap.xyz") == .usage)
    #expect(session.session.command(":export \(scratch.path)/none/heap.csv") == .notFound)
    #expect(session.session.command(":export \(scratch.path)/a.csv --root nothing") == .notFound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }
}

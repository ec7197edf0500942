import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Dumps that V8 wrote, opened in a session.
@Suite struct HeapSnapshotFileTests {
  private var sketch: SnapshotSketch {
    var sketch = SnapshotSketch()
    let global = sketch.node("object", "global")
    let app = sketch.node("object", "App")
    let user = sketch.node("object", "User", size: 100)
    let name = sketch.node("string", "Ann", size: 24)
    sketch.edge(0, "shortcut", "1", global)
    sketch.edge(global, "property", "app", app)
    sketch.edge(app, "property", "user", user)
    sketch.edge(user, "property", "name", name)
    return sketch
  }

  @Test func `a dump opens and answers`() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write("dump", sketch.text)
    let session = TestSession()
    #expect(session(":open \(file)").contains("dump: heap snapshot of V8, 5 objects, 4 references"))
    #expect(session(":show app.user").contains("\"Ann\""))
    #expect(session(":refs app.user").contains("global.app.user"))
    #expect(session(":find --with name=Ann").contains("User"))
    #expect(try session.json(":heap")["bytes"] as? Int == 156)
  }

  @Test func `what is wrong with a dump is told`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession()
    var wrong = sketch
    wrong.nodeCount = 7
    #expect(session(":open \(try scratch.write("w", wrong.text))").contains("`node_count` says 7 nodes"))
    let cut = try scratch.write("cut", String(sketch.text.prefix(500)))
    #expect(session.session.command(":open \(cut)") == .error)
    #expect(session.errors.contains("Cannot open \(cut): byte 500: the file ends here"))
  }
}

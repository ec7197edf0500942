import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Leaks in programs that Node runs, found in the files that Node writes; where Node is installed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/node")))
struct PlantedLeakTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// A session that looks at the heap of a program at its end.
  private func heap(of program: String) throws -> TestSession {
    let file = scratch.path + "/leak.heapsnapshot"
    let source = try scratch.write(
      "leak.js", program + "\nrequire('v8').writeHeapSnapshot(\(String(reflecting: file)));\n")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["120", "/usr/bin/node", source]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let session = TestSession()
    #expect(session(":open \(file)").contains("heap snapshot of V8"))
    return session
  }

  /// The first screen of a command.
  private func screen(_ session: TestSession, _ command: String) -> String {
    let lines = session.lines(command)
    #expect(lines.allSatisfy { $0.count <= 80 })
    return lines.prefix(23).joined(separator: "\n")
  }

  /// The object that `:leaks` names first.
  private func suspect(_ session: TestSession) throws -> Int {
    let rows = try #require(try session.json(":leaks")["rows"] as? [[String: Any]])
    return try #require(rows.first?["id"] as? Int)
  }

  @Test func `a growing cache is named with what is in it and who holds it`() throws {
    let session = try heap(
      of: """
        const cache = new Map();
        class Response { constructor(n) { this.body = 'body of ' + n; this.headers = {length: String(n), type: 't' + n} } }
        for (let n = 0; n < 20000; n++) cache.set('/page/' + n, new Response(n));
        globalThis.server = {cache};
        """)
    let leaks = screen(session, ":leaks")
    #expect(leaks.hasPrefix("1. Map#"), "\(leaks)")
    #expect(leaks.contains("20,000 Response accumulate there") && leaks.contains("server.cache"), "\(leaks)")
    let why = screen(session, ":why \(try suspect(session))")
    #expect(why.contains(".cache") && why.contains("delete global.server.cache"), "\(why)")
    #expect(why.contains("<- enough"))
    let page = screen(session, ":find Response --top 1") + screen(session, ":why row 1")
    #expect(page.contains("Response#") && page.contains(".cache"), "\(page)")
  }

  @Test func `listeners that nobody takes back are named with the list that holds them`() throws {
    let session = try heap(
      of: """
        const bus = new (require('events'))();
        bus.setMaxListeners(0);
        class Widget {
          constructor(n) { this.rows = Array.from({length: 20}, (_, i) => ({n, i})); bus.on('change', () => this.refresh()) }
          refresh() { return this.rows.length }
        }
        for (let n = 0; n < 5000; n++) new Widget(n);
        globalThis.bus = bus;
        """)
    let leaks = screen(session, ":leaks")
    #expect(leaks.contains("5,000 closure accumulate there") && leaks.contains("bus._events.change"), "\(leaks)")
    let why = screen(session, ":why \(try suspect(session))")
    #expect(why.contains("._events") && why.contains(".change") && why.contains("<- enough"), "\(why)")
  }

  @Test func `a closure that keeps a large array is named with the variable`() throws {
    let session = try heap(
      of: """
        function prepare() {
          const big = Array.from({length: 100000}, (_, n) => ({n}));
          const sum = () => big.length;
          return function tick() { return typeof sum };
        }
        globalThis.timer = {callback: prepare()};
        """)
    let leaks = screen(session, ":leaks")
    #expect(leaks.contains("100,000 {} accumulate there"), "\(leaks)")
    #expect(leaks.contains("timer.callback") && leaks.contains("`big`"), "\(leaks)")
    let why = screen(session, ":why \(try suspect(session))")
    #expect(why.contains("closure tick#") && why.contains("`big`") && why.contains("<- enough"), "\(why)")
  }

  // MARK: V8's own

  @Test func `a global variable is cut as one reference`() throws {
    let session = try heap(of: "global.cache = new Map([['a', {big: new Array(1000).fill({})}]]); global.other = [1];")
    let cut = screen(session, ":cut global.cache")
    #expect(cut.hasPrefix("Virtual: without global.cache"), "\(cut)")
    #expect(cut.contains("V8 writes the slot twice"), "\(cut)")
    #expect(screen(session, ":cut cache").hasPrefix("Virtual: without cache"))
    let why = screen(session, ":why cache")
    #expect(why.contains("delete global.cache") && why.contains("<- enough"), "\(why)")
    #expect(!why.contains("PropertyCell"), "\(why)")
  }

  @Test func `a variable of a module is cut as its author would write it`() throws {
    let session = try heap(
      of: """
        const bus = new (require('events'))(); bus.setMaxListeners(0);
        for (let n = 0; n < 3000; n++) { const text = new Array(20).fill(n).map(x => ({x})); bus.on('tick', function heard() { return text }) }
        function emit() { return bus }
        """)
    let leaks = screen(session, ":leaks")
    #expect(leaks.contains("(Stack roots)`bus`._events.tick") && leaks.contains("(running call)"), "\(leaks)")
    let why = screen(session, ":why \(try suspect(session))")
    #expect(why.contains("delete bus._events.tick") && why.contains("<- enough"), "\(why)")
    #expect(screen(session, ":find \"closure heard\" --top 1").contains("1 of 3,000 rows"))
  }

  @Test func `an entry of a map has its key as name`() throws {
    let session = try heap(
      of: "class Item {}; global.cache = new Map([['one', new Item()], ['two', new Item()]]);")
    #expect(session.lines(":find Item").count >= 3)
    let why = screen(session, ":why cache[[\"two\"]]")
    #expect(why.contains("[[\"two\"]]") && why.contains("global.cache.delete(\"two\")"), "\(why)")
    #expect(screen(session, ":cut cache[[\"two\"]]").hasPrefix("Virtual: without"))
  }

  @Test func `who holds an object besides is named, and the cut of both frees it`() throws {
    let session = try heap(
      of: """
        class Page { constructor() { this.lines = ['a', 'b'].map(x => ({x})) } }
        global.app = {cache: {first: new Page()}, log: []}; app.log.push(app.cache.first);
        """)
    let why = screen(session, ":why app.cache.first")
    #expect(why.contains("It is held otherwise, too:\n    global.app.log[0]"), "\(why)")
    #expect(why.contains("both references to it") && why.contains("<- enough"), "\(why)")
  }

  @Test func `only the program's classes are shown if they are asked for`() throws {
    let session = try heap(
      of: """
        class Visit { constructor(n) { this.path = '/p' + n; this.tags = new Set([n]) } }
        const visits = []; for (let n = 0; n < 500; n++) visits.push(new Visit(n)); setInterval(() => visits, 1e6).unref();
        """)
    let rows = try #require(try session.json(":heap --mine --top 12")["rows"] as? [[String: Any]])
    let classes = rows.compactMap { $0["class"] as? String }
    #expect(classes.contains("Visit") && classes.contains("Set"), "\(classes)")
    #expect(
      !classes.contains("global") && !classes.contains("BuiltinModule") && !classes.contains("(array)"), "\(classes)")
    #expect(rows.first { $0["class"] as? String == "Visit" }?["n"] as? Int == 500)
    #expect(screen(session, ":heap --mine").hasPrefix("the program's: "))
  }

  @Test func `strings in parts are put together`() throws {
    let session = try heap(
      of: """
        global.kept = []; for (let n = 0; n < 30; n++) kept.push('the same ' + (n % 2) + ' part');
        """)
    let strings = screen(session, ":strings the*part")
    #expect(strings.contains("\"the same 0 part\""), "\(strings)")
    #expect(strings.contains("15"), "\(strings)")
  }

  @Test func `a difference counts in its heading what its table has`() throws {
    let file = scratch.path + "/before.heapsnapshot"
    let session = try heap(
      of: """
        class Visit { constructor(n) { this.n = {n} } }
        global.visits = [];
        require('v8').writeHeapSnapshot(\(String(reflecting: file)));
        for (let n = 0; n < 300; n++) visits.push(new Visit(n));
        """)
    session(":open \(file)")
    let json = try session.json(":diff before leak --classes --all")
    let rows = try #require(json["rows"] as? [[String: Any]])
    let own = rows.filter { $0["class"] as? String != "(system)" }
    #expect(own.reduce(0) { $0 + ($1["added"] as? Int ?? 0) } == json["addedCount"] as? Int)
    #expect(own.reduce(0) { $0 - ($1["gone"] as? Int ?? 0) } == json["goneCount"] as? Int)
    #expect(rows.count { $0["class"] as? String == "(system)" } <= 1)
    #expect(!own.contains { ($0["class"] as? String ?? "").hasPrefix("system / Map") })
    #expect(own.first { $0["class"] as? String == "Visit" }?["added"] as? Int == 300)
    let growth = try #require(try session.json(":growth before leak")["rows"] as? [[String: Any]])
    let visits = try #require(growth.first { $0["class"] as? String == "Visit" })
    #expect(visits["onlyGrows"] as? Bool == true && visits["added"] as? Int == 300 && visits["before"] as? Int == 0)
  }

  @Test func `a question about a file leaves nothing in the live heap`() throws {
    let session = try heap(
      of: "class Item { constructor(n) { this.name = 'n' + n } }; global.items = [1, 2, 3].map(n => new Item(n));")
    session(":use live")
    session("let wanted = 'n2'")
    let before = session(":heap --expert").split(separator: "\n").first { $0.contains("garbage") }
    session(":use leak")
    #expect(session(":find Item where item => item.name === wanted").contains("1 of 3 objects"))
    session(":use live")
    #expect(session(":heap --expert").split(separator: "\n").first { $0.contains("garbage") } == before)
  }
}

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
}

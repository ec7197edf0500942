import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// The commands that say why things are alive.
@Suite struct WhyAliveCommandTests {
  private let setup = [
    "let app = {cache: new Map(), last: null}", "class Session { constructor(i) { this.tags = ['a' + i] } }",
    "for (let i = 0; i < 300; i++) app.cache.set('k' + i, new Session(i)); app.last = app.cache.get('k7'); 0",
  ]

  private func session() -> TestSession {
    let session = TestSession()
    for line in setup { session(line) }
    return session
  }

  @Test func `a path is said with cuts that were tested`() throws {
    let session = session()
    let text = session(":why app.cache[[\"k12\"]]")
    #expect(text.contains("Session is alive because"))
    #expect(text.contains("global variable `app`"))
    #expect(text.contains("[['k12']]"))
    #expect(text.contains("app.cache.delete('k12')") && text.contains("<- enough"))
    let both = session(":why app.last")
    #expect(both.contains("It is held otherwise, too:\n    app.cache[['k7']]"), "\(both)")
    #expect(both.contains("both references to it") && both.contains("frees 3 objects"), "\(both)")
    #expect(both.contains("app.last  ") && both.contains("frees nothing alone"), "\(both)")
    let json = try session.json(":path app.cache[[\"k12\"]]")
    let cuts = try #require(json["cuts"] as? [[String: Any]])
    #expect(cuts.first?["enough"] as? Bool == true)
    #expect(cuts.first?["objects"] as? Int == 3)
  }

  @Test func `what only the prompt holds is said to be held by it`() {
    let session = TestSession("({lonely: 1})")
    #expect(session(":why $1").contains("kept by the prompt"))
    #expect(session(":why $1 --no-repl").contains("Nothing holds"))
    session("let named = $1")
    #expect(session(":why named").contains("The prompt calls it _, $1"))
  }

  @Test func `the shortest path alone can be asked for, and is the same`() throws {
    let session = TestSession("let app = {log: [{id: 1}, {id: 2}]}, other = {last: app.log[1]}")
    let whole = session.lines(":path app.log[1]")
    let quick = session.lines(":path app.log[1] --quick")
    #expect(quick.contains { $0.contains(".last") } && quick.contains { $0.contains("`other`") }, "\(quick)")
    #expect(!quick.contains { $0.contains("retains") || $0.contains("Cut test") })
    #expect(quick.first == whole.first && quick.last?.contains(":path app.log[1]") == true)
    let json = try session.json(":path", argument: "app.log[1] --quick")
    let steps = try #require(((json["paths"] as? [[String: Any]])?.first?["steps"]) as? [[String: Any]])
    #expect(steps.map { $0["slot"] as? String } == ["other", ".last"])
    #expect(steps.allSatisfy { $0["retained"] == nil })
    #expect(TestSession("({lonely: 1})")(":path $1 --quick --no-repl").contains("Nothing holds"))
    #expect(session.session.command(":path app --quick --all") == .usage)
  }

  @Test func `the shortest path alone is the same whether the whole heap was looked at or not`() {
    let program = """
      let near = {deep: {deeper: {last: {id: 1}}}}, list = [], weak = {}
      for (let i = 0, held = null; i < 50; i++) { held = {held, i}; list.unshift(held) }
      weak.ref = new WeakRef(list[40]); weak.map = new WeakMap([[near, list[49]]]); weak.set = new WeakSet([list[49]])
      let first = list[0]; list = [list[10]]
      let cache = new Map([['k', near.deep.deeper], ["it's", first.held], [near, 'value']]), sym = Symbol('s')
      let counter = (() => { let kept = {kept: true}; return () => kept })(); globalThis.late = {x: counter()}
      let text = 'a text of ' + list.length + ' parts'; class Point { static origin = new Point() }
      Array.prototype.added = {y: Point.origin}
      """
    let session = TestSession(program)
    let names = [
      "near", "near.deep.deeper.last", "first", "first.held.held", "list[0]", "list[0].held.held.held", "cache", "sym",
      "weak.ref", "weak.map", "late.x", "late", "text", "Point.origin", "Point", "Array.prototype.added", "counter",
      "near.deep", "cache[[\"k\"]]", "Array.prototype", "globalThis",
    ]
    var ids: [String] = []
    for name in names {
      session("0")
      let quick = session(":path \(name) --quick")
      session(":heap")
      #expect(session(":path \(name) --quick") == quick, "\(name)")
      let id = quick.firstMatch(of: /#(\d+)/).map { String($0.1) }
      if let id { ids.append(id) }
    }
    #expect(ids.count > 12)
    for id in ids.prefix(5) {
      session("0")
      let quick = session(":path \(id) --quick")
      session(":heap")
      #expect(session(":path \(id) --quick") == quick && quick.contains("#\(id)"), "\(id)")
    }
    session("({lonely: 1})")
    #expect(session(":path _ --quick").contains("the prompt"))
    #expect(session.session.command(":path 99999 --quick") == .notFound)
  }

  @Test func `what would go without a class or a reference is counted`() throws {
    let session = session()
    #expect(session(":without Session").contains("Virtual: without 300 Session objects 600 other objects would go"))
    #expect(try session.json(":cut app.cache[[\"k12\"]] --no-repl")["freed"] as? Int == 3)
    #expect(session(":cut app.last").contains("stays alive through"))
    #expect(session.session.command(":without Nothing") == .notFound)
    #expect(session.session.command(":cut app.nothing") == .notFound)
    #expect(session(":heap --csv").contains("Session,300"))
  }

  @Test func `suspects are written out with their path`() {
    let session = session()
    let text = session(":leaks")
    #expect(text.contains("300 Session accumulate there") || text.contains("299 Session accumulate there"))
    #expect(text.contains("held by app.cache (global variable)"))
  }

  @Test func `the tree of dominators folds what is much`() {
    let session = session()
    let text = session(":dom --top 2")
    #expect(text.contains("the heap"))
    #expect(text.contains("more Session"))
    #expect(session(":dom app.cache --csv --all").split(separator: "\n").count > 300)
  }

  // MARK: Captured, and never read

  @Test func `a variable that closures hold and nothing reads is named`() throws {
    let session = TestSession(
      "function recorder() { let last = null; return {note(x) { last = x }} }",
      "let log = recorder(); log.note(Array.from({length: 300}, (_, i) => ({i}))); 0")
    let leaks = session(":leaks")
    #expect(leaks.contains("Never read: `last`, captured by closure note#"), "\(leaks)")
    let array =
      try #require(try session.json(":find Array --min-size 1KB")["rows"] as? [[String: Any]]).first?["id"] as? Int
    #expect(session(":why \(try #require(array))").contains("No living code reads `last` of closure note#"))
    #expect(session(":retained log.note").contains("captured `last`"))
  }

  @Test(arguments: [
    "function f() { let last = null; return {note(x) { last = x }, get() { return last }} }; let log = f()",
    "function f() { let last = null; function* g() { yield 1; return last }; let it = g(); it.next(); return {note(x) { last = x }, it} }; let log = f()",
    "function f() { let last = null; return {note(x) { last = x; return () => last }} }; let log = f()",
  ]) func `a variable that something may still read is not`(code: String) {
    let session = TestSession(code)
    session("log.note(Array.from({length: 300}, (_, i) => ({i}))); 0")
    #expect(!session(":leaks").contains("Never read"), "\(code)")
  }

  @Test func `a variable whose readers are gone is never read`() {
    let session = TestSession(
      "function f() { let last = null; return {note(x) { last = x }, get() { return last }} }; let log = f(); 0",
      "log.note(Array.from({length: 300}, (_, i) => ({i}))); delete log.get; 0", ":gc")
    #expect(session(":leaks").contains("Never read: `last`"))
  }
}

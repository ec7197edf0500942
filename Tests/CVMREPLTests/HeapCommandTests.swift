import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Commands that look at objects.
@Suite struct HeapCommandTests {
  private let nodes = [
    "class Node { constructor(v, ...kids) { this.v = v; this.kids = kids } }",
    "let leaf = new Node(1), tree = new Node(2, leaf, new Node(3, leaf))",
  ]

  // MARK: Graph

  @Test func `graph draws each object once, with all arrows to it`() {
    let session = TestSession("let p = {x: 1, y: 2}", "let pts = [p, p]")
    let text = session(":graph pts")
    #expect(text.components(separatedBy: "#1 Object").count == 2)
    #expect(text.contains("3 arrows end here"))
    #expect(text.contains("pts[0], pts[1] and p are ONE object"))
  }

  @Test func `graph draws a cycle and ends`() {
    let session = TestSession("let ring = {name: 'r'}; ring.next = {next: ring}")
    #expect(session(":graph ring").contains("2 arrows end here"))
    #expect(session(":graph ring --tree --depth 9").contains("(same object as ring)"))
  }

  @Test func `graph is drawn the same each time`() {
    let session = TestSession()
    for statement in nodes { session(statement) }
    #expect(session(":graph tree") == session(":graph tree"))
    #expect(session(":graph tree --tree") == session(":graph tree --tree"))
  }

  @Test func `graph goes as deep as told, and says that there is more`() throws {
    let session = TestSession("let deep = {a: {b: {c: {d: {e: 1}}}}}")
    #expect(session(":graph deep --depth 2").contains("--depth"))
    let lines = try session.json(":graph", argument: "--depth 9 deep")["lines"] as? [[String: Any]]
    #expect(lines?.count == 5)
  }

  @Test func `graph does not say that there is more when all is drawn`() {
    let session = TestSession("let w1 = {a: 1, next: [1]}, w2 = {a: 2, next: [2, w1]}; w1.next.push(w2); w2 = null; 0")
    #expect(session.lines(":graph w1")[0] == "4 objects, \(session(":graph w1").split(separator: " ")[2]) bytes")
    #expect(!session(":graph w1 --tree --depth 3").contains("there is more"))
    #expect(session(":graph w1 --depth 2").contains("more behind them: --depth"))
    #expect(session(":graph w1 --tree --depth 2").contains("there is more"))
  }

  @Test func `many objects become a tree with a limit`() {
    let session = TestSession("let many = Array.from({length: 1000}, (_, i) => ({i}))")
    let lines = session.lines(":graph many --top 20")
    #expect(lines.count == 21)
    #expect(lines.last?.contains("--top") == true)
  }

  @Test func `an analysis that took long says how long`() {
    let session = TestSession("let a = {x: 1}")
    #expect(!session(":graph a").contains("-- took"))
    session.session.options.longAnalysis = 0
    #expect(session.lines(":graph a").last?.hasPrefix("-- took ") == true)
    #expect(!session(":vars").contains("-- took"))
  }

  // MARK: Same

  @Test func `same tells one object from two, and equal content from different`() throws {
    let session = TestSession("let p = {x: 1, in: [1]}, q = p, r = {x: 1, in: [1]}, s = {x: 1, in: [2]}")
    #expect(session(":same p q").contains("are ONE object: Object#"))
    #expect(session(":same p r").contains("with equal content"))
    #expect(session.lines(":same p s").joined(separator: " ").contains(".in[0] is 1 in the first, 2 in the second"))
    #expect(session(":same p.x r.x").contains("a value"))
    #expect(try session.json(":same", argument: "p r")["equal"] as? Bool == true)
    #expect(session.session.command(":same p") == .usage)
  }

  @Test func `same compares what contains itself`() {
    let session = TestSession("let a = {}, b = {}", "a.self = a; b.self = b")
    #expect(session(":same a b").contains("with equal content"))
  }

  // MARK: Find

  @Test func `find asks a function about each object of a class`() throws {
    let session = TestSession()
    for statement in nodes { session(statement) }
    let found = try session.json(":find", argument: "Node where n => n.kids.length > 0")
    #expect(found["matches"] as? Int == 2)
    #expect(found["considered"] as? Int == 3)
  }

  @Test func `find knows strings, symbols and BigInts by the names that tables have for them`() throws {
    let session = TestSession(
      "let o = {text: 'a' + Date.now(), other: 'b' + Date.now(), key: Symbol('k'), n: 10n ** 40n}")
    #expect(session(":find (string) where s => s.startsWith('a')").contains("1 of "))
    #expect(session(":find (symbol)").contains("Symbol(k)"))
    #expect(try session.json(":find", argument: "(bigint)")["matches"] as? Int == 1)
    #expect(session.session.command(":find (nothing)") == .notFound)
    let lines = session.lines(":heap --all")
    let row = lines.first { $0.contains("(symbol)") }?.split(separator: " ").first.map(String.init) ?? ""
    #expect(session(":find row \(row)").contains("Symbol(k)"))
  }

  @Test func `a question takes no ids and leaves no variables`() {
    let session = TestSession("let list = [{n: 1}, {n: 2}]")
    let next = session.session.machine.lastObjectID
    session(":find Object where o => [o, {copy: o}, () => o].length")
    #expect(session.session.machine.lastObjectID == next)
    #expect(session("[0]").contains("Array#\(next + 1)"))
    #expect(!session(":gc").contains("#7036"))
    #expect(!session(":heap").contains("(expression)"))
  }

  @Test func `find says how properties are looked for`() {
    let session = TestSession("let p = {size: 1}")
    #expect(session.session.command(":find size") == .notFound)
    #expect(session.errors.contains(":find --has size"))
    #expect(session.session.command(":find Objec") == .notFound)
    #expect(session.errors.hasSuffix("Did you mean Object ?\n"))
  }

  @Test func `find by property, value and size`() throws {
    let session = TestSession(
      "let all = [{name: 'a', n: 1}, {name: 'b', n: 2}, 'x'.repeat(10), new Array(1000).fill(0)]")
    func matches(_ arguments: String) throws -> Int? {
      try session.json(":find", argument: arguments)["matches"] as? Int
    }
    #expect(try matches("Object --has name") == 2)
    #expect(try matches("--with name=b") == 1)
    #expect(try matches("--with n=1") == 1)
    #expect(try matches("--min-size 4KB") == 1)
    #expect(try matches("Obj*") == 2)
  }

  @Test func `a question that fails is told, and the rest is found`() {
    let session = TestSession("let all = [{n: {k: 1}}, {n: null}, {n: {k: 2}}]")
    let text = session(":find --has n where o => o.n.k > 0")
    #expect(text.contains("2 of "))
    #expect(text.contains("failed for 1 object: TypeError"))
    #expect(session.session.command(":find where 5") == .usage)
    #expect(session.session.command(":find where (") != .done)
    #expect(session.session.command(":find Nonsense") == .notFound)
  }

  @Test func `a question that removes objects does no harm`() {
    let session = TestSession("let all = Array.from({length: 3000}, (_, i) => ({i}))")
    session(
      ":find Object where o => { all = null; let junk = []; for (let i = 0; i < 200; i++) junk.push({i}); return o.i < 10 }"
    )
    #expect(session("1 + 1").contains("2"))
  }

  // MARK: Type, time, bench

  @Test func `type tells what a value is without taking a name`() {
    let session = TestSession("let p = {x: 1, name: 'n'}")
    #expect(session(":type p") == "object  Object#1  {x: number, name: string}   -> Object.prototype\n")
    #expect(session(":type 1 + 1") == "number  2   -> Number.prototype -> Object.prototype\n")
    #expect(session(":type null") == "null\n")
    #expect(session(":type [1, 'a']").contains("of 2 (number | string)"))
    #expect(session(":type class A extends Map {}").contains("function"))
    #expect(session("5") == "$2 = 5\n")
  }

  @Test func `time shows the result and what it took`() throws {
    let session = TestSession()
    let lines = session.lines(":time [{}, {}].length")
    #expect(lines[0] == "$1 = 2")
    #expect(lines[1].contains("3 new objects"))
    let report = try session.json(":time", argument: "let n = 0; for (let i = 0; i < 5000; i++) n += i")
    #expect((report["steps"] as? Int ?? 0) >= 5000)
    #expect(session.session.command(":time null.x") == .error)
  }

  @Test func `:time also times a command`() {
    let session = TestSession("let a = [1, 2]")
    let lines = session.lines(":time :same a a")
    #expect(lines.first == session.lines(":same a a").first && lines.count >= 2)
    #expect(lines.last?.wholeMatch(of: /[\d.]+ [a-zµ]*s/) != nil, "\(lines)")
    #expect(session.session.command(":time :refs nobody") == .notFound)
    #expect(session.session.command(String(repeating: ":time ", count: 100_000)) == .usage)
  }

  @Test func `time is the time of the run, also when it is short`() {
    let session = TestSession("let a = {x: 1}")
    #expect(session.lines(":time a.x")[1].contains(" us   0 steps"))
  }

  @Test func `bench runs as often as told`() throws {
    let session = TestSession()
    let report = try session.json(":bench", argument: "--runs 7 ({})")
    #expect(report["runs"] as? Int == 7)
    #expect(session("({})").contains("Object#1"))
    #expect(session.session.command(":bench --runs 3 null.x") == .error)
    #expect(session.session.command(":bench --for soon 1") == .usage)
  }
}

/// Commands about the session itself.
@Suite struct SessionCommandTests {
  @Test func `history is code that can be typed again, with numbers in comments`() {
    let session = TestSession("let a = 1")
    session(":vars")
    session("function f() {\n  return a\n}")
    let lines = session.lines(":history")
    #expect(lines[0].hasPrefix("let a = 1 ") && lines[0].hasSuffix("// [1]"))
    #expect(lines[1] == ":vars")
    #expect(Array(lines[2...3]) == ["function f() {", "  return a"])
    #expect(session.lines(":history RETURN").count == 3)
    #expect(session.lines(":history --top 1") == [":history RETURN"])
  }

  @Test func `edit runs what the editor saved`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let a = 1")
    setenv("VISUAL", "sed -i s/1/2/", 1)
    defer { unsetenv("VISUAL") }
    #expect(session(":edit 1").contains("$2 = 2"))
    #expect(session.session.command(":edit 99") == .notFound)
    setenv("VISUAL", "true", 1)
    #expect(session(":edit") == "Not changed, so nothing runs.\n")
    setenv("VISUAL", "false", 1)
    #expect(session.session.command(":edit") == .error)
    _ = scratch
  }

  @Test func `settings are listed, shown, changed and refused with what would do`() {
    let session = TestSession()
    #expect(session.lines(":set").count == Settings.all.count + 1)
    #expect(session(":set width 100") == "width is 100\n")
    #expect(session.session.options.width == 100)
    #expect(session(":set max-heap=64MB") == "max-heap is 64MB\n")
    #expect(session.session.machine.limits.heapBytes == 64 << 20)
    #expect(session.session.command(":set width wide") == .usage)
    #expect(session.errors.contains("from 40 to 1000"))
    #expect(session.session.command(":set widht 100") == .notFound)
    #expect(session.errors.contains("Did you mean width ?"))
    for setting in Settings.all {
      #expect(setting.write(session.session, setting.read(session.session)) == nil, "\(setting.name)")
    }
  }

  @Test func `the mode chooses between drawings and tables`() {
    let session = TestSession("let p = {x: 1}")
    #expect(session(":mode expert").contains("tables"))
    #expect(session(":heap").contains("shallow"))
    #expect(session(":refs p").contains("shallow"))
    session(":mode teach")
    #expect(session(":heap").contains("made by you"))
    #expect(session(":refs p").contains("held by"))
    #expect(session.session.command(":mode loud") == .usage)
  }

  @Test func `reset forgets the heap and keeps settings`() {
    let session = TestSession("let p = {x: 1}", "_error = 5")
    session(":set width 90")
    #expect(session(":reset").contains("fresh heap"))
    #expect(session(":vars") == "No variables yet.\n")
    #expect(session("let p = {y: 2}").contains("Object#1\n"))
    #expect(session("heap(1).y").contains("2"))
    #expect(session.session.options.width == 90)
  }

  @Test func `source runs statements and commands, tells failures with their line, and goes on`() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write(
      "s.txt", "let a = 1\nfunction f(x) {\n  return x + 1\n}\n\n:nonsense\nnull.x\nf(41)\n:vars\n")
    let session = TestSession()
    #expect(session.session.command(":source \(file)") == .error)
    let errors = session.errors
    #expect(errors.contains("s.txt:6") && errors.contains("s.txt:7"))
    #expect(session.output.contains("= 42"))
    #expect(session.session.command(":source \(scratch.path)/none") == .notFound)
    let circle = try scratch.write("c.txt", ":source \(scratch.path)/c.txt\n")
    #expect(session.session.command(":source \(circle)") == .usage)
  }

  @Test func `what was saved can be sourced`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let a = [1,\n2]", "a.push(3)")
    #expect(session(":save \(scratch.path)/s.txt").contains("2 statements"))
    let other = TestSession()
    other(":source \(scratch.path)/s.txt")
    #expect(other("a").contains("[1, 2, 3]"))
  }

  @Test func `row 3 of the last table is an argument`() {
    let session = TestSession("class P { constructor(i) { this.i = i } }", "let ps = [new P(0), new P(1), new P(2)]")
    session(":show row 1")
    #expect(session.errors == "No table with numbered rows was shown yet.\n")
    session(":find P")
    #expect(session(":show row 2").contains("P {i: 1}"))
    #expect(session(":same row 1 ps[0]").contains("ONE object"))
    session(":refs row 3")
    session(":find P")
    session(":show row 4")
    #expect(session.errors == "The last table has 3 rows.\n")
    session(":heap --expert")
    let row = session.session.lastTable?.rows.firstIndex { $0.contains(.text("P")) }
    let number = (row ?? 0) + 1
    session(":show row \(number)")
    #expect(
      session.errors == "Row \(number) is a class, not one object. :find row \(number) lists the objects of P.\n")
    #expect(session(":find row \(number)").contains("3 of 3 objects"))
  }

  // MARK: What is left out

  @Test func `a long array, map or set says how many items it has and how to see them`() {
    let session = TestSession()
    let array = session.lines("Array.from({length: 100000}, (_, i) => i)")
    #expect(array.suffix(2) == ["  ... 99,900 more items: :show $1 --all", "]"])
    #expect(
      session.lines("new Map(Array.from({length: 100000}, (_, i) => [i, i]))").last
        == "... more, 100,000 entries in all: :show $2 --all")
    #expect(
      session.lines("new Set(Array.from({length: 3000}, (_, i) => i + 'x'))").last?.hasSuffix(":show $3 --all") == true)
    #expect(session.lines(":show $1").last == "  ... 99,980 more (20 of 100,000): :show 3 --all")
    #expect(session.lines(":show $2").last?.contains("99,980 more (20 of 100,000)") == true)
    session("let sparse = []; sparse[5000000] = 1; for (let i = 0; i < 30; i++) sparse['k' + i] = i; 0")
    #expect(session.lines(":show sparse").last?.contains("11 more (20 of 31)") == true)
  }

  @Test func `a table of classes of an empty heap claims no share`() {
    let session = TestSession()
    #expect(session.lines(":heap --expert").last == "-- no classes: no objects made by you yet")
  }
}

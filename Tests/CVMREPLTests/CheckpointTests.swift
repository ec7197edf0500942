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

  @Test func `an image is kept at once, verified, and restored again and again`() {
    let session = TestSession("let p = {x: 1, next: null}; p.next = p", "let m = new Map([[p, [p]]])")
    let text = session(":checkpoint --image start --verify")
    #expect(text.contains("c1 start  image of") && text.contains("verified in a second machine"))
    for round in 0..<3 {
      session("m.get(p).push(\(round)); p.x = 'changed'")
      #expect(session(":restore start").contains("last object #5"))
      #expect(session("[p.x, p.next === p, m.get(p)[0] === p, m.get(p).length].join()").contains("'1,true,true,1'"))
    }
    session("({}) && 0")
    #expect(session.session.command(":checkpoint --image x /tmp/x.cvmsnap") == .usage)
  }

  @Test func `an image holds a program that waits for an answer`() {
    let session = TestSession("let said = [1, 2].map(n => CC('say ' + n))")
    session(":checkpoint --image asking")
    session(":answer a")
    session(":answer b")
    #expect(session("said.join()").contains("'a,b'"))
    #expect(session(":restore asking").contains("Paused at CC: say 1"))
    session(":answer c")
    session(":answer d")
    #expect(session("said.join()").contains("'c,d'"))
  }

  @Test(arguments: ["", "--image "])
  func `diff compares a checkpoint with now, with a statement and with another`(option: String) {
    let session = TestSession("let p = {x: 1}", "let q = [p, p]")
    session(":checkpoint \(option)before")
    session("p.x = 5")
    session("q.push({y: 2}); p = q[0]; var late = 1")
    session(":checkpoint \(option)after")
    let expected = [
      "  ~ late  1 added", "  ~ Object#1   .x  1 -> 5", "  ~ Array#2   .length  2 -> 3", "  ~           [2]  #3 added",
      "  + Object#3 {y: 2}",
    ]
    #expect(Array(session.lines(":diff before").dropFirst()) == expected)
    #expect(Array(session.lines(":diff before after").dropFirst()) == expected)
    #expect(session.lines(":diff before 3").dropFirst() == ["  ~ Object#1   .x  1 -> 5"])
    #expect(session.lines(":diff after now")[0].hasSuffix("no difference"))
    session(":restore before")
    #expect(session.lines(":diff before")[0].hasSuffix("no difference"))
    #expect(session(":diff after c1").contains("  - Object#3 {y: 2}"))
  }

  @Test func `diff compares with a file, where each object stands elsewhere`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/one.cvmsnap"
    let session = TestSession("let list = []; for (let i = 0; i < 50; i++) list.push({i, text: 'item ' + i})")
    session("({}); [1]; 0")
    session(":checkpoint \(file)")
    session("list[7].text += '!'; list.length = 49")
    #expect(
      session.lines(":diff \(file)").dropFirst() == [
        "  ~ Array#1   .length  50 -> 49", "  ~           [49]  #51 removed",
        "  ~ Object#9   .text  'item 7' -> 'item 7!'", "  - Object#51 {i: 49, text: 'item 49'}",
      ])
    #expect(session.session.command(":diff \(scratch.path)/none.cvmsnap") == .notFound)
    #expect(session.session.command(":diff befor") == .notFound)
  }

  @Test func `:reset and another heap do not confuse what an image is compared with`() {
    let session = TestSession("let a = {n: 1}", ":checkpoint --image one")
    session(":checkpoint --image one")
    session(":reset")
    session("let b = [{n: 1}], a = {n: 2}")
    #expect(session(":diff one").contains("a  #1 -> #3"))
  }

  /// What the heap of objects with ids is there for: an array of paths that many objects share.
  @Test func `an array shared from a hundred objects takes a tenth of the inline encoding, and stays one array`() throws
  {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/shared.cvmsnap"
    let session = TestSession(
      "const paths = []; for (let i = 0; i < 10000; i++) paths.push('/path/to/file' + i)",
      "const holders = []; for (let i = 0; i < 100; i++) holders.push({number: i, paths})")
    let sizes = try session.json(":checkpoint", argument: file)
    let portable = try #require(sizes["portable"] as? Int)
    let inline = try #require(sizes["inline"] as? Int)
    #expect(portable * 10 < inline)
    let other = TestSession()
    other(":restore \(file)")
    #expect(other("holders.every(h => h.paths === paths) && paths[9999]") == "$3 = '/path/to/file9999'\n")
    for id in [1, 2, 3, 102] {
      #expect(session(":show #\(id)") == other(":show #\(id)"))
    }
  }

  @Test func `both encodings are compared, with what nested values would lose`() throws {
    let session = TestSession("let p = {x: 1}, pts = [p, {q: p}], alone = [1]")
    let text = session(":checkpoint --compare")
    #expect(text.contains("portable  "))
    #expect(text.contains("inline    "))
    #expect(text.contains("Inline loses the identity of 1 object that several places hold"))
    #expect(text.contains("p and pts[0] would be two objects"))
    let json = try session.json(":checkpoint --compare")
    #expect(json["shared"] as? Int == 1)
    #expect(json["aliases"] as? [[String]] == [["p", "pts[0]"]])
    session("p.all = pts")
    #expect(session(":checkpoint --compare").contains("inline    impossible: p.all[0] is p"))
    let other = TestSession("let alone = [1]")
    #expect(other(":checkpoint --compare").contains("Nothing is lost"))
  }

  @Test func `the heap of a checkpoint is looked at beside the live one`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let list = [{x: 1, name: 'first'}]")
    session(":checkpoint before")
    session(":checkpoint \(scratch.path)/old.cvmsnap")
    session("list.push({x: 2, name: 'second'}); list[0].x = 7")
    #expect(session(":use before").contains("before: checkpoint"))
    #expect(session(":show list[0]").contains("x     1") || session(":show list[0]").contains("x: 1"))
    #expect(session("list.length").contains("2"))
    #expect(session(":use \(scratch.path)/old.cvmsnap").contains("old: checkpoint"))
    #expect(session(":strings first").contains("first"))
    #expect(session(":use live").contains("live heap"))
    #expect(session(":show list[0]").contains("7"))
    #expect(session(":diff old live").contains("+ "), "\(session(":diff old live"))")
    #expect(session.session.command(":use nothing.cvmsnap") == .notFound)
  }

  @Test func `growth is a table of classes over moments, what only grows first`() throws {
    let session = TestSession("class Line { constructor(n) { this.n = n } }; let log = [], temporary = {a: {}}")
    session(":checkpoint")
    session("log.push(new Line(1), new Line(2)); 0")
    session(":checkpoint")
    session("log.push(new Line(3)); temporary = null; 0")
    let rows = try #require(try session.json(":growth")["rows"] as? [[String: Any]])
    let line = try #require(rows.first { $0["class"] as? String == "Line" })
    #expect(line["c1"] as? Int == 0 && line["c2"] as? Int == 2 && line["now"] as? Int == 3)
    #expect(line["onlyGrows"] as? Bool == true)
    let flags = rows.filter { $0["class"] as? String != "(system)" }.compactMap { $0["onlyGrows"] as? Bool }
    #expect(flags == flags.sorted { $0 && !$1 })
    #expect(flags.contains(false))
    #expect(session(":growth c1 c2 --bytes").contains("Line"))
  }

  @Test func `a quick table counts what the exact one does`() throws {
    let session = TestSession(
      "class Point { constructor(x) { this.x = x } }",
      "let points = []; for (let i = 0; i < 500; i++) points.push(new Point(i)); 0",
      ":gc")
    let quick = try #require(try session.json(":heap --quick --all")["rows"] as? [[String: Any]])
    #expect(quick.first { $0["class"] as? String == "Point" }?["n"] as? Int == 500)
    let exact = try #require(try session.json(":heap --by objects")["rows"] as? [[String: Any]])
    let point = try #require(exact.first { $0["class"] as? String == "Point" })
    #expect(quick.first { $0["class"] as? String == "Point" }?["shallow"] as? Int == point["shallow"] as? Int)
  }
}

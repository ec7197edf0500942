import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Sessions as files.
@Suite struct SavedSessionTests {
  @Test func `a session goes on in another process with names, results and identity`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/lesson.cvms"
    let one = TestSession("let p = {x: 1}", "let pts = [p, p]", "class Node {}; new Node")
    one("nothing.there")
    #expect(one(":save \(file)").hasPrefix("\(file): 4 statements, "))
    let other = TestSession()
    let opened = other(":open \(file)").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(opened == "opened \(file): 4 statements, now at [3] on main")
    #expect(other("pts[0] === p && $1 === p && $2 === pts").contains("true"))
    #expect(other("p").contains("Object#1"))
    #expect(other(":refs p").contains("made by [1] let p = {x: 1}"))
    #expect(other("[4]").contains("Array#"))
    #expect(other(":history --session").contains("let pts = [p, p]"))
    #expect(other("_error.name").contains("'ReferenceError'"))
    other("p.x = 5")
    #expect(other(":undo").contains("undid [9] p.x = 5"))
  }

  @Test func `checkpoints and branches come with it, each with its heap`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/all.cvms"
    let one = TestSession("let a = [1]")
    one(":checkpoint one")
    one("a.push(2)")
    one(":checkpoint --image two")
    one(":fork idea")
    one("a.push(3); let onlyHere = {z: 1}")
    one(":save \(file)")
    let other = TestSession()
    let opened = other(":open \(file)").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(opened.contains("2 branches, 2 checkpoints, now at [3] on idea"))
    #expect(other("a.join()").contains("'1,2,3'"))
    #expect(other(":diff two").contains(".length  2 -> 3"))
    #expect(other(":diff one two").contains(".length  1 -> 2"))
    other(":switch main")
    #expect(other("a.join() + typeof onlyHere").contains("'1,2undefined'"))
    #expect(other("[9]").contains("Array#3"))
    #expect(other(":branches").contains("main [2]"))
    other(":restore one")
    #expect(other("a.join()").contains("'1'"))
    // And once more from there.
    let again = scratch.path + "/again.cvms"
    other(":save \(again)")
    let third = TestSession()
    third(":open \(again)")
    third(":restore two")
    #expect(third("a.join()").contains("'1,2'"))
    third(":switch idea")
    #expect(third("a.join()").contains("'1,2,3'"))
  }

  @Test func `a question waits in the file`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/asking.cvms"
    let one = TestSession("let said = [1, 2].map(n => CC('say ' + n))")
    one(":answer a")
    one(":save \(file)")
    let other = TestSession()
    #expect(other(":open \(file)").contains("Paused at CC: say 2"))
    other(":answer b")
    #expect(other("said.join()").contains("'a,b'"))
  }

  @Test func `what checkpoints have in common is written once`() throws {
    let scratch = try ScratchDirectory()
    let one = TestSession("let list = Array.from({length: 5000}, (_, i) => ({i, text: 'number ' + i})); 0")
    one(":checkpoint")
    let single = try one.json(":save", argument: scratch.path + "/single.cvms")["bytes"] as? Int ?? 0
    for round in 0..<8 {
      one("list[\(round * 600)].text = 'changed'")
      one(":checkpoint \(round % 2 == 0 ? "--image" : "")")
    }
    let many = try one.json(":save", argument: scratch.path + "/many.cvms")["bytes"] as? Int ?? 0
    #expect(single > 50_000 && many < 2 * single, "\(single) \(many)")
  }

  @Test func `a file that is damaged is refused, and the session stays`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/good.cvms"
    let session = TestSession("let a = [1, 2]", "let b = 'text'")
    session(":checkpoint")
    session(":save \(file)")
    let good = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    session("a.push(3)")
    var generator = SeededGenerator(seed: 7)
    for round in 0..<200 {
      var bytes = good
      switch round % 3 {
      case 0:
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8(
          1 << Int.random(in: 0..<8, using: &generator))
      case 1: bytes.removeLast(Int.random(in: 1...bytes.count, using: &generator))
      default: bytes += [UInt8](repeating: 0, count: Int.random(in: 1...100, using: &generator))
      }
      let bad = scratch.path + "/bad.cvms"
      try Data(bytes).write(to: URL(fileURLWithPath: bad))
      #expect(session.session.command(":open \(bad)") == .error)
      let message = session.errors
      #expect(message.contains("bad.cvms"), "\(message)")
    }
    #expect(session("a.length").contains("3"))
    #expect(session.session.command(":open \(scratch.path)/none.cvms") == .notFound)
  }

  @Test func `a checkpoint is no session, and says what to do`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let a = [1]")
    session(":save \(scratch.path)/a.cvms")
    #expect(session.session.command(":restore \(scratch.path)/a.cvms") == .error)
    #expect(session.errors.contains("is a saved session: :open"))
  }

  @Test func `without a name it goes into its own file`() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/own.cvms"
    let session = TestSession("let a = 1")
    #expect(session.session.command(":save") == .usage)
    session(":save \(file)")
    session("a = 2")
    #expect(session(":save").hasPrefix(file))
    let other = TestSession()
    other(":open \(file)")
    #expect(other("a").contains("2"))
  }

  @Test func `the statement that crosses the budget is named, once`() {
    let session = TestSession("let list = []")
    #expect(session(":budget 20KB").contains("of 20.0 KB."))
    session("list.push('small')")
    #expect(session.errors.isEmpty)
    session("for (let i = 0; i < 3000; i++) list.push({i, text: 'entry ' + i})")
    #expect(session.errors.contains("Over the budget"))
    session("list.push(1)")
    #expect(session.errors.isEmpty)
    #expect(session(":budget").contains("more than the budget"))
    session(":undo 2")
    session("list.push(2)")
    session("for (let i = 0; i < 3000; i++) list.push({i, text: 'entry ' + i})")
    #expect(session.errors.contains("Over the budget"))
    #expect(session(":budget off") == "No budget.\n")
    #expect(session.session.command(":budget much") == .usage)
  }

  @Test func `growth by stores into old cells crosses the budget, too`() {
    let session = TestSession("let list = Array(4000).fill(0); 0")
    session(":budget 20KB")
    session("for (let i = 0; i < list.length; i++) list[i] = Math.sqrt(i)")
    #expect(session.errors.contains("Over the budget"))
  }
}

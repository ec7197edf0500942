import CVMTestSupport
import Testing

@testable import CVMREPL

/// Branches as a person at the prompt meets them.
@Suite struct BranchTests {
  @Test func `a fork leaves the branch behind as it was, with what had been undone`() {
    let session = TestSession("let p = {x: 1}", "let pts = [p]", "pts.push(2)")
    session(":undo")
    #expect(session(":fork idea").hasPrefix("now on branch idea at [2]; main stays at [3]."))
    session("pts.push({y: 9}, 8, 7)")
    #expect(session("pts.length").contains("= 4"))
    #expect(session(":switch main").hasPrefix("now on branch main at [3]"))
    #expect(session("pts.length").contains("= 2"))
    #expect(session("pts[0] === p").contains("true"))
    session(":switch idea")
    #expect(session("pts.length").contains("= 4"))
  }

  @Test func `an id is given once in all branches`() {
    let session = TestSession("let a = [1]")
    session(":fork idea")
    #expect(session("let b = [2]").contains("Array#2"))
    session(":switch main")
    #expect(session("let c = [3]").contains("Array#3"))
    session(":switch idea")
    #expect(session("let d = [4]").contains("Array#4"))
    #expect(session(":refs b").contains("made by [2]"))
    #expect(session(":refs d").contains("made by [4]"))
  }

  @Test func `what came before the fork can be undone on both branches`() {
    let session = TestSession("let a = [1]", "a.push(2)", "a.push(3)")
    session(":fork idea")
    session("a.push(4)")
    session(":undo 3")
    #expect(session("a.join()").contains("'1'"))
    session(":switch main")
    #expect(session("a.join()").contains("'1,2,3'"))
    session(":undo")
    #expect(session("a.join()").contains("'1,2'"))
    session(":switch idea")
    session(":redo 3")
    #expect(session("a.join()").contains("'1,2,3,4'"))
  }

  @Test func `each branch has its results and its error`() {
    let session = TestSession("[1]", "[2]")
    session(":fork idea")
    #expect(session("'idea'").hasPrefix("$3"))
    session("nothing.there")
    session(":switch main")
    #expect(session("'main'").hasPrefix("$3"))
    #expect(session("$1[0] + $2[0]").contains("= 3"))
    session(":switch idea")
    #expect(session("$3").contains("'idea'"))
  }

  @Test func `diff compares branches, by identity`() {
    let session = TestSession("let p = {x: 1}")
    session(":fork idea")
    session("p.x = 2")
    #expect(session(":diff main").contains("~ Object#1   .x  1 -> 2"))
    #expect(session(":diff idea main").contains("~ Object#1   .x  2 -> 1"))
    session("let q = [p]")
    #expect(session(":diff main").contains("+ Array#2"))
  }

  @Test func `a question waits on each branch for its own answer`() {
    let session = TestSession("let said = [1, 2].map(n => CC('say ' + n))")
    session(":fork other")
    session(":answer a")
    session(":answer b")
    session("let extra = {}")
    #expect(session(":switch main").contains("Paused at CC: say 1"))
    session(":answer c")
    session(":answer d")
    #expect(session("said.join()").contains("'c,d'"))
    #expect(session("[{}]").contains("Array#"))
    session(":switch other")
    #expect(session("said.join()").contains("'a,b'"))
    #expect(session(":refs extra").contains("made by [2] let extra"))
  }

  @Test func `a question can be answered again after the answer is taken back`() {
    let session = TestSession("let name = CC('who?')")
    session(":answer wrong")
    #expect(session("name").contains("'wrong'"))
    session(":undo")
    session(":answer right")
    #expect(session("name").contains("'right'"))
  }

  @Test func `branches are listed and given up`() throws {
    let session = TestSession("let a = [1]")
    session(":fork idea")
    session("a.push(2)")
    let lines = session.lines(":branches")
    #expect(lines.contains { $0.contains(" main") && $0.contains("[1]") })
    #expect(lines.contains { $0.contains(">idea") && $0.contains("[2]") && $0.contains("main [1]") })
    #expect(session.session.command(":branches --drop idea") == .usage)
    #expect(session.session.command(":branches --drop none") == .notFound)
    session(":branches --drop main")
    #expect(session.session.command(":switch main") == .notFound)
    #expect(session("a.length").contains("2"))
  }

  @Test func `names that cannot be are refused`() {
    let session = TestSession("let a = [1]")
    session(":checkpoint keep")
    for name in ["main", "now", "12", "a b", "a/b", "keep", "c1"] {
      #expect(session.session.command(":fork \(name)") == .usage, "\(name)")
    }
    #expect(session.session.command(":switch mian") == .notFound)
    #expect(session.errors.contains("Did you mean main ?"))
  }

  @Test func `a checkpoint of one branch is restored on another`() {
    let session = TestSession("let a = [1]")
    session(":fork idea")
    session("a.push(2)")
    session(":checkpoint two")
    session(":switch main")
    session("a.push(3, 4)")
    session(":restore two")
    #expect(session("a.join()").contains("'1,2'"))
    session(":switch idea")
    #expect(session("a.join()").contains("'1,2'"))
    session("a.push(5)")
    session(":switch main")
    #expect(session("a.join()").contains("'1,2'"))
  }

  @Test func `collections on one branch free nothing of another`() {
    let session = TestSession("let big = Array.from({length: 2000}, (_, i) => ({i, text: 'n' + i}))", "big.length = 5")
    session(":fork idea")
    session("big = null; 0")
    for _ in 0..<3 { session(":gc") }
    session("let other = Array.from({length: 3000}, (_, i) => ({z: i}))")
    session(":undo 2")
    #expect(session("big.length + big[4].text").contains("'5n4'"))
    session(":undo 1")
    #expect(session("big.length + big[1999].text").contains("'2000n1999'"))
    session(":switch main")
    for _ in 0..<3 { session(":gc") }
    session(":undo")
    #expect(session("big.length + big[1999].text").contains("'2000n1999'"))
  }
}

import CVMTestSupport
import Testing

@testable import CVMREPL

/// What `:upgrade` says of a paused program and a newer version of its file.
@Suite struct UpgradeTests {
  private static let program = """
    let limit = 3;
    const greet = name => 'hello ' + name;
    function ask(n) {
      const answer = CC('number ' + n);
      return answer;
    }
    function counter() {
      let count = 0;
      return () => ++count;
    }
    function helper() { return 1 }
    function* numbers() { yield 1; yield 2 }
    const next = counter(), more = counter(), list = numbers();
    list.next();
    function main() { return ask(limit) + greet('x') }

    """

  private let scratch: ScratchDirectory
  private let session = TestSession()

  init() throws {
    scratch = try ScratchDirectory()
    let file = try scratch.write("program.js", Self.program)
    session(":load \(file)")
    #expect(session.errors.contains("number 3"))
  }

  /// What is said of what has a name: whether it carries over, and why.
  private func verdicts(_ text: String) throws -> [String: String] {
    let file = try scratch.write("program.js", text)
    let answer = try session.json(":upgrade \(file)")
    #expect(session.errors == "")
    let rows = try #require(answer["rows"] as? [[String: Any]])
    return Dictionary(
      rows.map { row in
        func text(_ name: String) -> String { row[name].map { "\($0)" } ?? "" }
        return ("\(text("what")) \(text("name"))", "\(text("carries")): \(text("why"))")
      }, uniquingKeysWith: { $0 == $1 ? $0 : "\($0) / \($1)" })
  }

  @Test func `the same text carries over as a whole, wherever its functions stand`() throws {
    let all = try verdicts("\n\n// a remark\n" + Self.program)
    #expect(Set(all.values) == ["yes: as before"])
    #expect(
      all.keys.sorted() == [
        "frame (top level)", "frame ask", "frame main", "function (function)", "function ask", "function counter",
        "function greet", "function helper", "function main", "function numbers", "generator numbers",
      ])
  }

  @Test func `changed code is taken by functions and not by frames`() throws {
    let text = Self.program.replacing("return answer;", with: "return answer + 1;")
      .replacing("'hello ' + name", with: "'good day ' + name").replacing("yield 2", with: "yield 3")
    let all = try verdicts(text)
    #expect(all["frame ask"] == "no: inside of changed code")
    #expect(all["function ask"] == "yes: next call: new code")
    #expect(all["function greet"] == "yes: next call: new code")
    #expect(all["generator numbers"] == "no: inside of changed code")
    #expect(all["frame main"] == "yes: as before")
  }

  @Test func `functions that lack a variable, are gone or are of another kind stay as they are`() throws {
    let text = Self.program.replacing("let count = 0;", with: "let count = 0, step = 2;")
      .replacing("() => ++count", with: "() => count += step").replacing("function helper() { return 1 }", with: "")
      .replacing("function main() {", with: "function extra() {}\nfunction main() {")
      .replacing("function ask", with: "function* ask")
    let all = try verdicts(text)
    #expect(all["function (function)"] == "no: holds no step")
    #expect(all["function helper"] == "no: gone")
    #expect(all["function ask"] == "no: another kind of function")
    #expect(all["frame ask"] == "no: another kind of function")
    let file = try scratch.write("program.js", text)
    #expect(session(":upgrade \(file)").contains("New in the file: extra."))
  }

  @Test func `a restored checkpoint knows as much, and nothing is changed`() throws {
    let saved = scratch.path + "/paused.cvmsnap"
    session(":checkpoint \(saved)")
    let other = TestSession()
    other(":open \(saved)")
    let file = try scratch.write("program.js", Self.program.replacing("return answer;", with: "return answer + 1;"))
    let said = other(":upgrade \(file)")
    #expect(said == session(":upgrade \(file)"))
    #expect(said.contains("inside of changed code"))
    other(":answer 4")
    #expect(other("_").contains("'4hello x'"))
  }

  @Test func `what is no program, and what nothing is from, is said`() throws {
    let bad = try scratch.write("program.js", "let a = ;\n")
    session(":upgrade \(bad)")
    let errors = session.errors
    #expect(errors.contains("program.js:1") && errors.contains("^"))
    let other = try scratch.write("other.js", "1\n")
    session(":upgrade \(other)")
    #expect(session.errors.contains("Nothing in this heap is from other.js"))
  }
}

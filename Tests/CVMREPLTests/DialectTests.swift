import Testing

@testable import CVMREPL

/// The dialect `cvm1` at the prompt: chosen for what is typed from now on.
@Suite struct DialectTests {
  @Test func `the setting says how code behaves that is typed afterwards`() {
    let session = TestSession("let kind = value => typeof value")
    #expect(session("typeof []").contains("'object'"))
    #expect(session(":set dialect").contains("js"))
    session(":set dialect cvm1")
    #expect(session.errors == "")
    #expect(session("typeof []").contains("'array'"))
    // A function keeps the dialect in which it was written.
    #expect(session("kind([])").contains("'object'"))
    session("let oldKind = value => typeof value")
    session(":set dialect js")
    #expect(session("oldKind([])").contains("'array'"))
    #expect(session("typeof []").contains("'object'"))
    session(":set dialect perl")
    #expect(session.errors.contains("needs one of js, cvm1"))
  }

  @Test func `built-ins behave as the code that calls them expects`() {
    let session = TestSession("let text = '{'", "let parse = JSON.parse")
    session(":set dialect cvm1")
    session("let parseOld = text => JSON.parse(text)")
    session("let keysOld = value => Object.keys(value)")
    session(":set dialect js")
    #expect(session("parseOld(text)").contains("null"))
    #expect(session("keysOld([1])").contains("null"))
    #expect(session("[text].map(parseOld)[0]").contains("null"))
    session("parse(text)")
    #expect(session.errors.contains("SyntaxError"))
    #expect(session("Object.keys([1])").contains("[ '0' ]") || session("Object.keys([1])").contains("'0'"))
  }

  @Test func `variables of earlier statements may be declared again and assigned`() {
    let session = TestSession()
    session(":set dialect cvm1")
    session("const limit = 1")
    session("limit = 2")
    session("const limit = limit + 1")
    #expect(session("limit").contains("3"))
    #expect(session("neverDeclared") == "undefined\n")
    #expect(session.errors == "")
  }

  @Test func `a constant of the other dialect stays one`() {
    let session = TestSession("const fixed = 1")
    session(":set dialect cvm1")
    session("fixed = 2")
    #expect(session.errors.contains("TypeError"))
    #expect(session("fixed").contains("1"))
  }

  @Test func `a first line decides for its statement`() {
    let session = TestSession()
    #expect(session("// @dialect cvm1\ntypeof null").contains("'null'"))
    #expect(session("typeof null").contains("'object'"))
    session(":set dialect cvm1")
    #expect(session("// @dialect js\ntypeof null").contains("'object'"))
  }

  // MARK: CC after an error

  private func asking(_ code: String, answers: [String] = []) -> TestSession {
    let session = TestSession { options in
      _ = options.chooseDialect("cvm1")
      options.answers = answers
    }
    session(code)
    return session
  }

  @Test func `an error in a prompt becomes the question`() {
    for (prompt, text) in [
      ("1 / 0", "Division by zero"),
      ("'total: ' + 1 / 0", "Division by zero"),
      ("null.name", "Cannot read properties of null (reading 'name')"),
      ("missing()", "missing is not a function"),
      ("(() => { throw new RangeError('out of range') })()", "out of range"),
      ("(() => { throw 'plain text' })()", "plain text"),
      ("(() => { throw new Error })()", "Error"),
      ("(() => { throw Symbol('s') })()", "Symbol(s)"),
      ("[1].map(x => x.y.z)", "Cannot read properties of undefined (reading 'z')"),
      ("'x'.repeat(-1)", "Invalid count value: -1"),
    ] {
      let session = asking("CC(\(prompt))")
      #expect(session.errors.contains("Paused at CC: ERROR: \(text). How should I proceed?"), "\(prompt)")
      #expect(session(":answer go on").contains("'go on'"), "\(prompt)")
    }
  }

  @Test func `a prompt that can be computed is asked as it is`() {
    let session = asking("CC('What is ' + 6 / 2 + '?')")
    #expect(session.errors.contains("Paused at CC: What is 3?"))
  }

  @Test func `an error elsewhere is an error`() {
    let session = asking("let y = 1 / 0; CC('never asked')")
    #expect(session.errors.contains("Division by zero"))
    #expect(session.session.waiting == nil)
  }

  @Test func `the innermost question is the one that is asked`() {
    let session = asking("CC('outer ' + CC(1 / 0))", answers: ["inner"])
    #expect(session.errors.contains("Paused at CC: outer inner"))
  }

  @Test func `a surrounding try does not see the error`() {
    let session = asking(
      "let log = []; try { log.push(CC(1 / 0)) } catch (e) { log.push('caught') } finally { log.push('done') }",
      answers: ["answered"])
    #expect(session("log.join()").contains("'answered,done'"))
  }

  @Test func `in JavaScript the error is thrown`() {
    let session = TestSession("CC(null.name)")
    #expect(session.errors.contains("TypeError"))
    #expect(session.session.waiting == nil)
  }

  @Test func `it works inside of callbacks and generators, and can be undone`() {
    let session = asking(
      "let results = [1, 0].map(n => { for (const x of [4]) return CC(x / n) })", answers: ["first"])
    #expect(session.errors.contains("Paused at CC: ERROR: Division by zero. How should I proceed?"))
    session(":answer second")
    #expect(session("results.join()").contains("'first,second'"))
    session("function* ask() { yield CC(null.x) }")
    session("let asked = [...ask()]")
    #expect(session.errors.contains("ERROR: Cannot read"))
    session(":answer third")
    #expect(session("asked[0]").contains("'third'"))
    #expect(session(":undo 1").contains("undid"))
    #expect(session.session.waiting != nil)
    session(":answer fourth")
    #expect(session("asked[0]").contains("'fourth'"))
  }
}

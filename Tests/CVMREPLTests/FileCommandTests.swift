import CVMRuntime
import CVMTestSupport
import Testing

@testable import CVMREPL

/// Files as statements at the prompt read and write them.
@Suite struct FileCommandTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func session(_ statements: String...) throws -> TestSession {
    let session = TestSession()
    try session.session.openSandbox([scratch.path])
    for statement in statements { session(statement) }
    return session
  }

  @Test func `what was written is named when it can't be undone`() throws {
    let session = try session("fs.writeFile('a.txt', 'text')")
    #expect(session(":undo").contains("a.txt written"))
    #expect(session("fs.readFile('a.txt')").contains("'text'"))
    session("for (const n of [1, 2]) fs.writeFile(`b${n}.txt`, ''); console.log('x')")
    let text = session(":undo")
    #expect(text.contains("1 line printed"))
    #expect(text.contains("b1.txt") && text.contains("b2.txt"))
  }

  @Test func `a statement that fails says what it wrote`() throws {
    let session = try session("let x = 1; fs.writeFile('a.txt', 'text'); null.x")
    #expect(session.errors.contains("a.txt"))
    #expect(session("fs.readFile('a.txt')").contains("'text'"))
  }

  @Test func `effects name the files`() throws {
    let session = try session()
    session(":fx on")
    #expect(session("fs.writeFile('c.txt', '')").contains("wrote "))
  }

  @Test func `the setting opens and closes folders`() throws {
    _ = try scratch.write("a.txt", "text")
    let session = TestSession()
    #expect(session("fs.readFile('a.txt')").contains("null"))
    session(":set sandbox \(scratch.path)")
    #expect(session.errors == "")
    #expect(session("fs.readFile('a.txt')").contains("'text'"))
    #expect(session(":set sandbox").contains("cvm-test"))
    session(":set sandbox none")
    #expect(session("fs.readFile('a.txt')").contains("null"))
    session(":set sandbox /missing/folder")
    #expect(session.errors.contains("/missing/folder"))
  }

  @Test func `a reset keeps the folders, the session's standard input is not the program's`() throws {
    _ = try scratch.write("a.txt", "text")
    let session = try session()
    session(":reset")
    #expect(session("fs.readFile('a.txt')").contains("'text'"))
    #expect(session("fs.readFile('-')").contains("null"))
  }

  @Test func `rights do not come from a checkpoint`() throws {
    _ = try scratch.write("a.txt", "text")
    let session = try session("let read = () => fs.readFile('a.txt')", "let { writeFile } = fs")
    #expect(session("read()").contains("'text'"))
    session(":checkpoint \(scratch.path)/kept.cvmsnap")
    #expect(session.errors == "")
    let other = TestSession()
    other(":restore \(scratch.path)/kept.cvmsnap")
    #expect(other.errors == "")
    #expect(other("read()").contains("null"))
    #expect(other("writeFile('a.txt', 'changed')").contains("false"))
    try other.session.openSandbox([scratch.path])
    #expect(other("read()").contains("'text'"))
  }

  @Test func `arguments are converted, odd ones are refused`() throws {
    let session = try session("fs.writeFile({ toString: () => 'o.txt' }, 42)")
    #expect(session("fs.readFile('o.txt')").contains("'42'"))
    #expect(session("fs.writeFile('lone\\ud800.txt', 'x')").contains("false"))
    #expect(session("fs.readFile('lone\\ud800.txt')").contains("null"))
    #expect(session("fs.writeFile('u.txt', 'é😀')").contains("true"))
    #expect(session("fs.readFile('u.txt').length").contains("3"))
    #expect(session("fs.listFiles().length").contains("2"))
    #expect(session("fs.listFiles('.', { filter: { toString: () => 'o*' } }).length").contains("1"))
    #expect(session("fs.listFiles({ get x() { return 1 }, toString() { return '.' } }, null).length").contains("2"))
    session("fs.readFile(Symbol())")
    #expect(session.errors.contains("TypeError"))
  }
}

import CVMTestSupport
import Glibc
import Testing

/// Input that is wrong, huge or endless gets a clear message; a session goes on after it.
@Suite struct BadInputTests {
  /// Statements after the bad input that show that the session and its heap are sound.
  private static let epilogue = "\n:gc\nconsole.log('alive ' + kept.length)\n"

  private func session(_ input: String) throws -> Subprocess.Outcome {
    try session(Array(input.utf8))
  }

  private func session(_ input: [UInt8], _ arguments: [String] = []) throws -> Subprocess.Outcome {
    var process = BuiltProgram.process(arguments)
    process.environment["CVM_VERIFY"] = "1"
    process.input = Array("let kept = [1, { two: 2 }, 'three']\n".utf8) + input + Array(Self.epilogue.utf8)
    process.timeout = .seconds(300)
    return try process.run()
  }

  private func expectAlive(_ outcome: Subprocess.Outcome) {
    guard case .exited = outcome.ending else {
      Issue.record("the session ended with \(outcome.ending): \(outcome.errors.suffix(1000))")
      return
    }
    #expect(outcome.outputLines.contains("alive 3"), "\(outcome.output.suffix(1000))\(outcome.errors.suffix(1000))")
  }

  @Test(arguments: [
    "%%%&&& ((", "let 1x = 2", "@@@", "\u{1F600} = 1", "'unclosed", "}", "]])", "#private", "\\u{110000}", "1..2..3",
    "let a = 08", "function (", "=> => =>", "/unclosed[", "if (", ":", ":::", ":heap --nope", ":refs", ":show",
    ":refs #", ":refs 99999999999999999999", ":disasm", ":disasm nope", ":load", ":load /nowhere/at/all.js",
    "heap(999)", "\u{0}\u{1}\u{2}", "\u{FEFF}\u{2028}", "\r\r\n", "\t",
  ])
  func `nonsense is answered and the session goes on`(input: String) throws {
    let outcome = try session(input + "\n;")
    expectAlive(outcome)
  }

  @Test func `binary input is answered`() throws {
    var random = SeededGenerator(seed: 2024)
    let bytes = (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let outcome = try session(bytes + Array("\n`*/\n".utf8))
    guard case .exited = outcome.ending else {
      Issue.record("ended with \(outcome.ending): \(outcome.errors.suffix(1000))")
      return
    }
    #expect(!outcome.errors.isEmpty)
  }

  @Test func `a binary file is refused`() throws {
    let scratch = try ScratchDirectory()
    var random = SeededGenerator(seed: 7)
    let bytes = [0x7F, 0x45, 0x4C, 0x46] + (0..<50_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let outcome = try BuiltProgram.run(["run", scratch.write("binary.js", bytes: bytes)])
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("SyntaxError"))
    #expect(outcome.errors.utf8.count < 20_000)
  }

  @Test func `a line of 100 MB is answered`() throws {
    let line = Array(repeating: UInt8(ascii: "a"), count: 100 << 20)
    let outcome = try session(line)
    expectAlive(outcome)
    #expect(outcome.errors.utf8.count < 20_000)
  }

  @Test(arguments: ["(", "[", "{", "`${", "(()=>", "[...[", "a?", "!", "- ", "if(1)", "x=>{", "new ", "{a:"])
  func `100,000 open brackets are answered`(opening: String) throws {
    let outcome = try session(String(repeating: opening, count: 100_000) + "\n;\n`\n*/;")
    guard case .exited = outcome.ending else {
      Issue.record("ended with \(outcome.ending): \(outcome.errors.suffix(1000))")
      return
    }
    #expect(!outcome.errors.isEmpty)
    #expect(outcome.errors.utf8.count < 20_000)
  }

  @Test(arguments: [("let a = 1; console.log(", "a", "+a", ")", "100000"), ("console.log((", "1", ",1", "))", "1")])
  func `an expression of 100,000 terms runs`(parts: (String, String, String, String, String)) throws {
    let text = parts.0 + parts.1 + String(repeating: parts.2, count: 99_999) + parts.3
    let outcome = try session(text)
    expectAlive(outcome)
    #expect(outcome.outputLines.contains(parts.4), "\(outcome.errors.suffix(1000))")
  }

  @Test func `a chain of 10,000 else-ifs runs`() throws {
    let chain = (0..<10_000).map { "if (n === \($0)) r = \($0); else " }.joined()
    let outcome = try session("let n = 9999, r; \(chain) r = -1; console.log('r', r)")
    expectAlive(outcome)
    #expect(outcome.outputLines.contains("r 9999"), "\(outcome.errors.suffix(1000))")
  }

  @Test func `recursion beyond the stack limit is a RangeError that can be caught`() throws {
    let outcome = try session(
      """
      function down(n) { return n === 0 ? 0 : 1 + down(n - 1); }
      console.log(down(200000));
      function endless() { return endless() + 1; }
      try { endless(); } catch (e) { console.log(e instanceof RangeError, e.message); }
      endless();
      """)
    expectAlive(outcome)
    #expect(outcome.outputLines.contains("200000"))
    #expect(outcome.outputLines.contains("true Maximum call stack size exceeded"))
    #expect(outcome.errors.contains("RangeError: Maximum call stack size exceeded"))
  }

  @Test func `recursion of a million frames succeeds`() throws {
    let outcome = try BuiltProgram.run(
      ["-e", "const down = (n) => n === 0 ? 0 : 1 + down(n - 1); console.log(down(1000000))"])
    #expect(outcome.output == "1000000\n", "\(outcome.errors)")
  }

  // MARK: - Limits

  @Test func `a step limit ends an endless loop with status 4`() throws {
    let outcome = try BuiltProgram.run(["--max-steps", "1000000", "-e", "for (;;);"])
    #expect(outcome.ending == .exited(4))
    #expect(outcome.errors.contains("step"))
  }

  @Test func `a limit is not caught by the program`() throws {
    let outcome = try BuiltProgram.run(
      [
        "--max-steps", "1000000", "-e",
        "try { for (;;); } catch { console.log('caught') } finally { console.log('f') }",
      ])
    #expect(outcome.ending == .exited(4))
    #expect(outcome.output == "")
  }

  @Test(arguments: [
    "let a = []; for (;;) a.push({ x: a.length })",
    "let a = [1]; for (;;) a = a.concat(a)", "let m = new Map(); for (let i = 0;; i++) m.set(i, [i])",
    "Array(4294967295).fill(0)",
    "let o = {}; for (let i = 0;; i++) o['k' + i] = i",
  ])
  func `an allocation bomb ends at the heap limit`(code: String) throws {
    let outcome = try BuiltProgram.run(["--max-heap", "64MB", "-e", code])
    #expect(outcome.ending == .exited(4), "\(outcome.errors)")
    #expect(outcome.errors.contains("heap"))
    #expect(outcome.maximumResidentBytes < 400 << 20)
  }

  @Test(arguments: ["let s = 'x'; for (;;) s += s", "'x'.repeat(2 ** 30)", "'ab'.padEnd(2 ** 30)"])
  func `a string that would be too long is a RangeError`(code: String) throws {
    let outcome = try BuiltProgram.run(["-e", code])
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("RangeError: Invalid string length"), "\(outcome.errors)")
  }

  @Test func `a time limit ends an endless loop with status 4`() throws {
    let outcome = try BuiltProgram.run(["--max-time", "200ms", "-e", "for (;;);"])
    #expect(outcome.ending == .exited(4))
    #expect(outcome.errors.contains("time"))
  }

  @Test func `an output limit ends a flood`() throws {
    let outcome = try BuiltProgram.run(["--max-output", "1MB", "-e", "for (;;) console.log('flood')"])
    #expect(outcome.ending == .exited(4))
    #expect(outcome.output.utf8.count <= 2 << 20)
  }

  @Test(arguments: [
    "for (;;);", "while (true) { try { null.x } catch {} }", "const f = () => { for (;;) [1, 2].map((x) => x) }; f()",
    "[3, 2, 1].sort(() => { for (;;); })", "try { for (;;); } finally { for (;;); }",
  ])
  func `an interrupt ends an endless loop with status 130`(code: String) throws {
    let running = try BuiltProgram.process(["-e", "console.log('started')", "-e", code]).start()
    let started = running.waitForOutput(containing: "started")
    #expect(started)
    running.send(signal: SIGINT)
    let outcome = running.wait()
    #expect(outcome.ending == .exited(130))
  }

  @Test func `a closed pipe ends quietly`() throws {
    var process = Subprocess("/bin/sh", ["-c", "\"$0\" -e 'for (;;) console.log(1)' | head -n 1", BuiltProgram.path])
    process.timeout = .seconds(60)
    let outcome = try process.run()
    #expect(outcome.output == "1\n")
    #expect(outcome.errors == "")
  }
}

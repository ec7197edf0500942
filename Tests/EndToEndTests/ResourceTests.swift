import CVMTestSupport
import Testing

/// Memory that programs may take.
@Suite struct ResourceTests {
  @Test func `a million objects of three properties take less than 150 MB`() throws {
    let outcome = try BuiltProgram.run(
      [
        "-e",
        "let all = []; for (let i = 0; i < 1000000; i++) all.push({ id: i, left: i + 1, right: i * 2 });"
          + "console.log(all.length)",
      ])
    #expect(outcome.output == "1000000\n")
    #expect(outcome.maximumResidentBytes < 150 << 20)
  }

  @Test func `native work within the step limit is done, and work beyond it ends the program`() throws {
    let text = "let o = 1; for (let i = 0; i < 300; i++) o = [o]; console.log(JSON.stringify(o).length)"
    #expect(try BuiltProgram.run(["--max-steps", "1000", "-e", text]).output == "601\n")
    let outcome = try BuiltProgram.run(["--max-steps", "200", "-e", text])
    #expect(outcome.ending == .exited(4))
  }

  @Test func `garbage is collected while the program runs`() throws {
    let outcome = try BuiltProgram.run(
      ["-e", "let last; for (let i = 0; i < 5000000; i++) last = { i, before: [i] }; console.log(last.i)"])
    #expect(outcome.output == "4999999\n")
    #expect(outcome.maximumResidentBytes < 100 << 20)
  }
}

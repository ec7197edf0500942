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

  @Test func `garbage is collected while the program runs`() throws {
    let outcome = try BuiltProgram.run(
      ["-e", "let last; for (let i = 0; i < 5000000; i++) last = { i, before: [i] }; console.log(last.i)"])
    #expect(outcome.output == "4999999\n")
    #expect(outcome.maximumResidentBytes < 100 << 20)
  }
}

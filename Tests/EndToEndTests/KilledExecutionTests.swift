import CVMTestSupport
import Foundation
import Testing

/// Executions whose processes are killed while they take answers.
@Suite struct KilledExecutionTests {
  /// How often a process is killed: some times, or as often as `CVM_KILLS` says.
  private static let kills = ProcessInfo.processInfo.environment["CVM_KILLS"].flatMap { Int($0) } ?? 12

  private static let program = """
    const list = [];
    for (let answer; (answer = CC('question ' + list.length)) !== 'end'; ) {
      list.push({number: list.length, answer, text: 'entry '.repeat(20)});
      console.log(list.length - 1, answer);
      if (list.some((entry, i) => entry.number !== i || entry.answer !== 'a' + i)) throw new Error('lost ' + answer);
    }

    """

  private func process(_ place: String, _ arguments: String...) -> Subprocess {
    BuiltProgram.process(arguments + ["--store", place])
  }

  /// How many answers an execution has taken, after it was checked that nothing of it is missing or there twice.
  private func answerCount(_ place: String) throws -> Int {
    let shown = try process(place, "executions", "show", "demo", "--json").run()
    #expect(shown.ending == .exited(0), "\(shown.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(shown.output.utf8))
    let members = try #require(value as? [String: Any])
    let answers = try #require(members["answers"] as? [[String: String]])
    for (number, entry) in answers.enumerated() {
      #expect(entry == ["question": "question \(number)", "answer": "a\(number)"])
    }
    #expect(members["question"] as? String == "question \(answers.count)")
    #expect(members["output"] as? String == Self.output(0..<answers.count))
    return answers.count
  }

  private static func output(_ numbers: Range<Int>) -> String { numbers.map { "\($0) a\($0)\n" }.joined() }

  @Test(arguments: ["folder", "sqlite:file.db"])
  func `a kill at any moment loses no answer and takes none twice`(_ store: String) throws {
    let scratch = try ScratchDirectory()
    let place = store.hasPrefix("sqlite:") ? "sqlite:\(scratch.path)/file.db" : "\(scratch.path)/\(store)"
    let file = try scratch.write("program.js", Self.program)
    #expect(try process(place, "run", file, "--id", "demo").run().ending == .exited(5))
    var generator = SeededGenerator(seed: UInt64(Self.kills))
    var count = 0
    for round in 0..<Self.kills {
      let sent = count..<count + 4
      let answers = sent.flatMap { ["--answer", "a\($0)"] }
      var resume = process(place, "resume", "demo")
      resume.arguments += answers
      let running = try resume.start()
      usleep(UInt32.random(in: 0...40_000, using: &generator))
      running.send(signal: SIGKILL)
      _ = running.wait()
      let next = try answerCount(place)
      try #require((count...count + 4).contains(next), "round \(round)")
      count = next
    }
    var last = process(place, "resume", "demo")
    last.arguments += ["--answer", "a\(count)", "--answer", "end"]
    let outcome = try last.run()
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    #expect(outcome.output == Self.output(count..<count + 1))
  }
}

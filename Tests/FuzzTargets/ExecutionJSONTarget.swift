import CVMRuntime
import CVMSnapshot
import CVMText

extension FuzzTarget {
  /// Execution JSON: it is refused with a place, or it opens as a sound heap that is written as text that opens again.
  static let executionJSON = FuzzTarget(
    "execution-json",
    words: [
      "\"$ref\":", "\"heap\":", "\"objects\":", "\"nextId\":", "\"stack\":", "\"pc\":", "\"variables\":", "\"kind\":",
      "null",
      "true", "false", "-0", "1e999", "4294967295", "9007199254740993", "\"$", "{}", "[]",
    ],
    seeds: {
      try Samples.machines().map { try ExecutionJSON.text(of: Checkpoint($0, withNotes: true)) }
        + Corpus.fixtures(".json")
    }
  ) { bytes in
    guard let machine = try? restored(bytes) else { return }
    if let text = try? ExecutionJSON.text(of: Checkpoint(machine, withNotes: true)) {
      do {
        let again = try restored(text)
        require(
          try Checkpoint(again).hash == Checkpoint(machine).hash, "what was read changes when it is written and read")
        _ = try? InlineExecution(text, sizeLimit: 1 << 20)
      } catch { fatalError("what was read and written is refused: \(error)") }
    }
    machine.useRestored()
  }

  private static func restored(_ bytes: [UInt8]) throws -> Machine {
    let machine = Machine.small()
    try ExecutionJSON(bytes).restore(into: machine, makeSource: fuzzedSource)
    return machine
  }
}

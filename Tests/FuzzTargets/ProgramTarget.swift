import CVMRuntime
import CVMTestSupport

extension FuzzTarget {
  /// Whole programs under limits: both dispatchers agree on what is printed and how it ends, and the heap is sound.
  static let program = FuzzTarget("program", words: Corpus.words, seeds: Corpus.programs) { bytes in
    guard let first = outcome(bytes, .tail) else { return }
    let second = outcome(bytes, .switch)
    require(first == second, "the dispatchers differ: \(first) and \(second ?? "no program")")
  }

  private static func outcome(_ bytes: [UInt8], _ dispatcher: Dispatcher) -> String? {
    let machine = Machine.small(dispatcher)
    var output: [UInt8] = []
    machine.output = { output += $0 }
    machine.errorOutput = { output += $0 }
    guard let completion = machine.run(program: bytes) else { return nil }
    var ending: String
    switch completion {
    case .completed(let value): ending = "completed " + machine.preview(value, limit: 1000)
    case .threw(let error): ending = "threw " + machine.preview(error, limit: 1000)
    case .paused(let prompt): ending = "paused " + machine.preview(prompt, limit: 1000)
    case .stopped(let reason): ending = "stopped \(reason)"
    }
    machine.verifyHeap()
    machine.abandonRun()
    machine.collect()
    machine.verifyHeap()
    // What a program prints until a limit of memory or time is its own affair; so is chance.
    if case .stopped = completion { return "stopped" }
    let source = String(decoding: bytes, as: UTF8.self)
    if source.contains("random") || source.contains("\\u") || source.contains("performance") { return "chance" }
    ending += "\n" + String(decoding: output, as: UTF8.self)
    return ending
  }
}

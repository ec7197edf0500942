import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// Every program of `Tests/Language` ends the same when, at random instructions, its machine is saved, thrown away, and
/// restored in a fresh one.
///
/// `CVM_RESUME_POINTS` says how often in each program (twice in the shorter ones unless told, before every instruction in
/// those of `single-steps`), `CVM_RESUME_SEED` where,
/// `CVM_RESUME_ONLY` in which programs (a part of the name); `CVM_GC_STRESS=1` collects all the while.
@Suite struct ResumabilityTests {
  static let environment = ProcessInfo.processInfo.environment
  static let points = environment["CVM_RESUME_POINTS"].flatMap { Int($0) } ?? 2
  /// Programs with more instructions are left to the full run.
  static let longest = environment["CVM_RESUME_POINTS"] == nil ? 300_000 : Int.max
  static let seed = environment["CVM_RESUME_SEED"].flatMap { UInt64($0) } ?? 1
  static let dispatchers: [Dispatcher] =
    environment["CVM_DISPATCH"].flatMap { Dispatcher(rawValue: $0) }.map { [$0] } ?? [.tail, .switch]

  static var programs: [LanguageProgram] {
    get throws {
      let only = environment["CVM_RESUME_ONLY"]
      return try LanguageProgram.all().filter { only.map($0.name.contains) ?? true }
    }
  }

  @Test(arguments: try ResumabilityTests.programs, ResumabilityTests.dispatchers)
  func `a program goes on in a fresh machine as if nothing had been`(
    program: LanguageProgram, dispatcher: Dispatcher
  ) throws {
    guard let whole = try Run(program, dispatcher, pauses: nil), whole.instructions <= Self.longest else { return }
    var pauses = Pauses(
      total: whole.instructions,
      points: program.name.hasPrefix("single-steps/") ? whole.instructions : Self.points,
      seed: Self.seed &* 1_000_003 &+ UInt64(program.source.utf8.count))
    guard let parts = try Run(program, dispatcher, pauses: { pauses.next() }) else { return }
    #expect(parts.text == whole.text)
    #expect(parts.ending == whole.ending)
    #expect(
      parts.hash == whole.hash,
      "the final heaps differ in \(parts.sections.filter { whole.sections[$0.key] != $0.value }.keys.sorted())")
  }
}

/// How many instructions to run before the next stop.
private struct Pauses {
  private var generator: SeededGenerator
  private let total: Int
  private let points: Int

  init(total: Int, points: Int, seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    self.total = total
    self.points = points
  }

  /// Single steps in the shortest programs.
  mutating func next() -> Int {
    let average = max(1, total / max(points, 1))
    return average == 1 ? 1 : 1 + Int.random(in: 0..<2 * average, using: &generator)
  }
}

/// A program run to its end.
private struct Run {
  var text: String
  var ending: String
  var hash: UInt64
  var instructions: Int
  var sections: [String: UInt64] = [:]
  /// An empty machine: both runs begin with the same random numbers.
  nonisolated(unsafe) private static let start = try! SnapshotFile(Checkpoint(Machine()).bytes)

  /// Nil when it does not compile.
  init?(_ program: LanguageProgram, _ dispatcher: Dispatcher, pauses: (() -> Int)?) throws {
    let subject = try Subject(restoring: Self.start, dispatcher: dispatcher)
    // Long programs end here in the short run, and are not compared.
    let all = pauses == nil && ResumabilityTests.longest != .max ? ResumabilityTests.longest + 1 : 1 << 40
    subject.machine.instructionsLeft = pauses?() ?? all
    let dialect: Dialect = program.name.hasSuffix(".ts") ? .typeScript : .javaScript
    guard
      var completion = subject.run(program.source, name: program.name, dialect: dialect, callsMain: true)
    else { return nil }
    var answers = 0
    while true {
      switch completion {
      case .stopped(.instructionLimit):
        if pauses == nil {
          ending = "too long"
          break
        }
        try subject.replace()
        subject.machine.instructionsLeft = pauses?() ?? all
        completion = subject.machine.proceed()
        continue
      case .paused:
        if pauses != nil { try subject.replace() }
        subject.machine.instructionsLeft = pauses?() ?? all
        answers += 1
        completion = subject.machine.resume(answer: subject.machine.vm.makeString("answer \(answers)"))
        continue
      case .completed(let value): ending = "completed \(subject.machine.literal(value, limit: 200))"
      case .threw(let error): ending = "threw \(subject.machine.preview(error, limit: 2000))"
      case .stopped(let reason): ending = "stopped \(reason)"
      }
      break
    }
    text = subject.text
    let checkpoint = try subject.checkpoint
    hash = checkpoint.hash
    for (section, _) in checkpoint.state.sections {
      sections[section.rawValue] = Checksum.of(checkpoint.state.bytes(of: section))
    }
    instructions = all - (subject.machine.instructionsLeft ?? all)
    if ending == "too long" { instructions = all }
  }
}

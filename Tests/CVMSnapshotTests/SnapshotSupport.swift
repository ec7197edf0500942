import CVMREPL
import CVMCompiler
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// A program in a machine that may be replaced by what a checkpoint of it restores to.
final class Subject {
  private(set) var machine: Machine
  var output: [UInt8] = []
  let dispatcher: Dispatcher

  init(dispatcher: Dispatcher = Machine.preferredDispatcher) {
    self.dispatcher = dispatcher
    machine = Machine(dispatcher: dispatcher)
    connect()
  }

  /// A machine with the state that a file holds.
  init(restoring file: SnapshotFile, dispatcher: Dispatcher = Machine.preferredDispatcher) throws {
    self.dispatcher = dispatcher
    machine = Machine(dispatcher: dispatcher)
    try file.restore(into: machine) { ScriptText(SourceFile(name: $0, bytes: $1)) }
    connect()
  }

  private func connect() {
    machine.output = { [unowned self] in self.output += $0 }
    machine.errorOutput = { [unowned self] in self.output += $0 }
  }

  var text: String { String(decoding: output, as: UTF8.self) }

  /// Declares and runs a program; nil when it does not compile.
  func run(
    _ text: String, name: String = "test.js", dialect: Dialect = .javaScript, callsMain: Bool = false
  ) -> Completion? {
    let source = SourceFile(name: name, text: text)
    let tree = parse(source, options: ParseOptions(dialect: dialect))
    let compiled = compile(tree, options: CompileOptions(completionValue: !callsMain, callsMain: callsMain))
    guard let code = compiled.code else { return nil }
    machine.declare(code.globalDeclarations)
    return machine.run(code: machine.load(code, source: ScriptText(source)))
  }

  /// The completion value as text.
  @discardableResult
  func value(_ text: String) -> String {
    guard let completion = run(text) else { return "(does not compile)" }
    defer { machine.abandonRun() }
    switch completion {
    case .completed(let value):
      return value.isObject ? machine.preview(value, limit: 2000) : machine.literal(value, limit: 2000)
    case .threw(let error): return "threw " + machine.preview(error, limit: 2000)
    case .paused(let prompt): return "paused " + machine.literal(prompt, limit: 200)
    case .stopped(let reason): return "stopped \(reason)"
    }
  }

  var checkpoint: Checkpoint { get throws { try Checkpoint(machine) } }

  /// Throws the machine away and goes on with a fresh one that has the state of its image.
  func replaceByImage(_ path: String) throws {
    try ImageCheckpoint(machine).write(to: path, syncs: false)
    let fresh = Machine(dispatcher: dispatcher)
    try ImageFile.restore([.file(path)], into: fresh, validates: true) { ScriptText(SourceFile(name: $0, bytes: $1)) }
    machine = fresh
    connect()
  }

  /// Throws the machine away and goes on with another.
  func go(on other: Machine) {
    machine = other
    connect()
  }

  /// Throws the machine away and goes on with a fresh one that has its state.
  @discardableResult
  func replace() throws -> Checkpoint {
    let checkpoint = try checkpoint
    let file = try SnapshotFile(checkpoint.bytes)
    let fresh = Machine(dispatcher: dispatcher)
    try file.restore(into: fresh) { ScriptText(SourceFile(name: $0, bytes: $1)) }
    machine = fresh
    connect()
    return checkpoint
  }
}

/// What the second and third programs give, run in a fresh machine that has the state that the first one left.
func afterRestore(_ first: String, _ second: String) throws -> String {
  let subject = Subject()
  let before = subject.value(first)
  #expect(!before.hasPrefix("threw"), "\(before)")
  let saved = try subject.replace()
  let again = try subject.checkpoint
  #expect(saved.hash == again.hash, "the hash of \(first) changes")
  return subject.value(second)
}

/// Runs a program as a whole, and again with stops at random instructions, at each of which something is done: both must
/// print the same and leave ids where they are. `CVM_RESUME_POINTS` says how many stops, at most (a few unless told).
func expectSameWhenStopped(
  _ program: LanguageProgram, atStops body: (Subject, inout SeededGenerator) throws -> Void
) throws {
  if case .syntaxError = program.ending { return }
  let dialect: Dialect = program.name.hasSuffix(".ts") ? .typeScript : .javaScript
  let whole = Subject()
  let all = 1 << 40
  whole.machine.instructionsLeft = all
  guard whole.run(program.source, name: program.name, dialect: dialect, callsMain: true) != nil else { return }
  let total = all - (whole.machine.instructionsLeft ?? 0)

  let points = ProcessInfo.processInfo.environment["CVM_RESUME_POINTS"].flatMap { Int($0) } ?? 4
  var generator = SeededGenerator(seed: UInt64(program.source.utf8.count))
  let average = max(1, total / points)
  func next() -> Int { average == 1 ? 1 : 1 + Int.random(in: 0..<2 * average, using: &generator) }
  let parts = Subject()
  parts.machine.instructionsLeft = next()
  var completion = try #require(parts.run(program.source, name: program.name, dialect: dialect, callsMain: true))
  while case .stopped(.instructionLimit) = completion {
    try body(parts, &generator)
    parts.machine.instructionsLeft = next()
    completion = parts.machine.proceed()
  }
  #expect(parts.text == whole.text)
  parts.machine.collect()
  parts.machine.verifyHeap()
  #expect(parts.machine.lastObjectID == whole.machine.lastObjectID)
}

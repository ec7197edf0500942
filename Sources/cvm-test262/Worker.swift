import CVMBytecode
import CVMCompiler
import CVMRuntime
import CVMSyntax
import Foundation

/// Runs tests that it is told on standard input, a path a line, each in a fresh machine, and answers with a line for each:
/// `pass` or `fail REASON`.
final class Worker {
  private let checkout: String
  private let seconds: Double
  private var harness: [String: CodeBlock] = [:]

  init(checkout: String, seconds: Double) {
    self.checkout = checkout
    self.seconds = seconds
  }

  func serve() {
    while let path = readLine() {
      let answer = judge(path)
      let line = answer.replacing("\n", with: " ⏎ ") + "\n"
      try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }
  }

  private func judge(_ path: String) -> String {
    guard let bytes = FileManager.default.contents(atPath: checkout + "/" + path) else { return "fail cannot read it" }
    let test = Frontmatter(source: String(decoding: bytes, as: UTF8.self))
    let run = TestRun(seconds: seconds)
    if !test.flags.contains("raw") {
      let names =
        ["assert.js", "sta.js"] + (test.flags.contains("async") ? ["doneprintHandle.js"] : []) + test.includes
      run.load(prelude, name: "prelude")
      for name in names {
        guard let code = harnessCode(name) else { return "fail the harness file \(name) does not compile" }
        if let trouble = run.load(code, name: name) { return "fail in \(name): \(trouble)" }
      }
    }
    let source = SourceFile(name: path, bytes: Array(bytes))
    let tree = parse(source, options: ParseOptions())
    let compiled = compile(tree, options: CompileOptions())
    guard let code = compiled.code else { return judge(compiled.diagnostics, in: source, test.negative) }
    do { try Verifier.verify(code) } catch { return "fail the code is not valid: \(error)" }
    if let negative = test.negative, negative.phase == "parse" {
      return "fail expected a \(negative.type) before it runs"
    }
    return judge(run.run(code, source), test, run)
  }

  private func judge(_ diagnostics: [Diagnostic], in source: SourceFile, _ negative: Frontmatter.Negative?) -> String {
    let first = diagnostics.first { $0.severity == .error }
    let text = first.map { "\(source.location(at: $0.range.start)): \($0.message)" } ?? "refused"
    if text.contains("not supported") { return "fail refused: \(text)" }
    return negative?.phase == "parse" ? "pass" : "fail refused: \(text)"
  }

  private func judge(_ ending: TestRun.Ending, _ test: Frontmatter, _ run: TestRun) -> String {
    switch (ending, test.negative) {
    case (.done, nil):
      guard test.flags.contains("async") else { return "pass" }
      let output = String(decoding: run.printed, as: UTF8.self)
      return output.contains("Test262:AsyncTestComplete")
        ? "pass" : "fail \(output.isEmpty ? "$DONE not called" : output)"
    case (.done, let negative?): return "fail expected a \(negative.type)"
    case (.threw(let error), nil): return "fail \(error)"
    case (.threw(let error), let negative?):
      let type = error.prefix { $0 != ":" }
      return type == negative.type ? "pass" : "fail expected a \(negative.type), not \(error)"
    case (.stopped(let reason), _): return "fail \(reason)"
    }
  }

  private lazy var prelude: CodeBlock = Self.compiled("function print(text) { console.log(String(text)); }")!

  private func harnessCode(_ name: String) -> CodeBlock? {
    if let known = harness[name] { return known }
    guard let bytes = FileManager.default.contents(atPath: checkout + "/harness/" + name) else { return nil }
    harness[name] = Self.compiled(String(decoding: bytes, as: UTF8.self))
    return harness[name]
  }

  static func compiled(_ text: String, completionValue: Bool = false) -> CodeBlock? {
    let tree = parse(SourceFile(name: "harness", text: text), options: ParseOptions())
    return compile(tree, options: CompileOptions(completionValue: completionValue)).code
  }
}

/// One machine and what a test did in it.
final class TestRun {
  enum Ending {
    case done
    /// Name and message of an uncaught error.
    case threw(String)
    case stopped(String)
  }

  private let machine: Machine
  private(set) var printed: [UInt8] = []

  init(seconds: Double) {
    machine = Machine(dispatcher: Machine.preferredDispatcher)
    machine.limits.seconds = seconds
    machine.limits.heapBytes = 1 << 30
    machine.output = { [unowned self] in self.printed += $0 }
    machine.errorOutput = { _ in }
  }

  /// Runs a file of the harness; what went wrong.
  @discardableResult
  func load(_ code: CodeBlock, name: String) -> String? {
    switch run(code, SourceFile(name: name, text: "")) {
    case .done: nil
    case .threw(let error): error
    case .stopped(let reason): reason
    }
  }

  func run(_ code: CodeBlock, _ source: SourceFile) -> Ending {
    machine.declare(code.globalDeclarations)
    let completion = machine.run(code: machine.load(code, source: TestSource(source)))
    machine.abandonRun()
    switch completion {
    case .completed: return .done
    case .threw(let exception): return .threw(describe(exception))
    case .paused: return .stopped("paused at a CC")
    case .stopped(let reason): return .stopped(reason.message)
    }
  }

  private func describe(_ exception: Value) -> String {
    machine.setGlobal("$uncaught", exception)
    let text = """
      (() => {
        const error = $uncaught;
        if (typeof error !== 'object' || error === null) return 'a ' + typeof error + ': ' + String(error);
        const constructor = error.constructor;
        return (constructor ? constructor.name : 'Error') + ': ' + error.message;
      })()
      """
    guard let code = Worker.compiled(text, completionValue: true) else { return "an error" }
    machine.declare(code.globalDeclarations)
    let completion = machine.run(code: machine.load(code, source: nil))
    defer { machine.abandonRun() }
    if case .completed(let value) = completion { return machine.vm.text(value) }
    return "an error that cannot be read"
  }
}

/// A test as the machine's error messages see it.
private final class TestSource: ScriptSource {
  private let file: SourceFile

  init(_ file: SourceFile) { self.file = file }

  var displayName: String { file.name }

  func position(at offset: Int) -> (line: Int, column: Int) {
    let location = file.location(at: UInt32(clamping: offset))
    return (location.line, location.column)
  }

  func text(from start: Int, to end: Int) -> String {
    file.text(in: SourceRange(start: UInt32(clamping: start), end: UInt32(clamping: max(start, end))))
  }
}

import CVMBytecode
import CVMCompiler
import CVMSyntax
import Testing

@testable import CVMRuntime

struct TestLabel: HistoryLabel {
  var values: [Value] { [] }
}

/// A machine with a history, and statements run on it.
final class HistorySession {
  let machine: Machine
  private var sources: [ParseResult] = []

  init(machine: Machine = Machine(dispatcher: Machine.preferredDispatcher), keepsHistory: Bool = true) {
    self.machine = machine
    if keepsHistory { machine.startHistory() }
  }

  var history: UndoHistory { machine.history! }

  @discardableResult
  func start(_ text: String, isTypeScript: Bool = false) -> Completion? {
    let tree = parse(
      SourceFile(name: "test", text: text), options: ParseOptions(dialect: isTypeScript ? .typeScript : .javaScript))
    guard let code = compile(tree, options: CompileOptions(completionValue: true)).code else { return nil }
    machine.declare(code.globalDeclarations)
    return machine.run(code: machine.load(code, source: nil))
  }

  func run(_ text: String) throws {
    guard case .completed = start(text) else {
      Issue.record("\(text) did not run")
      return
    }
    machine.abandonRun()
    history.commit(TestLabel())
  }

  func value(_ expression: String) -> Value? {
    guard case .completed(let value) = start(expression) else { return nil }
    defer { machine.abandonRun() }
    return value
  }

  /// The value of an expression as text.
  func text(_ expression: String) -> String {
    value(expression).map { machine.literal($0, limit: 10_000).trimmingQuotes } ?? "(failed)"
  }
}

extension String {
  var trimmingQuotes: String {
    count > 1 && (first == "'" || first == "\"") ? String(dropFirst().dropLast()) : self
  }
}

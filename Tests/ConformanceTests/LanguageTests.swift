import CVMTestSupport
import Foundation
import Testing

/// Every program of `Tests/Language` prints what its comments say, on both dispatchers.
///
/// `CVM_VERIFY=1` and `CVM_GC_STRESS=1` in the environment reach the program; `CVM_DISPATCH` restricts the dispatchers.
@Suite struct LanguageTests {
  @Test(arguments: try LanguageProgram.all(), Dispatcher.selected)
  func `a program does what its comments say`(program: LanguageProgram, dispatcher: Dispatcher) throws {
    var process = BuiltProgram.process(["run", program.path])
    process.environment["CVM_DISPATCH"] = dispatcher.rawValue
    process.timeout = .seconds(300)
    let outcome = try process.run()

    let printed = outcome.outputLines.map(\.trimmedAtEnd)
    #expect(printed == program.output, "\(lineDifference(from: program.output, to: printed))")
    switch program.ending {
    case .done:
      #expect(outcome.ending == .exited(0), "\(outcome.errors)")
      #expect(outcome.errors == "")
    case .uncaught(let text):
      #expect(outcome.ending == .exited(1), "\(outcome.errors)")
      #expect("\n\(outcome.errors)".contains("\nUncaught \(text)\n"), "\(outcome.errors)")
    case .syntaxError(let line, let column, let message):
      #expect(outcome.ending == .exited(1), "\(outcome.errors)")
      #expect(outcome.errors.contains("SyntaxError: "), "\(outcome.errors)")
      #expect(outcome.errors.contains(":\(line):\(column)"), "\(outcome.errors)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}

/// One of the two generated interpreter loops.
enum Dispatcher: String, CaseIterable {
  case tail
  case `switch`

  /// The one that the environment names, else both.
  static let selected: [Dispatcher] =
    ProcessInfo.processInfo.environment["CVM_DISPATCH"].flatMap { Dispatcher(rawValue: $0) }.map { [$0] } ?? allCases
}

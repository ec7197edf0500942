import Foundation

/// The `cvm-repl` executable that was built together with the tests.
public enum BuiltProgram {
  /// `CVM_REPL` in the environment, else the executable beside the test bundle.
  public static let path = ProcessInfo.processInfo.environment["CVM_REPL"] ?? built("cvm-repl")

  /// An executable beside the test bundle.
  public static func built(_ name: String) -> String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name).path
  }

  /// A process that runs it, free of what the user's environment sets for it.
  public static func process(_ arguments: [String], input: String = "") -> Subprocess {
    var process = Subprocess(path, arguments)
    process.input = Array(input.utf8)
    process.environment = ["NO_COLOR": "1", "CVM_SANDBOX_PATHS": nil]
    return process
  }

  /// Runs it to its end.
  public static func run(_ arguments: [String], input: String = "") throws -> Subprocess.Outcome {
    try process(arguments, input: input).run()
  }
}

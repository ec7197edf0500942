import CVMRuntime

/// Functions of programs that many inputs are given to, each in a machine that is replaced from time to time.
enum ProgramFunction {
  private final class Prepared {
    let machine: Machine
    let function: Value
    var uses = 0

    init(_ source: String) {
      machine = Machine.small()
      guard case .completed(let function) = machine.run(program: "(\(source))") else {
        fatalError("the function of a target does not compile")
      }
      self.function = function
      machine.hostRoots = [(name: "function", value: function)]
      machine.abandonRun()
    }
  }

  nonisolated(unsafe) private static var prepared: [String: Prepared] = [:]

  /// What a function returns for some texts, as text; nil when it reached a limit.
  static func call(_ source: String, named name: String, _ arguments: [String]) -> String? {
    if prepared[name].map({ $0.uses >= 2_000 }) ?? true { prepared[name] = Prepared(source) }
    guard let prepared = prepared[name] else { return nil }
    prepared.uses += 1
    let machine = prepared.machine
    machine.instructionsLeft = 2_000_000
    machine.limits = Machine.smallLimits
    defer { machine.abandonRun() }
    switch machine.call(prepared.function, this: .undefined, arguments: arguments.map { machine.vm.makeString($0) }) {
    case .completed(let value): return machine.vm.text(value)
    case .threw(let error): return "threw " + machine.preview(error, limit: 200)
    case .paused, .stopped:
      self.prepared[name] = nil
      return nil
    }
  }
}

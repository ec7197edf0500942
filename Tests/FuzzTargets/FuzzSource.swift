import CVMCompiler
import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax

/// The text that an input's code comes from.
func fuzzedSource(_ name: String, _ bytes: [UInt8]) -> any ScriptSource {
  ScriptText(SourceFile(name: name, bytes: bytes))
}

extension Machine {
  /// A machine for one input, which may use little of everything.
  static func small(_ dispatcher: Dispatcher = .tail) -> Machine {
    let machine = Machine(dispatcher: dispatcher)
    machine.limits = smallLimits
    machine.instructionsLeft = 2_000_000
    machine.clock = HostClock(now: { 1e12 }, zone: { _ in HostClock.ZoneOffset(seconds: 0, name: "UTC") })
    return machine
  }

  static var smallLimits: RuntimeLimits {
    var limits = RuntimeLimits()
    limits.heapBytes = 64 << 20
    limits.steps = 100_000
    limits.outputBytes = 1 << 20
    return limits
  }

  /// Declares and runs a program; nil when it does not compile.
  func run(program bytes: [UInt8], dialect: Dialect = .javaScript) -> Completion? {
    let file = SourceFile(name: "fuzz.js", bytes: bytes)
    let tree = parse(file, options: ParseOptions(dialect: dialect))
    guard let code = compile(tree, options: CompileOptions(completionValue: true)).code else { return nil }
    declare(code.globalDeclarations)
    return run(code: load(code, source: ScriptText(file)))
  }

  func run(program text: String) -> Completion? { run(program: Array(text.utf8)) }

  /// Goes on with what a file has brought, answers what is asked, and looks at the heap before and after.
  func useRestored() {
    verifyHeap()
    limits = Machine.smallLimits
    limits.steps = 20_000
    instructionsLeft = 50_000
    for _ in 0..<20 where isPaused { _ = resume(answer: vm.makeString("7")) }
    abandonRun()
    collect()
    verifyHeap()
  }
}

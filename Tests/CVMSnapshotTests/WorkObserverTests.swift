import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Testing

/// Whoever waits for a checkpoint can be told how far it is.
@Suite struct WorkObserverTests {
  private final class Log {
    var moments: [(phase: String, completed: Int, total: Int)] = []

    func observe(_ machine: Machine) {
      machine.workObserver = { [unowned self] in moments.append(($0, $1, $2)) }
    }

    /// The figures of a phase, which only grow and stay within the total.
    func figures(_ phase: String) -> [Int] {
      let found = moments.filter { $0.phase == phase }
      #expect(found.allSatisfy { $0.total == 0 || $0.completed <= $0.total }, "\(found)")
      #expect(found.map(\.completed) == found.map(\.completed).sorted(), "\(found)")
      return found.map(\.completed)
    }
  }

  @Test func `taking a state, reading it and writing an image say how far they are`() throws {
    let subject = Subject()
    _ = subject.run("let list = []; for (let i = 0; i < 50000; i++) list.push({i})")
    let log = Log()
    log.observe(subject.machine)
    let bytes = try subject.checkpoint.bytes
    #expect(log.figures("taking the state").count >= 3)

    let machine = Machine()
    log.observe(machine)
    try SnapshotFile(bytes).restore(into: machine) { ScriptText(SourceFile(name: $0, bytes: $1)) }
    #expect(log.figures("reading objects").count >= 10)
    #expect(log.figures("reading references").count >= 3)

    let scratch = try ScratchDirectory()
    _ = try KeptImage(subject.machine, folder: scratch.path)
    #expect(!log.figures("writing").isEmpty)
  }
}

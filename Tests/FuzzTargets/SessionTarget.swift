import CVMREPL
import CVMRuntime
import CVMSnapshot

extension FuzzTarget {
  /// What a session file keeps beside its states, and the sections of each state behind a mark: it is refused with a reason,
  /// or the session goes on from it.
  static let session = FuzzTarget("session", seeds: sessionSeeds) { bytes in
    var writer = SessionArchive.Writer()
    var host: [UInt8] = []
    var state = SectionedFile(input: [])
    func add() {
      guard !state.sections.isEmpty, let file = try? SnapshotFile(state.file(kind: .checkpoint)) else { return }
      _ = writer.add(file)
    }
    for section in SectionedFile(input: bytes[...]).sections {
      switch section.name {
      case hostName: host = section.bytes
      case stateName:
        add()
        state.sections = []
      default: state.sections.append(section)
      }
    }
    add()
    guard (try? writer.write(to: folder + "/fuzz.cvms", host: host)) != nil else { return }
    open("fuzz.cvms")
  }

  private static let hostName = Array("META".utf8)
  private static let stateName = Array("NEXT".utf8)

  private static func open(_ path: String) {
    let session = FuzzSession.make()
    _ = session.command(":open \(path)")
    for line in [
      ":branches", ":checkpoints", "1 + 1", ":undo", ":goto 1", ":heap", ":switch main", ":answer 7", "var z = {}",
    ] {
      if line.hasPrefix(":") { _ = session.command(line) } else { session.evaluate(line) }
      session.machine.verifyHeap()
    }
  }

  /// A session with branches, checkpoints and a question, and one of a few statements.
  private static func sessionSeeds() throws -> [[UInt8]] {
    let scripts = [
      [
        "let a = {x: [1, 'two', 3n]}", ":checkpoint one", "a.x.push(a)", ":fork side", "a.y = new Map([[a, 1]])",
        ":save a.cvms",
      ],
      ["let n = 1", "function f() { return CC('q') + n }", "f()", ":save a.cvms"], ["({})", ":undo", ":save a.cvms"],
    ]
    let made = scripts.map { script -> [UInt8]? in
      emptyFolder()
      let session = FuzzSession.make()
      for line in script { if line.hasPrefix(":") { _ = session.command(line) } else { session.evaluate(line) } }
      guard let archive = try? SessionArchive(path: folder + "/a.cvms") else { return nil }
      var input = SectionedFile(input: [])
      input.sections = [(hostName, archive.host)]
      for number in 0..<archive.stateCount {
        guard let state = try? archive.state(number) else { return nil }
        input.sections.append((stateName, []))
        for (name, _) in state.sectionSizes {
          input.sections.append((Array(name.utf8), state.section(name).map { Array($0) } ?? []))
        }
      }
      return input.input
    }
    return made.compactMap { $0 }
  }
}

/// Sessions for inputs, which show nothing to anybody.
enum FuzzSession {
  static func make() -> Session {
    var options = SessionOptions()
    options.limits = .init()
    options.limits.heapBytes = 64 << 20
    options.limits.steps = 100_000
    options.limits.outputBytes = 1 << 20
    options.verifies = true
    options.stateFolder = nil
    let session = Session(options: options, console: .silent)
    session.installPromptFunctions()
    return session
  }
}

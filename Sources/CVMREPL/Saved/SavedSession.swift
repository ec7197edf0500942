import CVMRuntime
import CVMSnapshot

/// What a session file keeps beside the states of its machines.
struct SavedSession {
  struct Branch: Equatable {
    var name: String
    /// The branch that it began on, and the statement before that; no name of the first one.
    var originName: String
    var originStatement: Int
    /// The statement after which its heap is as it is.
    var statement: Int
    /// The number of the state in the file.
    var state: Int

    var origin: Branches.Origin? {
      originName.isEmpty ? nil : Branches.Origin(branch: originName, statement: originStatement)
    }
  }

  struct Kept: Equatable {
    var number: Int
    var name: String
    var statement: Int
    var byteCount: Int
    var state: Int
  }

  static let version = 1

  var program = Program.version
  var statementNumber = 0
  var currentBranch = Branches.first
  var entries: [SessionHistory.Entry] = []
  var branches: [Branch] = []
  var checkpoints: [Kept] = []

  init() {}

  func encoded() -> [UInt8] {
    var writer = NetstringWriter()
    writer.add(Self.version)
    writer.add(program)
    writer.add(statementNumber)
    writer.add(currentBranch)
    writer.add(entries.count)
    for entry in entries {
      writer.add(entry.number ?? 0)
      writer.add(entry.text)
    }
    writer.add(branches.count)
    for branch in branches {
      writer.add(branch.name)
      writer.add(branch.originName)
      writer.add(branch.originStatement)
      writer.add(branch.statement)
      writer.add(branch.state)
    }
    writer.add(checkpoints.count)
    for kept in checkpoints {
      writer.add(kept.number)
      writer.add(kept.name)
      writer.add(kept.statement)
      writer.add(kept.byteCount)
      writer.add(kept.state)
    }
    return writer.bytes
  }

  /// Nil when the bytes are not what a session writes, for a file with so many states.
  init?(encoded bytes: [UInt8], stateCount: Int) {
    guard var reader = NetstringReader(bytes), let version = reader.number(), version == Self.version,
      let program = reader.text(), let statementNumber = reader.number(), let current = reader.text(),
      let entryCount = reader.count()
    else { return nil }
    (self.program, self.statementNumber, currentBranch) = (program, statementNumber, current)
    for _ in 0..<entryCount {
      guard let number = reader.number(), let text = reader.text() else { return nil }
      entries.append(SessionHistory.Entry(number: number == 0 ? nil : number, text: text))
    }
    guard let branchCount = reader.count() else { return nil }
    for _ in 0..<branchCount {
      guard let name = reader.text(), let origin = reader.text(), let first = reader.number(),
        let statement = reader.number(), let state = reader.number(), (0..<stateCount).contains(state)
      else { return nil }
      branches.append(
        Branch(name: name, originName: origin, originStatement: first, statement: statement, state: state))
    }
    guard let checkpointCount = reader.count() else { return nil }
    for _ in 0..<checkpointCount {
      guard let number = reader.number(), let name = reader.text(), let statement = reader.number(),
        let byteCount = reader.number(), let state = reader.number(), (0..<stateCount).contains(state)
      else { return nil }
      checkpoints.append(
        Kept(number: number, name: name, statement: statement, byteCount: byteCount, state: state))
    }
    let names = branches.map(\.name)
    guard reader.isAtEnd, names.contains(current), Set(names).count == names.count,
      zip(checkpoints, checkpoints.dropFirst()).allSatisfy({ $0.number < $1.number })
    else { return nil }
  }
}

extension Session {
  /// Writes the session into a file: statements, results, checkpoints and branches. Its size.
  func save(to path: String) throws(CommandError) -> Int {
    var archive = SessionArchive.Writer()
    var saved = SavedSession()
    (saved.statementNumber, saved.currentBranch, saved.entries) = (statementNumber, branches.current, history.entries)
    for entry in branches.entries {
      let branch = entry.parked ?? parkedNow
      let state = archive.add(try portable(branch))
      saved.branches.append(
        SavedSession.Branch(
          name: entry.name, originName: entry.origin?.branch ?? "", originStatement: entry.origin?.statement ?? 0,
          statement: branch.statement, state: state))
    }
    for kept in checkpoints {
      let state =
        switch kept.content {
        case .portable(let file): archive.add(file)
        case .json(let json): archive.add(json.snapshot)
        case .archived(let other, let number):
          archive.add(try reading { () throws(SnapshotError) in try other.state(number) })
        case .image: archive.add(try portable(restored(kept)))
        }
      saved.checkpoints.append(
        SavedSession.Kept(
          number: kept.number, name: kept.name, statement: kept.statement, byteCount: kept.byteCount, state: state))
    }
    let (bytes, writer) = (saved.encoded(), archive)
    return try reading { () throws(SnapshotError) in try writer.write(to: path, host: bytes) }
  }

  private func portable(_ branch: ParkedBranch) throws(CommandError) -> Checkpoint {
    let roots = branch.machine.hostRoots
    branch.machine.hostRoots = branch.results.roots
    defer { branch.machine.hostRoots = roots }
    return try portable((branch.machine, SessionRecord(self, branch)))
  }

  private func portable(_ state: (machine: Machine, record: SessionRecord)) throws(CommandError) -> Checkpoint {
    try reading { () throws(SnapshotError) in
      try Checkpoint(state.machine, host: [(Self.sessionSection, state.record.encoded())], isInterruptible: true)
    }
  }

  /// Turns what is wrong with a file into what ends a command.
  func reading<Result>(_ body: () throws(SnapshotError) -> Result) throws(CommandError) -> Result {
    do throws(SnapshotError) { return try body() } catch {
      if case .notSavable = error, takeInterrupt() { throw .interrupted }
      if case .system(operation: "read", _, _) = error { throw .notFound("\(error)") }
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  /// Replaces the session by that of a file: nothing runs again. After an error it is as it was.
  func open(_ archive: SessionArchive, path: String) throws(CommandError) -> SavedSession {
    guard let saved = SavedSession(encoded: archive.host, stateCount: archive.stateCount) else {
      throw CommandError(
        status: .error, message: "\(path) can't be opened: what it says of the session is not what a session writes")
    }
    let contents = try saved.branches.map { branch throws(CommandError) in
      let file = try reading { () throws(SnapshotError) in try archive.state(branch.state) }
      return SessionContent.Branch(
        name: branch.name, origin: branch.origin, statement: branch.statement, state: .portable(file),
        record: Self.record(in: file))
    }
    let current = contents.first { $0.name == saved.currentBranch }
    let checkpoints = saved.checkpoints.map { kept in
      KeptCheckpoint(
        number: kept.number, name: kept.name, statement: kept.statement, content: .archived(archive, kept.state),
        record: SessionRecord(), hash: nil, byteCount: kept.byteCount)
    }
    try replace(
      with: SessionContent(
        branches: contents, current: saved.currentBranch, makers: current?.record.makers ?? [],
        statementNumber: saved.statementNumber, typed: saved.entries, checkpoints: checkpoints))
    file = path
    return saved
  }

  static func record(in file: SnapshotFile) -> SessionRecord {
    file.hostSection(sessionSection).flatMap(SessionRecord.init(encoded:)) ?? SessionRecord()
  }
}

import CVMRuntime
import CVMSnapshot

/// All that a session consists of, about to replace another one.
struct SessionContent {
  struct Branch {
    let name: String
    let origin: Branches.Origin?
    /// The statement after which its heap is as it is.
    let statement: Int
    let state: KeptCheckpoint.Content
    let record: SessionRecord
  }

  var branches: [Branch]
  /// The one in use.
  var current: String
  var makers: StatementList
  var statementNumber: Int
  var typed: [SessionHistory.Entry]
  var checkpoints: [KeptCheckpoint]
}

extension Session {
  /// Replaces the session by another one. What was here can be had back with `:recover` where a journal is kept; after an
  /// error the session is as it was.
  func replace(with content: SessionContent) throws(CommandError) {
    try requireNoLesson("That")
    var entering: ParkedBranch?
    var parked = Branches()
    for branch in content.branches where branch.name == content.current {
      parked.restart(as: branch.name, origin: branch.origin)
      entering = try parkedBranch(branch)
    }
    for branch in content.branches where branch.name != content.current {
      parked.add(branch.name, origin: branch.origin, try parkedBranch(branch))
    }
    guard let entering else { throw CommandError(status: .error, message: "There is no branch \(content.current)") }
    leaveJournal()
    branches = parked
    enter(entering)
    replaceStatements(makers: content.makers, number: content.statementNumber)
    history = SessionHistory(content.typed)
    journalStart = 0
    checkpoints = content.checkpoints
    file = nil
  }

  private func parkedBranch(_ branch: SessionContent.Branch) throws(CommandError) -> ParkedBranch {
    let kept = KeptCheckpoint(
      number: 0, name: branch.name, statement: branch.statement, content: branch.state, record: branch.record,
      hash: nil,
      byteCount: 0)
    let (machine, record) = try restored(kept)
    var results = ResultNames()
    results.adopt(machine, taken: record.takenNames, bound: record.boundNames)
    if self.machine.objectWithID != nil { startPrompt(on: machine) }
    var image: KeptImage?
    if case .image(let kept) = branch.state { image = kept }
    return ParkedBranch(
      machine: machine, results: results, waiting: waitingStatement(record, on: machine, results),
      stopped: stoppedRun(record, on: machine, results),
      heapLineage: newLineage(), savedImage: image, firstStatement: branch.statement)
  }
}

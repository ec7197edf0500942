import CVMRuntime
import CVMSnapshot

extension Session {
  /// Heaps that are larger are not written after each statement.
  static let largestJournalHeap = 1 << 30

  /// Keeps what `:recover` needs, after a statement or a command.
  func noteInJournal() {
    guard keepsJournal, let folder = options.stateFolder, journal != nil || statementNumber > 0 else { return }
    // Where nothing can be kept, as in a home that cannot be written to, the session does without.
    guard let journal = journal ?? Journal(in: folder, typedBefore: journalStart) else {
      keepsJournal = false
      return
    }
    self.journal = journal
    let moment = Journal.Moment(
      branch: branches.current, statementNumber: statementNumber, statement: currentStatement, lineage: heapLineage,
      isWaiting: waiting != nil, typed: history.entries.count, checkpoint: checkpoints.last?.number ?? 0)
    guard journal.isDue(moment), machine.imagePages.count <= Self.largestJournalHeap else { return }
    if !journal.hasSameHeap(moment) || savedImage?.number(in: journal.images) == nil {
      do throws(CommandError) { _ = try makeImage() } catch { return endJournal(because: error.message) }
    }
    guard let image = savedImage?.number(in: journal.images) else { return }
    if !journal.append(journalEntry(image, journal), at: moment) { endJournal(because: "its log cannot be written") }
  }

  private func journalEntry(_ image: Int, _ journal: Journal) -> JournalEntry {
    let news = journal.news(of: self)
    var entry = JournalEntry()
    entry.branch = branches.current
    entry.origin = branches.entry(branches.current)?.origin
    entry.branchNames = branches.entries.map(\.name)
    (entry.statementNumber, entry.statement, entry.image) = (statementNumber, currentStatement, image)
    entry.record = SessionRecord(self)
    entry.record.makers = []
    entry.file = file ?? ""
    (entry.makers, entry.typed) = (news.makers, news.typed)
    entry.checkpoints = news.checkpoints.compactMap { kept in
      guard case .image(let image) = kept.content, let number = image.number(in: journal.images) else { return nil }
      var record = kept.record
      record.makers = []
      return JournalEntry.Kept(
        number: kept.number, name: kept.name, statement: kept.statement, byteCount: kept.byteCount, image: number,
        record: record)
    }
    return entry
  }

  private func endJournal(because reason: String) {
    keepsJournal = false
    journal?.giveUp()
    journal = nil
    console.writeError("This session can't be recovered after a kill: \(reason)\n")
  }

  /// Leaves the journal of what is about to be replaced, so that `:recover` brings it back.
  func leaveJournal() {
    if let journal { leftJournals.append(journal.images.path) }
    journal?.abandon()
    journal = nil
  }

  /// Removes what this session kept: it ends as it should.
  func endJournals() {
    leaveLessonHeap()
    journal?.finish()
    journal = nil
    guard !leftJournals.isEmpty else { return }
    for left in LeftJournal.all(in: options.stateFolder) {
      if leftJournals.contains(left.path) { left.remove() } else { left.release() }
    }
  }

  /// Goes on with a session whose process was killed. After an error this one is as it was.
  func recover(_ left: LeftJournal) throws(CommandError) {
    guard let last = left.entries.last else { throw .notFound("There is nothing in \(left.path)") }
    let makers = StatementList(left.entries.lazy.flatMap(\.makers))
    let numbers = left.entries.flatMap(\.checkpoints).map(\.number)
    guard Set(last.branchNames).count == last.branchNames.count,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw CommandError(status: .error, message: "\(left.path) holds what no session writes") }
    var newest: [String: JournalEntry] = [:]
    for entry in left.entries { newest[entry.branch] = entry }
    var contents: [SessionContent.Branch] = []
    for entry in last.branchNames.compactMap({ newest[$0] }) {
      let image = try reading { () throws(SnapshotError) in try left.images.open(entry.image) }
      contents.append(
        SessionContent.Branch(
          name: entry.branch, origin: entry.origin, statement: entry.statement, state: .image(image),
          record: entry.record))
    }
    let checkpoints = left.entries.flatMap(\.checkpoints).compactMap { kept -> KeptCheckpoint? in
      guard let image = try? left.images.open(kept.image) else { return nil }
      return KeptCheckpoint(
        number: kept.number, name: kept.name, statement: kept.statement, content: .image(image), record: kept.record,
        hash: nil, byteCount: kept.byteCount)
    }
    let typed = left.entries.flatMap(\.typed)
    try replace(
      with: SessionContent(
        branches: contents, current: last.branch, makers: makers, statementNumber: last.statementNumber, typed: typed,
        checkpoints: checkpoints))
    journalStart = 0
    file = last.file.isEmpty ? nil : last.file
    journal = Journal(
      left, written: (makers.count, typed.count, left.entries.flatMap(\.checkpoints).last?.number ?? 0))
  }
}

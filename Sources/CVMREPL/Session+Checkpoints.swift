import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTerminal

/// A checkpoint that a session keeps.
struct KeptCheckpoint {
  enum Content {
    case image(KeptImage)
    case portable(SnapshotFile)
    case json(ExecutionJSON)
    /// A state of a session's file.
    case archived(SessionArchive, Int)
  }

  var number: Int
  var name: String
  /// The statement before it.
  var statement: Int
  var content: Content
  /// What belongs to the session.
  var record: SessionRecord
  /// Of the portable encoding; nil when it was not asked for.
  var hash: UInt64?
  /// Of the portable encoding, or of the image where there is no other.
  var byteCount: Int
  var file: String?
  /// Checkpoints with the same one have each object at the same place.
  var lineage: Int?

  var title: String { name.isEmpty ? "c\(number)" : "c\(number) \(name)" }
  /// The first digits, which tell apart what a person compares.
  var hashText: String { hash.map { String(String($0 | 1 << 63, radix: 16).suffix(16).prefix(8)) } ?? "" }
}

extension KeptCheckpoint {
  /// What a file holds.
  fileprivate init(_ content: Content, of state: SnapshotFile, file: String) {
    let record = Session.record(in: state)
    self.init(
      number: 0, name: file, statement: record.makers.last?.number ?? 0, content: content, record: record,
      hash: state.hash, byteCount: state.byteCount, file: file)
  }

  init(_ json: ExecutionJSON, file: String) { self.init(.json(json), of: json.snapshot, file: file) }
}

extension Session {
  /// The section of a checkpoint that holds what belongs to the session.
  static let sessionSection = "SESS"

  /// Takes the state of this moment in the portable encoding, with the values of the results.
  /// With notes it can be written as JSON.
  func makeCheckpoint(withNotes: Bool = false) throws(CommandError) -> Checkpoint {
    try withResultsAsRoots { () throws(SnapshotError) in
      try Checkpoint(
        machine, host: [(Self.sessionSection, SessionRecord(self).encoded())], isInterruptible: true,
        withNotes: withNotes)
    }
  }

  /// Takes the state of this moment as an image; of one that is kept, only what differs.
  func makeImage() throws(CommandError) -> KeptImage {
    // What is in the journal is told from what is there.
    let folder = journal?.images
    let earlier = savedImage.flatMap { image in folder.map { image.number(in: $0) != nil } ?? true ? image : nil }
    let image = try withResultsAsRoots { () throws(SnapshotError) in
      if let folder { return try KeptImage(machine, in: folder, after: earlier) }
      var failure: SnapshotError?
      for folder in [History.standardFolder("cvm-repl"), "/var/tmp", "/tmp"] {
        guard let folder else { continue }
        do throws(SnapshotError) { return try KeptImage(machine, folder: folder, after: earlier) } catch {
          failure = failure ?? error
        }
      }
      throw failure ?? .system(operation: "write", path: "/tmp", reason: "no folder")
    }
    savedImage = image
    return image
  }

  private func withResultsAsRoots<Result>(
    _ body: () throws(SnapshotError) -> Result
  ) throws(CommandError) -> Result {
    guard machine.stoppedException == nil else {
      throw CommandError(
        status: .error,
        message: "The program stands at an exception, which a checkpoint cannot keep: :step goes on to what catches it."
      )
    }
    let roots = machine.hostRoots
    machine.hostRoots = results.roots
    defer { machine.hostRoots = roots }
    do throws(SnapshotError) { return try machine.showingWork(options, canStop: true, body) } catch {
      if case .notSavable = error, takeInterrupt() { throw .interrupted }
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  /// Keeps this moment as an image or, where there is no disk for it, in the portable encoding.
  func keep(_ checkpoint: Checkpoint?, name: String, file: String?) throws(CommandError) -> KeptCheckpoint {
    let number = (checkpoints.last?.number ?? 0) + 1
    let content: KeptCheckpoint.Content
    var lineage: Int?
    var byteCount = checkpoint?.byteCount ?? 0
    do throws(CommandError) {
      let image = try makeImage()
      content = .image(image)
      lineage = heapLineage
      if checkpoint == nil { byteCount = image.byteCount }
    } catch {
      guard let checkpoint, let file = try? SnapshotFile(checkpoint.bytes, path: "c\(number)") else { throw error }
      content = .portable(file)
    }
    let kept = KeptCheckpoint(
      number: number, name: name, statement: statementNumber, content: content, record: SessionRecord(self),
      hash: checkpoint?.hash, byteCount: byteCount, file: file, lineage: lineage)
    checkpoints.append(kept)
    return kept
  }

  /// By number (`c3` or `3`) or name; the newest of a name.
  func checkpoint(named word: String) -> KeptCheckpoint? {
    let digits = word.hasPrefix("c") ? word.dropFirst() : word[...]
    if let number = Int(digits), let kept = checkpoints.first(where: { $0.number == number }) { return kept }
    return checkpoints.last { $0.name == word }
  }

  /// A kept checkpoint or that of a file.
  func checkpoint(for word: String) throws(CommandError) -> KeptCheckpoint {
    if let kept = checkpoint(named: word) { return kept }
    guard CheckpointNames.isFile(word) else {
      let names = checkpoints.flatMap { ["c\($0.number)"] + ($0.name.isEmpty ? [] : [$0.name]) }
      let question = Suggestions.question(word, among: names).map { " \($0)" } ?? " :checkpoints lists them."
      throw .notFound("There is no checkpoint \(word.prefix(40)).\(question)")
    }
    do throws(SnapshotError) {
      if CheckpointNames.isJSON(word) { return KeptCheckpoint(try ExecutionJSON(readingFile: word), file: word) }
      let file = try SnapshotFile(path: word)
      return KeptCheckpoint(.portable(file), of: file, file: word)
    } catch {
      if case .system = error { throw .notFound("\(error)") }
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  /// A second machine with the state of a checkpoint.
  func restored(_ kept: KeptCheckpoint) throws(CommandError) -> (machine: Machine, record: SessionRecord) {
    let machine = freshMachine()
    return try reading { () throws(SnapshotError) in
      try machine.showingWork(options) { () throws(SnapshotError) in
        switch kept.content {
        case .image(let image): try image.restore(into: machine, makeSource: Self.source)
        case .portable(let file): try file.restore(into: machine, makeSource: Self.source)
        case .json(let json): try json.restore(into: machine, makeSource: Self.source)
        case .archived(let archive, let number):
          let file = try archive.state(number)
          try file.restore(into: machine, makeSource: Self.source)
          return (machine, Self.record(in: file))
        }
        return (machine, kept.record)
      }
    }
  }

  /// Restores a checkpoint in a second machine, whose hash must be the same.
  func verify(_ kept: KeptCheckpoint, _ checkpoint: Checkpoint) throws(CommandError) {
    var hashes: [UInt64] = []
    do throws(SnapshotError) {
      let second = freshMachine()
      try SnapshotFile(checkpoint.bytes).restore(into: second, makeSource: Self.source)
      hashes.append(try Checkpoint(second).hash)
    } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
    let third = try restored(kept).machine
    do throws(SnapshotError) { hashes.append(try Checkpoint(third).hash) } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
    guard hashes.allSatisfy({ $0 == checkpoint.hash }) else {
      throw CommandError(
        status: .error, message: "The restored state has another hash. This is a defect of cvm-repl: trust no file.")
    }
  }

  static func source(_ name: String, _ bytes: [UInt8]) -> any ScriptSource {
    ScriptText(SourceFile(name: name, bytes: bytes))
  }

  /// A machine as this session's, with nothing in it.
  func freshMachine() -> Machine {
    let machine = Machine(dispatcher: machine.dispatcher)
    machine.limits = options.limits
    if self.machine.objectWithID != nil { machine.installHeapFunction() }
    return machine
  }

  /// Replaces the heap by that of a checkpoint. After an error the session is as it was.
  func restore(_ kept: KeptCheckpoint) throws(CommandError) {
    let (machine, record) = try restored(kept)
    adopt(machine, record, after: kept.statement)
    if case .image(let image) = kept.content { savedImage = image }
    if let lineage = kept.lineage { heapLineage = lineage }
  }
}

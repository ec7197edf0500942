/// What a journal notes after a statement or a command: the state of one branch, and what is new in the session.
struct JournalEntry {
  struct Kept {
    var number: Int
    var name: String
    var statement: Int
    var byteCount: Int
    /// The number of its image.
    var image: Int
    var record: SessionRecord
  }

  var branch = ""
  var origin: Branches.Origin?
  /// All branches that there are.
  var branchNames: [String] = []
  var statementNumber = 0
  /// The statement after which the heap of the branch is as it is.
  var statement = 0
  /// The number of the branch's image.
  var image = 0
  /// Of the branch, without the statements that made objects.
  var record = SessionRecord()
  /// The session's own file.
  var file = ""
  // New since the entry before.
  var makers: [Statement] = []
  var typed: [SessionHistory.Entry] = []
  var checkpoints: [Kept] = []

  func encoded() -> [UInt8] {
    var writer = NetstringWriter()
    writer.add(branch)
    writer.add(origin?.branch ?? "")
    writer.add(origin?.statement ?? 0)
    writer.add(branchNames)
    for number in [statementNumber, statement, image] { writer.add(number) }
    writer.add(record.encoded())
    writer.add(file)
    writer.add(makers.count)
    for maker in makers { writer.add(maker) }
    writer.add(typed.count)
    for entry in typed {
      writer.add(entry.number ?? 0)
      writer.add(entry.text)
    }
    writer.add(checkpoints.count)
    for kept in checkpoints {
      for number in [kept.number, kept.statement, kept.byteCount, kept.image] { writer.add(number) }
      writer.add(kept.name)
      writer.add(kept.record.encoded())
    }
    return writer.bytes
  }

  init() {}

  /// Nil when the bytes are not what a journal has.
  init?(encoded bytes: [UInt8]) {
    guard var reader = NetstringReader(bytes), let branch = reader.text(), let origin = reader.text(),
      let first = reader.number(), let names = reader.texts(), let last = reader.number(),
      let statement = reader.number(), let image = reader.number(),
      let record = reader.content().flatMap(SessionRecord.init(encoded:)), let file = reader.text(),
      let makerCount = reader.count()
    else { return nil }
    (self.branch, branchNames, statementNumber, self.statement, self.image, self.record, self.file) =
      (branch, names, last, statement, image, record, file)
    self.origin = origin.isEmpty ? nil : Branches.Origin(branch: origin, statement: first)
    for _ in 0..<makerCount {
      guard let maker = reader.maker(after: makers.last) else { return nil }
      makers.append(maker)
    }
    guard let typedCount = reader.count() else { return nil }
    for _ in 0..<typedCount {
      guard let number = reader.number(), let text = reader.text() else { return nil }
      typed.append(SessionHistory.Entry(number: number == 0 ? nil : number, text: text))
    }
    guard let keptCount = reader.count() else { return nil }
    for _ in 0..<keptCount {
      guard let number = reader.number(), let statement = reader.number(), let byteCount = reader.number(),
        let image = reader.number(), let name = reader.text(),
        let record = reader.content().flatMap(SessionRecord.init(encoded:))
      else { return nil }
      checkpoints.append(
        Kept(number: number, name: name, statement: statement, byteCount: byteCount, image: image, record: record))
    }
  }
}

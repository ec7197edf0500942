/// What a session adds to a checkpoint.
struct SessionRecord {
  var takenNames: [String] = []
  var boundNames: [String] = []
  var makers: StatementList = []
  /// The number and the text of a statement that waits for an answer, or stands still.
  var waiting: (number: Int, text: [UInt8])?

  init() {}

  init(_ session: Session) {
    self.init(session, session.parkedNow)
  }

  /// Of a branch of a session.
  init(_ session: Session, _ branch: ParkedBranch) {
    takenNames = branch.results.takenNames.sorted()
    boundNames = branch.results.boundNames.sorted()
    makers = session.makers
    waiting = (branch.waiting ?? branch.stopped?.statement).map { ($0.number, $0.tree.source.bytes) }
  }

  func encoded() -> [UInt8] {
    var writer = NetstringWriter()
    writer.add(takenNames)
    writer.add(boundNames)
    writer.add(makers.count)
    for maker in makers { writer.add(maker) }
    if let waiting {
      writer.add(waiting.number)
      writer.add(waiting.text)
    }
    return writer.bytes
  }

  /// Nil when the bytes are not what a session writes.
  init?(encoded bytes: [UInt8]) {
    guard var reader = NetstringReader(bytes), let taken = reader.texts(), let bound = reader.texts(),
      let count = reader.count()
    else { return nil }
    (takenNames, boundNames) = (taken, bound)
    for _ in 0..<count {
      guard let maker = reader.maker(after: makers.last) else { return nil }
      makers.append(maker)
    }
    if let number = reader.number(), let text = reader.content() { waiting = (number, text) }
  }
}

extension NetstringWriter {
  mutating func add(_ maker: Statement) {
    add(maker.number)
    add(maker.text)
    add(maker.ids?.lowerBound ?? 0)
    add(maker.ids?.upperBound ?? 0)
  }
}

extension NetstringReader {
  /// A statement that made objects, behind another one.
  mutating func maker(after previous: Statement?) -> Statement? {
    guard let number = number(), let title = text(), let first = identifier(), let last = identifier(), first <= last,
      previous?.ids?.upperBound ?? 0 < first || first == 0
    else { return nil }
    return Statement(number: number, text: title, ids: first...last)
  }
}

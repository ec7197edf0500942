import CVMRuntime
import CVMSnapshot
import CVMSyntax

/// A checkpoint that a session keeps.
struct KeptCheckpoint {
  var number: Int
  var name: String
  /// The statement before it.
  var statement: Int
  var bytes: [UInt8]
  var hash: UInt64
  var file: String?

  var byteCount: Int { bytes.count }
  var title: String { name.isEmpty ? "c\(number)" : "c\(number) \(name)" }
  /// The first digits, which tell apart what a person compares.
  var hashText: String { String(String(hash | 1 << 63, radix: 16).suffix(16).prefix(8)) }
}

extension Session {
  /// The section of a checkpoint that holds what belongs to the session.
  static let sessionSection = "SESS"

  /// Takes the state of this moment, with the values of the results.
  func makeCheckpoint() throws(CommandError) -> Checkpoint {
    let roots = machine.hostRoots
    machine.hostRoots = results.roots
    defer { machine.hostRoots = roots }
    do throws(SnapshotError) {
      return try Checkpoint(machine, host: [(Self.sessionSection, SessionRecord(self).encoded())])
    } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
  }

  func keep(_ checkpoint: Checkpoint, name: String, file: String?) -> KeptCheckpoint {
    let kept = KeptCheckpoint(
      number: (checkpoints.last?.number ?? 0) + 1, name: name, statement: statementNumber, bytes: checkpoint.bytes,
      hash: checkpoint.hash, file: file)
    checkpoints.append(kept)
    return kept
  }

  /// By number (`c3` or `3`) or name; the newest of a name.
  func checkpoint(named word: String) -> KeptCheckpoint? {
    let digits = word.hasPrefix("c") ? word.dropFirst() : word[...]
    if let number = Int(digits), let kept = checkpoints.first(where: { $0.number == number }) { return kept }
    return checkpoints.last { $0.name == word }
  }

  /// Restores a checkpoint in a second machine, whose hash must be the same.
  func verify(_ checkpoint: Checkpoint) throws(CommandError) {
    let again: Checkpoint
    do throws(SnapshotError) {
      let second = freshMachine()
      try SnapshotFile(checkpoint.bytes).restore(into: second, makeSource: Self.source)
      again = try Checkpoint(second)
    } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
    guard again.hash == checkpoint.hash else {
      throw CommandError(
        status: .error, message: "The restored state has another hash. This is a defect of cvm-repl: trust no file.")
    }
  }

  static func source(_ name: String, _ bytes: [UInt8]) -> any ScriptSource {
    ScriptText(SourceFile(name: name, bytes: bytes))
  }

  /// A machine as this session's, with nothing in it.
  private func freshMachine() -> Machine {
    let machine = Machine(dispatcher: machine.dispatcher)
    machine.limits = options.limits
    if self.machine.objectWithID != nil { machine.installHeapFunction() }
    return machine
  }

  /// Replaces the heap by that of a checkpoint. After an error the session is as it was.
  func restore(_ file: SnapshotFile) throws(SnapshotError) {
    let fresh = freshMachine()
    try file.restore(into: fresh, makeSource: Self.source)
    let record = file.hostSection(Self.sessionSection).flatMap(SessionRecord.init(encoded:)) ?? SessionRecord()
    adopt(fresh, record)
  }
}

/// What a session adds to a checkpoint: as netstrings, each a length in digits, a colon, the bytes and a comma.
struct SessionRecord {
  var takenNames: [String] = []
  var boundNames: [String] = []
  var makers: [Statement] = []
  /// The number and the text of a statement that waits for an answer.
  var waiting: (number: Int, text: [UInt8])?

  init() {}

  init(_ session: Session) {
    takenNames = session.results.takenNames.sorted()
    boundNames = session.results.boundNames.sorted()
    makers = session.makers
    waiting = session.waiting.map { ($0.number, $0.tree.source.bytes) }
  }

  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ content: [UInt8]) { bytes += Array("\(content.count):".utf8) + content + [0x2c] }
    func add(_ text: String) { add(Array(text.utf8)) }
    for list in [takenNames, boundNames] {
      add("\(list.count)")
      list.forEach { add($0) }
    }
    add("\(makers.count)")
    for maker in makers {
      add("\(maker.number)")
      add(maker.text)
      add("\(maker.ids?.lowerBound ?? 0)")
      add("\(maker.ids?.upperBound ?? 0)")
    }
    if let waiting {
      add("\(waiting.number)")
      add(waiting.text)
    }
    return bytes
  }

  /// Nil when the bytes are not what a session writes.
  init?(encoded bytes: [UInt8]) {
    var fields: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let colon = rest.prefix(20).firstIndex(of: 0x3a),
        let count = Int(String(decoding: rest[..<colon], as: UTF8.self)), count >= 0,
        count < rest.endIndex - colon - 1, rest[colon + 1 + count] == 0x2c
      else { return nil }
      fields.append(Array(rest[(colon + 1)..<(colon + 1 + count)]))
      rest = rest[(colon + 2 + count)...]
    }
    var position = 0
    func text() -> String? {
      guard position < fields.count else { return nil }
      position += 1
      return String(decoding: fields[position - 1], as: UTF8.self)
    }
    func number() -> Int? { text().flatMap { Int($0) } }
    func list() -> [String]? {
      guard let count = number(), count >= 0, count <= fields.count - position else { return nil }
      return (0..<count).compactMap { _ in text() }
    }
    guard let taken = list(), let bound = list(), let count = number(), count >= 0, count <= fields.count else {
      return nil
    }
    (takenNames, boundNames) = (taken, bound)
    for _ in 0..<count {
      guard let number = number(), let title = text(), let first = identifier(text()), let last = identifier(text()),
        first <= last
      else { return nil }
      if let before = makers.last?.ids?.upperBound, before >= first { return nil }
      makers.append(Statement(number: number, text: title, ids: first...last))
    }
    if let number = number(), position < fields.count { waiting = (number, fields[position]) }
  }
}

private func identifier(_ text: String?) -> UInt64? { text.flatMap { UInt64($0) } }

/// Files of the directory store: a magic number, fields, and a hash of all of it.
enum RecordFile {
  static let executionMagic = Array("CVMEXEC1".utf8)
  static let programMagic = Array("CVMPROG1".utf8)
  static let blobMagic = Array("CVMBLOB1".utf8)

  static func sealed(_ magic: [UInt8], _ fields: [UInt8]) -> [UInt8] {
    let content = magic + fields
    return content + BlobAddress(of: content).bytes
  }

  /// The fields; nil when the bytes are not those that were written.
  static func opened(_ magic: [UInt8], _ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= magic.count + 16, bytes.starts(with: magic) else { return nil }
    let content = Array(bytes.dropLast(16))
    guard BlobAddress(of: content).bytes == Array(bytes.suffix(16)) else { return nil }
    return Array(content.dropFirst(magic.count))
  }
}

/// What the file `record` of an execution holds: everything but the state, the log, and who is at it.
struct StoredRecord {
  var record: ExecutionRecord
  /// The bytes of the log that belong to it.
  var logBytes: Int

  func encoded() -> [UInt8] {
    var writer = FieldWriter()
    writer.text(record.id)
    writer.field(record.program.bytes)
    writer.field(record.details)
    writer.number(UInt64(record.status.rawValue))
    writer.number(UInt64(record.sequence))
    writer.field(record.state?.bytes ?? [])
    writer.number(UInt64(record.stateBytes))
    for text in [record.question, record.answer, record.result] { writer.optional(text) }
    writer.number(UInt64(record.outputBytes))
    writer.number(UInt64(record.logEntries))
    writer.number(record.createdAt.bitPattern)
    writer.number(record.updatedAt.bitPattern)
    writer.number(UInt64(logBytes))
    return RecordFile.sealed(RecordFile.executionMagic, writer.bytes)
  }

  init(_ record: ExecutionRecord, logBytes: Int) { (self.record, self.logBytes) = (record, logBytes) }

  init?(encoded bytes: [UInt8]) {
    guard let fields = RecordFile.opened(RecordFile.executionMagic, bytes) else { return nil }
    var reader = FieldReader(fields)
    guard let id = reader.text(), let program = reader.field().flatMap({ BlobAddress(bytes: $0) }),
      let details = reader.field(), let code = reader.number(),
      let status = UInt8(exactly: code).flatMap(ExecutionStatus.init), let sequence = reader.count(),
      let state = reader.field(), let stateBytes = reader.count(), let question = reader.optional(),
      let answer = reader.optional(), let result = reader.optional(), let outputBytes = reader.count(),
      let logEntries = reader.count(), let created = reader.time(), let updated = reader.time(),
      let logBytes = reader.count(), reader.isAtEnd
    else { return nil }
    self.logBytes = logBytes
    record = ExecutionRecord(
      id: id, program: program, details: details, status: status, sequence: sequence,
      state: BlobAddress(bytes: state), stateBytes: stateBytes, question: question, answer: answer, result: result,
      outputBytes: outputBytes, logEntries: logEntries, createdAt: created, updatedAt: updated)
  }
}

/// A blob as the directory store has it: what it stands on, and the bytes of the whole chain, before the content.
struct BlobFile {
  let blob: StoredBlob
  let chainBytes: Int
  static let headerSize = 40

  static func header(parent: BlobAddress?, chainBytes: Int) -> [UInt8] {
    var writer = FieldWriter()
    writer.number(parent == nil ? 0 : 1)
    writer.number(UInt64(chainBytes))
    return RecordFile.blobMagic + (parent?.bytes ?? [UInt8](repeating: 0, count: 16)) + writer.bytes
  }

  /// Nil when the bytes are not what has this address.
  init?(_ bytes: [UInt8], address: BlobAddress) {
    guard let (parent, chainBytes) = Self.readHeader(bytes) else { return nil }
    let content = Array(bytes.dropFirst(Self.headerSize))
    guard BlobAddress(of: content, parent: parent) == address else { return nil }
    blob = StoredBlob(address: address, parent: parent, bytes: content)
    self.chainBytes = chainBytes
  }

  static func readHeader(_ bytes: [UInt8]) -> (parent: BlobAddress?, chainBytes: Int)? {
    let magic = RecordFile.blobMagic.count
    guard bytes.count >= headerSize, bytes.starts(with: RecordFile.blobMagic) else { return nil }
    var reader = FieldReader(Array(bytes[(magic + 16)..<headerSize]))
    guard let hasParent = reader.number(), hasParent < 2, let chainBytes = reader.count() else { return nil }
    return (hasParent == 1 ? BlobAddress(bytes: bytes[magic..<(magic + 16)]) : nil, chainBytes)
  }
}

/// The entries of the log file: kind, sequence, size and bytes of each.
enum LogFile {
  static func encoded(_ entries: [LogEntry], sequence: Int) -> [UInt8] {
    var writer = FieldWriter()
    for entry in entries {
      writer.number(UInt64(entry.kind.rawValue))
      writer.number(UInt64(sequence))
      writer.field(entry.bytes)
    }
    return writer.bytes
  }

  static func entries(_ bytes: [UInt8]) -> [LogEntry]? {
    var reader = FieldReader(bytes)
    var entries: [LogEntry] = []
    while !reader.isAtEnd {
      guard let kind = reader.number().flatMap({ UInt8(exactly: $0) }).flatMap(LogEntry.Kind.init),
        let sequence = reader.count(), let content = reader.field()
      else { return nil }
      entries.append(LogEntry(kind, content).at(sequence))
    }
    return entries
  }
}

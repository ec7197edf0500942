import CVMRuntime
import CVMSnapshot
import CVMStorage
import CVMSyntax

/// A machine that runs from one commit to the next, and what it prints meanwhile.
final class ExecutionRun {
  let session: Session
  var log: [LogEntry] = []

  init(_ session: Session) {
    self.session = session
    let console = session.console
    session.machine.output = { [unowned self] in
      self.add(.output, $0)
      console.write($0)
    }
    session.machine.errorOutput = { [unowned self] in
      self.add(.errorOutput, $0)
      console.writeError($0)
    }
  }

  private func add(_ kind: LogEntry.Kind, _ bytes: [UInt8]) {
    if log.last?.kind == kind { log[log.count - 1].bytes += bytes } else { log.append(LogEntry(kind, bytes)) }
  }
}

/// How the state of a machine is kept in a store: a complete checkpoint in the portable encoding, which every version of the
/// program opens.
enum ExecutionState {
  /// The state of a machine that stands between two instructions. A state that says only what changed since the parent would
  /// be made here, and name it.
  static func taken(
    of session: Session, id: String, on parent: BlobAddress?
  ) throws(ExecutionError) -> StateBlob {
    do throws(CommandError) {
      return StateBlob(try session.makeCheckpoint().bytes)
    } catch {
      throw .notSavable(id: id, reason: error.message)
    }
  }

  /// Gives a new session the state that a chain of blobs is, the complete one first.
  static func restore(
    _ chain: [StoredBlob], of id: String, into session: Session
  ) throws(ExecutionError) {
    guard let blob = chain.last, chain.count == 1 else {
      throw .state(id: id, reason: "it stands on another one, as only newer versions write it")
    }
    do throws(SnapshotError) {
      let file = try SnapshotFile(blob.bytes, path: "the state of \(id)")
      let record = file.hostSection(Session.sessionSection).flatMap(SessionRecord.init(encoded:)) ?? SessionRecord()
      try file.restore(into: session.machine, makeSource: Session.source)
      session.results.adopt(session.machine, taken: record.takenNames, bound: record.boundNames)
    } catch {
      throw .state(id: id, reason: "\(error)")
    }
  }
}

/// What must be known of a program beside its text, so that it can be started again.
public struct ProgramDetails: Equatable, Sendable {
  /// What messages call it.
  public var file: String
  public var isTypeScript: Bool
  /// How it behaves where it does not say it itself.
  public var language: LanguageDialect
  /// What it finds in `process.argv` behind its name.
  public var arguments: [String]

  public init(file: String, language: LanguageDialect = .js, arguments: [String] = []) {
    (self.file, self.language, self.arguments) = (file, language, arguments)
    isTypeScript = file.hasSuffix(".ts")
  }

  func encoded() -> [UInt8] {
    var writer = FieldWriter()
    writer.text(file)
    writer.text(isTypeScript ? "ts" : "js")
    writer.text(language.rawValue)
    writer.number(UInt64(arguments.count))
    for argument in arguments { writer.text(argument) }
    return writer.bytes
  }

  init?(encoded bytes: [UInt8]) {
    var reader = FieldReader(bytes)
    guard let file = reader.text(), let dialect = reader.text(),
      let language = reader.text().flatMap(LanguageDialect.init(rawValue:)), let count = reader.number(),
      count <= UInt64(bytes.count)
    else { return nil }
    var arguments: [String] = []
    for _ in 0..<count {
      guard let argument = reader.text() else { return nil }
      arguments.append(argument)
    }
    self.init(file: file, language: language, arguments: arguments)
    isTypeScript = dialect == "ts"
  }
}

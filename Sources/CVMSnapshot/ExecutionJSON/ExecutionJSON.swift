import CVMRuntime
import CVMText

/// An execution as JSON, which people and other programs read: exact for every value. ExecutionJSONFormat.md has every member.
public final class ExecutionJSON {
  /// Members that a host may add.
  public static let hostMembers = ["id", "programId", "program", "log"]
  private static let sessionMember = "session"

  /// The state that the text holds.
  public let snapshot: SnapshotFile
  /// The text, for the members that a host has added.
  public let document: JSONDocument
  private let path: String
  private let reader: ExecutionJSONReader

  /// Whether a text calls itself execution JSON.
  public static func isOne(_ document: JSONDocument) -> Bool {
    document.member("format", of: document.root).map { document.isText($0, ExecutionNames.format) } ?? false
  }

  /// Reads a text. What no machine can have is found when the state is restored.
  public convenience init(_ bytes: [UInt8], path: String = "the execution") throws(SnapshotError) {
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(bytes) } catch { throw .json(path: path, error) }
    try self.init(document, path: path)
  }

  public init(_ document: JSONDocument, path: String = "the execution") throws(SnapshotError) {
    (self.document, self.path) = (document, path)
    var snapshotBytes: [UInt8] = []
    let reader: ExecutionJSONReader
    do throws(JSONError) {
      let host = try Self.check(document)
      reader = try Self.read(document, &snapshotBytes, host)
    } catch {
      throw .json(path: path, error)
    }
    self.reader = reader
    snapshot = try SnapshotFile(snapshotBytes, path: path)
  }

  /// Checks what the text calls itself; what the session has added.
  private static func check(_ document: JSONDocument) throws(JSONError) -> [UInt8]? {
    let root = document.root
    guard isOne(document) else {
      throw document.error("this is no execution: its format is not \(ExecutionNames.format)", at: root)
    }
    guard let version = document.member("version", of: root), let number = document.integer(version) else {
      throw document.error("the version is missing", at: root)
    }
    guard number == ExecutionNames.version else {
      throw document.error(
        "version \(number) is another than \(ExecutionNames.version), the one that is read", at: version)
    }
    guard let session = document.member(sessionMember, of: root) else { return nil }
    guard let bytes = document.text(session).flatMap({ Base64.decode($0) }) else {
      throw document.error("this is no Base64", at: session)
    }
    return bytes
  }

  /// Makes a checkpoint file of a text.
  private static func read(
    _ document: JSONDocument, _ bytes: inout [UInt8], _ session: [UInt8]?
  ) throws(JSONError) -> ExecutionJSONReader {
    var reader = ExecutionJSONReader(document)
    do throws(JSONError) {
      let state = try reader.read(hostMembers: hostMembers + ["format", "version", "storage", sessionMember])
      bytes = (session ?? []).withUnsafeBytes { session in
        SnapshotFileLayout(state, host: [("SESS", session)]).assembled()
      }
      reader.stringIndex.free()
      return reader
    } catch {
      reader.free()
      throw error
    }
  }

  /// Gives a fresh machine the state. After an error, which says where in the text it is, the machine is of no use.
  public func restore(
    into machine: Machine, makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    do throws(SnapshotError) { try snapshot.restore(into: machine, makeSource: makeSource) } catch {
      guard case .malformed(_, let error) = error else { throw error }
      throw .json(path: path, document.error(error.message, at: reader.node(of: error)))
    }
  }

  /// Writes a text into a file: all of it or nothing.
  public static func write(_ text: [UInt8], to path: String, syncs: Bool = true) throws(SnapshotError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(text.count, 1), alignment: 8)
    defer { copy.deallocate() }
    copy.copyBytes(from: text)
    try writeAtomically([UnsafeRawBufferPointer(rebasing: copy[..<text.count])], to: path, syncs: syncs)
  }

  /// The text of a checkpoint that was taken with notes. `host` adds members of `hostMembers`.
  public static func text(
    of checkpoint: Checkpoint, host: (inout JSONWriter) -> Void = { _ in }
  ) throws(SnapshotError) -> [UInt8] {
    guard let notes = checkpoint.state.notes else {
      throw .notSavable(PortableError("the checkpoint was taken without notes"))
    }
    var writer = ExecutionJSONWriter(checkpoint.state, notes)
    var json = JSONWriter()
    do throws(PortableError) {
      try json.tryObject { (json) throws(PortableError) in
        json.member("format", ExecutionNames.format)
        json.member("version", ExecutionNames.version)
        host(&json)
        try writer.write(to: &json)
        if let session = checkpoint.hostSection("SESS") {
          json.breakLine()
          json.member(sessionMember, Base64.encode(session))
        }
      }
    } catch {
      throw .notSavable(error)
    }
    json.newline()
    return json.bytes
  }
}

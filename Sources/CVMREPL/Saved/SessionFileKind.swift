import CVMReport
import CVMSnapshot

/// What `:save FILE.cvms` wrote.
enum SessionFileKind: FileKind {
  static let title = "a saved session"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.bytes.count > 10 && CheckpointFileKind.recognizes(beginning)
      && beginning.bytes[10] == SnapshotFile.Kind.session.rawValue
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    let archive = try session.reading { () throws(SnapshotError) in try SessionArchive(path: path) }
    let saved = try session.open(archive, path: path)
    let statements = saved.entries.count { $0.number != nil }
    var parts = [Numbers.counted(UInt64(statements), "statement")]
    if saved.branches.count > 1 { parts.append("\(saved.branches.count) branches") }
    if !saved.checkpoints.isEmpty { parts.append(Numbers.counted(UInt64(saved.checkpoints.count), "checkpoint")) }
    var sentence =
      "opened \(path): \(parts.joined(separator: ", ")), now at [\(session.currentStatement)] on \(saved.currentBranch)"
    let question = session.waiting.map { _ in session.machine.vm.text(session.machine.pausedPrompt) }
    if let question { sentence += ". Paused at CC: \(question)   (:answer TEXT, :abort)" }
    return .session(sentence) { writer in
      writer.member("file", path)
      writer.member("statements", statements)
      writer.member("branches", saved.branches.count)
      writer.member("checkpoints", saved.checkpoints.count)
      writer.member("statement", session.currentStatement)
      writer.member("branch", saved.currentBranch)
      writer.member("paused", question != nil)
    }
  }
}

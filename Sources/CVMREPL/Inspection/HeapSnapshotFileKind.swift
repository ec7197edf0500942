import CVMHeapGraph

/// What Chrome's DevTools and Node write: `.heapsnapshot`.
enum HeapSnapshotFileKind: FileKind {
  static let title = "a heap snapshot of V8"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    let keys = beginning.jsonKeys
    return keys.contains("snapshot") || ["nodes", "edges", "strings"].contains(keys.first)
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    var failure: HeapSnapshotError?
    let file: HeapSnapshotFile? = try session.analysing { progress throws(AnalysisError) in
      do throws(HeapSnapshotError) { return try HeapSnapshotFile(path: path, progress: progress) } catch {
        if error == .cancelled { throw .cancelled }
        failure = error
        return nil
      }
    }
    guard let file else {
      let reason = failure.map { "\($0)" } ?? ""
      if case .unreadable = failure { throw .notFound("Cannot read \(path): \(reason)") }
      throw CommandError(status: .error, message: "Cannot open \(path): \(reason)")
    }
    return .heap(
      OpenedHeap(
        name: OpenedHeap.name(for: path), path: path, kind: "heap snapshot of V8", graph: file.graph,
        remarks: file.remarks))
  }
}

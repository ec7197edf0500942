import CVMHeapGraph
import CVMReport
import CVMSnapshot
import CVMSyntax
import CVMText
import Glibc

/// An execution of the first CVM, to be looked at.
enum FirstCVMExecutionFileKind: FileKind {
  static let title = "an execution of the first CVM"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    let keys = beginning.jsonKeys
    return keys.contains("programId") && !keys.contains("format")
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    .heap(try FirstCVMFiles.heap(path))
  }
}

/// A program of the first CVM, which is run.
enum FirstCVMProgramFileKind: FileKind {
  static let title = "a program of the first CVM"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    let keys = beginning.jsonKeys
    return keys.contains("source") && (keys.contains("bytecode") || keys.contains("name"))
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    let program = try FirstCVMFiles.program(path)
    throw .usage(
      "\(path) is the program \(program.name) of the first CVM. It has no heap to look at: "
        + "cvm-repl run \(ExecutionRunner.shellWord(path)) starts it.")
  }
}

/// The folder of the first CVM: `programs/ID.json`, `executions/ID.json`, `outputs/ID.output`, `metadata.json`.
enum FirstCVMFiles {
  /// Whether a folder is one.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "/executions", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Opens all executions of a folder; the current one is looked at.
  static func open(folder path: String, in session: Session) throws(CommandError) -> OpenedFile {
    let names = files(in: path + "/executions")
    guard !names.isEmpty else { throw .notFound("There are no executions in \(path)/executions.") }
    var current: String?
    if let document = try? document(path + "/metadata.json"),
      let member = document.member("currentExecutionId", of: document.root)
    {
      current = document.text(member)
    }
    var heaps: [(name: String, heap: OpenedHeap)] = []
    var damaged: [String] = []
    for name in names.prefix(heapLimit) {
      do throws(CommandError) {
        heaps.append((name, try heap("\(path)/executions/\(name).json")))
      } catch {
        damaged.append(error.message)
      }
    }
    guard let last = heaps.last else { throw CommandError(status: .error, message: damaged.joined(separator: "\n")) }
    let chosen = heaps.first { $0.name == current } ?? last
    for (name, heap) in heaps where name != chosen.name { session.openedHeaps.add(heap) }
    var remarks = chosen.heap.remarks
    if heaps.count > 1 { remarks.append("\(heaps.count) executions are open: :use lists them, :use NAME changes.") }
    if names.count > heapLimit {
      remarks.append("\(names.count - heapLimit) more are not: cvm-repl open FILE opens one of them.")
    }
    remarks += damaged
    return .heap(
      OpenedHeap(
        name: chosen.heap.name, path: chosen.heap.path, kind: chosen.heap.kind, graph: chosen.heap.graph,
        remarks: remarks))
  }

  /// As many as one would look at.
  private static let heapLimit = 50

  static func heap(_ path: String) throws(CommandError) -> OpenedHeap {
    let execution: FirstCVMExecution
    do throws(JSONError) { execution = try FirstCVMExecution(try document(path)) } catch {
      throw CommandError(SnapshotError.json(path: path, error))
    }
    return OpenedHeap(
      name: OpenedHeap.name(for: path), path: path, kind: "execution of the first CVM", graph: execution.graph,
      remarks: remarks(execution, path))
  }

  static func program(_ path: String) throws(CommandError) -> FirstCVMProgram {
    do throws(JSONError) { return try FirstCVMProgram(try document(path)) } catch {
      throw CommandError(SnapshotError.json(path: path, error))
    }
  }

  /// A program's text, if bytes are that of a program file of the first CVM.
  static func source(in bytes: [UInt8]) -> String? {
    guard FirstCVMProgramFileKind.recognizes(FileBeginning(bytes: bytes, byteCount: bytes.count)),
      let document = try? JSONDocument(bytes), FirstCVMProgram.isOne(document)
    else { return nil }
    return (try? FirstCVMProgram(document))?.source
  }

  private static func remarks(_ execution: FirstCVMExecution, _ path: String) -> [String] {
    var first = "State: \(execution.state.isEmpty ? "unknown" : execution.state)"
    if let place = execution.programCounter { first += ", at instruction \(place)" }
    var remarks = [first + "."]
    if let question = execution.question { remarks.append("It asks: \(question)") }
    if let error = execution.error { remarks.append("Error: \(error)") }
    if execution.isInline {
      remarks.append(
        "The file has no heap: each value is written in full where it is mentioned, and got a number here.")
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let base = parts.dropLast(2).joined(separator: "/")
    let folder = parts.count < 2 ? ".." : parts.count == 2 ? "." : base.isEmpty ? "/" : base
    let output = "\(folder)/outputs/\(execution.id).output"
    if let bytes = try? readFile(output) {
      let lines = bytes.split(separator: 10).count
      remarks.append("It printed \(Numbers.counted(UInt64(lines), "line")): \(output)")
    }
    let program = "\(folder)/programs/\(execution.programID).json"
    let canRun = access(program, R_OK) == 0
    remarks.append(
      "This is read only: the machine that it belongs to is gone."
        + (canRun ? " cvm-repl run \(ExecutionRunner.shellWord(program)) starts its program again." : ""))
    return remarks
  }

  private static func document(_ path: String) throws(JSONError) -> JSONDocument {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch { throw JSONError(error.reason) }
    return try JSONDocument(bytes)
  }

  /// The names of the `.json` files of a folder, sorted.
  private static func files(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }
}

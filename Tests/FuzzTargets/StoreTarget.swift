import CVMREPL
import CVMStorage
import Foundation

extension FuzzTarget {
  /// Changes of the rows of a store: what is asked of it is refused with a reason, or goes on with a sound heap.
  static let store = FuzzTarget(
    "store",
    seeds: {
      (0..<32).map { seed -> [UInt8] in
        (0..<(8 + seed)).map { (place: Int) -> UInt8 in UInt8(truncatingIfNeeded: (place * 29 ^ seed) * (seed + 3)) }
      }
    }
  ) { bytes in
    let path = folder + "/store.db"
    for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
    guard (try? storeContent.write(to: URL(fileURLWithPath: path))) != nil else { return }
    var drawn = DrawnBytes(bytes)
    guard let forger = RowForger(path) else { return }
    repeat { forger.change(&drawn) } while !drawn.isEmpty
    forger.close()
    do {
      try useStore(path)
      noteOutcome(isRefusal: false)
    } catch {
      noteOutcome(isRefusal: true)
      require(error is ExecutionError || error is StorageError, "another error: \(error)")
      require(!"\(error)".isEmpty, "no reason")
    }
  }

  private static let storeProgram = """
    const list = [], names = new Map();
    function* count() { let n = 0; while (true) yield n++; }
    const counter = count();
    for (let i = 0; i < 20; i++) {
      const answer = CC('question ' + i);
      list.push({answer, list, number: counter.next().value});
      names.set(answer, () => list[i]);
      console.log(answer, list.length);
    }
    """

  /// A store with an execution that waits in the middle, in several states that stand one upon the other.
  private static let storeContent: Data = {
    let path = folder + "/original.db"
    do {
      let manager = VMManager(store: try SQLiteStore(path: path, durability: .processEnd), smallState: 0)
      try manager.loadProgram("asks", source: storeProgram)
      try manager.startExecution("one", program: "asks")
      try manager.hold("one")
      _ = try manager.getNext("one")
      for number in 1...3 { _ = try manager.answer("answer \(number)", to: "one", sequence: number) }
      try manager.release("one")
    } catch { fatalError("no store to begin with: \(error)") }
    return FileManager.default.contents(atPath: path) ?? Data()
  }()

  private static func useStore(_ path: String) throws {
    var options = SessionOptions()
    options.limits.steps = 50_000
    options.limits.heapBytes = 64 << 20
    let manager = VMManager(store: try SQLiteStore(path: path, durability: .processEnd), options: options)
    _ = try? manager.list().map { "\($0)" }
    _ = try? manager.output("one")
    let record = try manager.status("one")
    var sequence = record.sequence
    for number in 0..<4 {
      if case .question(_, let next) = try manager.getNext("one") { sequence = next }
      _ = try manager.answer("again \(number)", to: "one", sequence: sequence)
      manager.session(of: "one")?.machine.verifyHeap()
    }
    _ = try? manager.restart("one")
    try manager.delete("one")
  }
}

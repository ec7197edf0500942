// A process that makes steps of an execution in a store, for tests that kill it or run several of it.
//
// store-probe PLACE commit ID: makes one step after the other for ever; each is acknowledged on standard output.
// store-probe PLACE answer ID NAME COUNT: gives so many answers to the execution, which others answer at the same time.
// store-probe PLACE import: makes one execution after the other for ever, each with a state from elsewhere.
// store-probe PLACE hold ID: takes the execution and keeps it until it is killed.
import CVMStorage
import Glibc

func openStore(_ place: String) throws -> any ExecutionStore {
  if place.hasPrefix("sqlite:") {
    return try SQLiteStore(path: String(place.dropFirst("sqlite:".count)), durability: .processEnd)
  }
  return try DirectoryStore(path: place, files: FileOperations(durability: .processEnd))
}

func say(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}

/// Every fourth state is a complete one; the others stand on the one before.
func step(_ record: ExecutionRecord) -> ExecutionCommit {
  let number = record.sequence + 1
  var commit = ExecutionCommit(expectedSequence: record.sequence, status: .waiting)
  let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 1000 + number % 7 * 3000)
  commit.state = .replaced(
    StateBlob(bytes + Array("state \(number)".utf8), parent: number % 4 == 0 ? nil : record.state))
  commit.question = "question \(number)"
  commit.log = [LogEntry(.output, "line \(number)\n"), LogEntry(.question, "question \(number)")]
  return commit
}

func commitForEver(_ store: any ExecutionStore, _ id: String) throws {
  let owner = Owner()
  var record = try store.acquire(id, for: owner)
  while true {
    record = try store.commit(step(record), to: id, by: owner)
    say("\(record.sequence)")
  }
}

func answer(_ store: any ExecutionStore, _ id: String, _ name: String, _ count: Int) throws {
  let owner = Owner()
  var given = 0
  while given < count {
    do {
      let record = try store.acquire(id, for: owner)
      var commit = ExecutionCommit(expectedSequence: record.sequence, status: .waiting)
      commit.log = [LogEntry(.answer, "\(name) \(given)")]
      commit.state = .replaced(StateBlob(Array("after \(name) \(given)".utf8)))
      try store.commit(commit, to: id, by: owner)
      given += 1
      say("\(name) \(given)")
      try store.release(id, by: owner)
    } catch StorageError.owned {
      usleep(500)
    }
  }
}

func importForEver(_ store: any ExecutionStore) throws {
  for number in (try store.records().count + 1)... {
    var first = ExecutionCommit(expectedSequence: 0, status: .waiting)
    first.state = .replaced(StateBlob(Array("state \(number) ".utf8) + [UInt8](repeating: 7, count: number % 5 * 4000)))
    first.question = "question \(number)"
    first.log = [LogEntry(.output, "line \(number)\n")]
    try store.create(NewExecution(id: "e\(number)", program: Array("p".utf8), first: first), owner: nil)
    say("\(number)")
  }
}

let arguments = CommandLine.arguments
do {
  let store = try openStore(arguments[1])
  switch arguments[2] {
  case "commit": try commitForEver(store, arguments[3])
  case "answer": try answer(store, arguments[3], arguments[4], Int(arguments[5]) ?? 0)
  case "import": try importForEver(store)
  case "hold":
    try store.acquire(arguments[3], for: Owner())
    say("held by \(getpid())")
    while true { pause() }
  default: exit(2)
  }
} catch {
  say("error: \(error)")
  exit(1)
}

import CVMREPL
import CVMStorage
import Glibc

/// A program with ten thousand strings that asks many questions, each of which changes one: what its steps cost in a store
/// that outlives the process but no loss of power, in milliseconds of CPU time and bytes written.
struct ExecutionBenchmark {
  private var questions = 200
  private var folder = "/dev/shm"

  private static let program = """
    const strings = [];
    for (let i = 0; i < 10000; i++) strings.push('string number ' + i + ' of them all');
    for (let n = 0; ; n++) strings[n * 37 % 10000] = 'changed to ' + CC('string ' + n + '?');
    """

  init(arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--folder" {
        folder = rest.popFirst() ?? folder
      } else if let number = Int(argument) {
        questions = number
      }
    }
  }

  func run() {
    let path = "\(folder)/cvm-benchmark-\(getpid()).db"
    defer { for ending in ["", "-wal", "-shm"] { unlink(path + ending) } }
    do {
      let before = Self.bytesWritten()
      try timed("all of it") { try all(path) }
      print("bytes written: \(Self.bytesWritten() - before)")
      for _ in 0..<3 { try resume(path) }
    } catch { print("\(error)") }
  }

  private func all(_ path: String) throws {
    let store = try timed("open the store") { try SQLiteStore(path: path, durability: .processEnd) }
    let manager = VMManager(store: store)
    try manager.loadProgram("p", source: Self.program)
    try manager.startExecution("e", program: "p")
    try manager.hold("e")
    var step = try timed("to the first question") { try manager.getNext("e") }
    var (largest, states) = (0, 0)
    try timed("\(questions) questions") {
      for number in 0..<questions {
        guard case .question(_, let sequence) = step else { return print("\(step)") }
        step = try manager.answer("answer \(number)", to: "e", sequence: sequence)
      }
    }
    for blob in try store.state(of: "e").dropFirst() {
      largest = max(largest, blob.bytes.count)
      states += blob.bytes.count
    }
    print("bytes of changes: \(states), at most \(largest)")
    try timed("give it back") { try manager.release("e") }
    print("bytes of the state: \(try store.existing("e").stateBytes)")
  }

  /// In a machine that has nothing yet.
  private func resume(_ path: String) throws {
    let store = try SQLiteStore(path: path, durability: .processEnd)
    try timed("resume to the next question") {
      let manager = VMManager(store: store)
      let sequence = try manager.status("e").sequence
      _ = try manager.answer("again", to: "e", sequence: sequence)
    }
    try timed("start a program that asks") {
      let manager = VMManager(store: MemoryStore())
      try manager.loadProgram("q", source: "CC('?')")
      try manager.startExecution("f", program: "q")
      _ = try manager.getNext("f")
    }
  }

  private func timed<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
    let start = Self.now()
    let result = try body()
    print("\(name): \(((Self.now() - start) * 10_000).rounded() / 10) ms")
    return result
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// What this process has handed to the system.
  private static func bytesWritten() -> Int {
    guard let file = fopen("/proc/self/io", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("wchar:") { return Int(text.filter(\.isNumber)) ?? 0 }
    }
    return 0
  }
}

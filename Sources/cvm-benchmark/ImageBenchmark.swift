import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import Glibc

/// Saving and opening the image of a heap of objects with five values each, in milliseconds of CPU time.
struct ImageBenchmark {
  private var count = 1_000_000
  private var folder = "/dev/shm"

  init(arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--folder" {
        folder = rest.popFirst() ?? folder
      } else if let number = Int(argument) {
        count = number
      }
    }
  }

  func run() {
    let path = "\(folder)/cvm-benchmark.image"
    let session = Session(options: SessionOptions(), console: .silent)
    session.evaluate(
      "let all = []; for (let i = 0; i < \(count); i++) all.push({a: i, b: i + 1, c: i / 2, d: 'd', e: true}); 0")
    do {
      var bytes = 0
      try timed("save all") {
        let image = ImageCheckpoint(session.machine)
        bytes = image.byteCount
        try image.write(to: path, syncs: false)
        image.noteSaved()
      }
      print("bytes of the file: \(bytes)")
      for _ in 0..<3 {
        try open(path, validates: false, "open, pages as they are touched")
        try open(path, validates: true, "open and validate")
      }
      unlink(path)
    } catch { print("\(error)") }
  }

  private func open(_ path: String, validates: Bool, _ name: String) throws {
    let machine = Machine()
    try timed(name) {
      try ImageFile.restore([.file(path)], into: machine, validates: validates) { name, bytes in
        ScriptText(SourceFile(name: name, bytes: bytes))
      }
    }
  }

  private func timed(_ name: String, _ body: () throws -> Void) throws {
    let start = Self.now()
    try body()
    print("\(name): \(((Self.now() - start) * 10_000).rounded() / 10) ms")
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

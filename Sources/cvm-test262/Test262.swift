import Foundation

/// Runs the tests of a test262 checkout; `Scripts/test262.sh` says how.
@main struct Test262 {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func value(_ name: String) -> String? {
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
      let value = arguments[index + 1]
      arguments.removeSubrange(index...index + 1)
      return value
    }
    let seconds = value("--seconds").flatMap(Double.init) ?? 10
    if let checkout = value("--worker") {
      Worker(checkout: checkout, seconds: seconds).serve()
      return
    }
    let known = value("--known")
    let failureFile = value("--failures") ?? "test262-failures.txt"
    let processes = value("--processes").flatMap(Int.init) ?? 2
    guard let checkout = arguments.first, FileManager.default.fileExists(atPath: checkout + "/harness/assert.js") else {
      FileHandle.standardError.write(Data("usage: test262.sh CHECKOUT [FOLDER OR FILE...]\n".utf8))
      exit(2)
    }
    signal(SIGPIPE, SIG_IGN)
    let selection = Selection(checkout: checkout, names: Array(arguments.dropFirst()))
    let suite = Suite(checkout: checkout, seconds: seconds, processes: processes)
    let results = suite.run(selection.tests)
    let report = Report(selection: selection, results: results, known: KnownFailures(file: known))
    report.write(failureFile: failureFile)
    exit(report.hasNewFailures ? 1 : 0)
  }
}

/// The tests that were asked for, and those of them that are in scope.
struct Selection {
  private(set) var tests: [String] = []
  private(set) var skipped: [String: Int] = [:]
  private(set) var total = 0

  init(checkout: String, names: [String]) {
    let folders = names.isEmpty ? ["test/language", "test/built-ins"] : names.map(Self.path)
    for folder in folders {
      for path in Self.files(in: checkout, folder) {
        guard let bytes = FileManager.default.contents(atPath: checkout + "/" + path) else { continue }
        total += 1
        let test = Frontmatter(source: String(decoding: bytes, as: UTF8.self))
        if let reason = Scope.skipReason(test, path: path) {
          skipped[reason, default: 0] += 1
        } else {
          tests.append(path)
        }
      }
    }
  }

  /// Folders may be named without `test/` before them.
  private static func path(_ name: String) -> String {
    var name = name
    while name.hasSuffix("/") { name.removeLast() }
    return name.hasPrefix("test/") || name == "test" ? name : "test/" + name
  }

  private static func files(in checkout: String, _ folder: String) -> [String] {
    if folder.hasSuffix(".js") { return [folder] }
    let names = FileManager.default.enumerator(atPath: checkout + "/" + folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".js") && !$0.hasSuffix("_FIXTURE.js") }.sorted().map { folder + "/" + $0 }
  }
}

/// Runs tests in several processes.
final class Suite: @unchecked Sendable {
  private let checkout: String
  private let seconds: Double
  private let processes: Int
  private let lock = NSLock()
  private var next = 0
  private var failures: [String: String] = [:]

  init(checkout: String, seconds: Double, processes: Int) {
    self.checkout = checkout
    self.seconds = seconds
    self.processes = processes
  }

  /// Why each test fails, those that pass left out.
  func run(_ tests: [String]) -> [String: String] {
    let group = DispatchGroup()
    for _ in 0..<max(processes, 1) {
      let thread = Thread {
        let worker = WorkerProcess(checkout: self.checkout, seconds: self.seconds)
        while let test = self.take(tests) {
          let failure = worker.run(test)
          self.lock.withLock { if let failure { self.failures[test] = failure } }
        }
        worker.stop()
        group.leave()
      }
      group.enter()
      thread.start()
    }
    group.wait()
    return failures
  }

  private func take(_ tests: [String]) -> String? {
    lock.withLock {
      guard next < tests.count else { return nil }
      next += 1
      return tests[next - 1]
    }
  }
}

import Foundation

/// What is printed when all tests ran.
struct Report {
  let selection: Selection
  let results: [String: String]
  let known: KnownFailures

  private var newFailures: [String] { results.keys.filter { !known.contains($0) }.sorted() }

  var hasNewFailures: Bool { !newFailures.isEmpty }

  func write(failureFile: String) {
    let lines = results.sorted { $0.key < $1.key }.map { "\($0.key) # \($0.value)\n" }
    try? lines.joined().write(toFile: failureFile, atomically: true, encoding: .utf8)
    print("skipped")
    for (reason, count) in selection.skipped.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      print("  \(padded(count)) \(reason)")
    }
    printFolders()
    let passed = selection.tests.count - results.count
    print("\(passed) of \(selection.tests.count) pass: \(rate(passed, selection.tests.count))")
    print("(\(selection.total) tests, \(selection.total - selection.tests.count) out of scope)")
    let fixed = selection.tests.filter { known.isListed($0) && results[$0] == nil }
    if !fixed.isEmpty {
      print("known failures that pass now:")
      for path in fixed { print("  \(path)") }
    }
    if !results.isEmpty { print("failures are in \(failureFile)") }
    let new = newFailures
    if !new.isEmpty {
      print("new failures: \(new.count)")
      for path in new.prefix(20) { print("  \(path) # \((results[path] ?? "").prefix(160))") }
      if new.count > 20 { print("  ...") }
    }
  }

  private func printFolders() {
    var counts: [String: (passed: Int, total: Int)] = [:]
    for test in selection.tests {
      let parts = test.split(separator: "/").dropLast()
      let isLarge = parts.count > 3 && ["expressions", "statements"].contains(parts[2])
      let folder = parts.prefix(isLarge ? 4 : 3).joined(separator: "/")
      counts[folder, default: (0, 0)].total += 1
      if results[test] == nil { counts[folder, default: (0, 0)].passed += 1 }
    }
    for (folder, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(padded(count.passed)) /\(padded(count.total))  \(rate(count.passed, count.total))  \(folder)")
    }
  }

  private func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(6 - text.count, 0)) + text
  }

  /// Never rounded up to 100 %.
  private func rate(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "-" }
    let tenths = part * 1000 / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

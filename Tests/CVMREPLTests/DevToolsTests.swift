import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Files in the memory panel of a real browser: its own loader and its own figures, where browser and Node are installed.
@Suite(
  .enabled(
    if: ["/usr/bin/chromium", "/usr/bin/node"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }))
struct DevToolsTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// Own size, retained size and distance of each node as the code of the panel finds them.
  private func panel(_ file: String) throws -> [String] {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Scripts/bench/devtools-load.js").standardizedFileURL.path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["120", "/usr/bin/node", script, scratch.path + "/profile", file, "--nodes"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The same lines from this machine's reading of the file.
  private func ours(_ file: String) throws -> [String] {
    let graph = try HeapSnapshotFile(path: file).graph
    let progress = CVMHeapGraph.Progress()
    let sizes = try GraphAnalyses(graph).retainedSizes(progress: progress)
    let distances = try Distances(graph: graph, progress: progress)
    var total: UInt64 = 0
    var lines: [String] = []
    for node in 0..<graph.nodeCount {
      total += graph.shallowSizes[node]
      let distance = distances[node].map(String.init) ?? "-"
      lines.append("\(graph.shallowSizes[node]) \(sizes[node]) \(distance)")
    }
    return ["\(total)"] + lines
  }

  /// From a hundred million on a distance says only that no way over what people see leads there.
  private func plain(_ line: String) -> String {
    let parts = line.split(separator: " ")
    guard parts.count == 3, let distance = Int(parts[2]), distance >= 100_000_000 else { return line }
    return "\(parts[0]) \(parts[1]) -"
  }

  private func compare(_ file: String) throws {
    let mine = try ours(file).map(plain)
    let theirs = try panel(file).map(plain)
    try #require(theirs.count == mine.count, "\(theirs.first ?? "")")
    // The first line is the total; the root itself is no object.
    let different = mine.indices.filter { $0 != 1 && mine[$0] != theirs[$0] }.map {
      "\($0 - 1): \(mine[$0]), there \(theirs[$0])"
    }
    #expect(different.isEmpty, "\(different.count) differ")
  }

  @Test func `an exported heap opens in the panel with the same sizes and distances`() throws {
    let session = TestSession(
      """
      class User { constructor(n) { this.name = ['user', n].join('-'); this.tags = [n]; this.friend = null } }
      let users = Array.from({length: 50}, (_, n) => new User(n)), cache = new Map(), weak = new WeakMap(), late = () => users;
      for (let i = 0; i < 50; i++) { users[i].friend = users[i * 7 % 50]; cache.set('k' + i, {user: users[i]}); weak.set(users[i], [i]) }
      let ring = {odd: 'a ] " \\u{1F600}'}; ring.self = ring
      """)
    let file = scratch.path + "/heap.heapsnapshot"
    session(":export \(file)")
    try compare(file)
    session(":export \(file) --root cache --redact strings")
    try compare(file)
    session(":export \(file) --sample 30%")
    try compare(file)
  }
}

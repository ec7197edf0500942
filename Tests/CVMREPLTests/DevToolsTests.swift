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

  /// Loads a file with the code of the panel, and writes a line for each node: own size, retained size, distance.
  private static let loader = #"""
    const {spawn} = require('child_process'), fs = require('fs');
    const [, , profile, file] = process.argv;
    const browser = spawn('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu',
      `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
      {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    const waiting = new Map();
    let last = 0, text = '';
    browser.stdio[4].setEncoding('utf8').on('data', part => {
      text += part;
      for (let end; (end = text.indexOf('\0')) >= 0; text = text.slice(end + 1)) {
        const answer = JSON.parse(text.slice(0, end));
        if (waiting.has(answer.id)) waiting.get(answer.id)(answer);
      }
    });
    const send = (method, params, sessionId) => new Promise(resolve => {
      waiting.set(++last, resolve);
      browser.stdio[3].write(JSON.stringify({id: last, method, params, sessionId}) + '\0');
    });
    const load = async text => {
      const module = await import(
        'devtools://devtools/bundled/entrypoints/heap_snapshot_worker/heap_snapshot_worker.js');
      const dispatcher = new module.HeapSnapshotWorkerDispatcher.HeapSnapshotWorkerDispatcher(() => {});
      const channel = new MessageChannel();
      await dispatcher.dispatchMessage(
        {data: {callId: 1, disposition: 'setupForSecondaryInit', objectId: 9}, ports: [channel.port2]});
      const loader = new module.HeapSnapshotLoader.HeapSnapshotLoader(dispatcher);
      loader.write(text);
      loader.close();
      const snapshot = await loader.buildSnapshot(channel.port1);
      const lines = [`${snapshot.totalSize}`];
      for (const nodes = snapshot.allNodes(); nodes.hasNext(); nodes.next()) {
        const node = nodes.item();
        lines.push(`${node.selfSize()} ${node.retainedSize()} ${node.distance()}`);
      }
      return lines.join('\n');
    };
    (async () => {
      const page = await send('Target.createTarget', {url: 'devtools://devtools/bundled/devtools_app.html'});
      const {result} = await send('Target.attachToTarget', {targetId: page.result.targetId, flatten: true});
      const ready = () => send('Runtime.evaluate', {expression: 'document.readyState'}, result.sessionId);
      while ((await ready()).result.result.value !== 'complete') { }
      const expression = `(${load})(${JSON.stringify(fs.readFileSync(file, 'utf8'))})`;
      const answer = await send('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true},
        result.sessionId);
      console.log(answer.result.result.value ?? JSON.stringify(answer));
      browser.kill();
      process.exit(0);
    })();
    """#

  private func panel(_ file: String) throws -> [String] {
    let script = try scratch.write("load.js", Self.loader)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["120", "/usr/bin/node", script, scratch.path + "/profile", file]
    let output = Pipe()
    process.standardOutput = output
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

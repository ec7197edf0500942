import CVMTestSupport
import Foundation
import Testing

/// Random programs print the same here and in Node; skipped where Node is not installed.
///
/// `CVM_DIFFERENTIAL_SECONDS` says how long to go on, `CVM_DIFFERENTIAL_SEED` with which program to begin, and
/// `CVM_DIFFERENTIAL_FOLDER` where to keep the programs that differ (`Scripts/differential.sh` sets them).
@Suite struct DifferentialTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["CVM_DIFFERENTIAL_SECONDS"].flatMap { Double($0) }
  private static let firstSeed = environment["CVM_DIFFERENTIAL_SEED"].flatMap { UInt64($0) } ?? 1
  private static let node: String? = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/node" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(.enabled(if: node != nil, "Node is not installed"))
  func `random programs print what they print in Node`() throws {
    let node = try #require(Self.node)
    let deadline = ContinuousClock.now + .seconds(Self.seconds ?? 0)
    let scratch = try ScratchDirectory()
    var seed = Self.firstSeed
    var cases = 0
    repeat {
      var generator = ProgramGenerator(seed: seed)
      let path = "\(scratch.path)/program.js"
      try generator.program().write(toFile: path, atomically: true, encoding: .utf8)
      var reference = Subprocess(node, [path])
      reference.environment = ["NO_COLOR": "1"]
      let expected = try reference.run()
      let actual = try BuiltProgram.run(["run", path])
      cases += 25
      if expected.output != actual.output || actual.ending != expected.ending {
        keep(path, seed, expected, actual)
        let place = difference(expected.outputLines, actual.outputLines)
        Issue.record(
          "seed \(seed): \(place)\(actual.ending == .exited(0) ? "" : ", \(actual.ending): \(actual.errors.prefix(300))")"
        )
      }
      seed += 1
    } while seed < Self.firstSeed + 3 || ContinuousClock.now < deadline && Self.seconds != nil
    if Self.seconds != nil {
      print("\(seed - Self.firstSeed) programs of \(cases) cases, seeds \(Self.firstSeed)...\(seed - 1)")
    }
  }

  /// The case and the first lines that are not the same.
  private func difference(_ expected: [String], _ actual: [String]) -> String {
    var name = "before the first case"
    for i in 0..<max(expected.count, actual.count) {
      let (first, second) = (i < expected.count ? expected[i] : "(end)", i < actual.count ? actual[i] : "(end)")
      if first != second { return "\(name): Node prints `\(first.prefix(300))`, this program `\(second.prefix(300))`" }
      if first.hasPrefix("case ") { name = first }
    }
    return "at the end"
  }

  private func keep(_ path: String, _ seed: UInt64, _ expected: Subprocess.Outcome, _ actual: Subprocess.Outcome) {
    guard let folder = Self.environment["CVM_DIFFERENTIAL_FOLDER"] else { return }
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? FileManager.default.copyItem(atPath: path, toPath: "\(folder)/\(seed).js")
    try? expected.output.write(toFile: "\(folder)/\(seed).node", atomically: true, encoding: .utf8)
    try? actual.output.write(toFile: "\(folder)/\(seed).cvm", atomically: true, encoding: .utf8)
  }
}

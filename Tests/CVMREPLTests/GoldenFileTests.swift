import Foundation
import Testing

@testable import CVMREPL

/// Files that earlier versions wrote: they must open for ever, and go on as they would have gone on then.
@Suite struct GoldenFileTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// `v1/paused.cvmsnap` and so on.
  static let files: [String] = {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasPrefix("v") && $0.contains("/") && !$0.hasSuffix(".txt") }.sorted()
  }()

  private static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test func `there are files of each kind`() {
    for ending in [".cvmsnap", ".json", ".cvms"] {
      #expect(Self.files.contains { $0.hasPrefix("v1/") && $0.hasSuffix(ending) })
    }
  }

  @Test(arguments: files)
  func `a file of an earlier version opens and goes on`(file: String) throws {
    let session = TestSession()
    #expect(session.session.command(":open \(Self.folder.path)/\(file)") == .done, "\(session.errors)")
    var answers = ""
    for line in try Self.lines("questions.txt") where !line.isEmpty {
      answers += session(line)
      #expect(session.errors.isEmpty, "\(line)")
    }
    let shown = answers.split(separator: "\n").map { line in
      line.hasPrefix("$") ? String(line.drop { $0 != "=" }.dropFirst(2)) : String(line)
    }
    let version = file.prefix { $0 != "/" }
    #expect(shown == (try Self.lines("\(version)/answers.txt").filter { !$0.isEmpty }))
  }

  @Test(arguments: files.filter { $0.hasSuffix(".cvms") })
  func `an earlier session has its checkpoints and branches`(file: String) throws {
    let session = TestSession()
    session(":open \(Self.folder.path)/\(file)")
    #expect(session(":branches").contains("other"))
    session(":switch other")
    #expect(session("node.x + node.twice").contains("= 150"))
    session(":restore before")
    #expect(session("node.x + node.twice").contains("= 3"))
  }
}

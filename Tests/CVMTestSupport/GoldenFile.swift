import Foundation

/// An expected text in a file; `CVM_RECORD=1` in the environment writes it instead of comparing.
public struct GoldenFile: Sendable {
  public let path: String

  /// `path` is relative to the directory of the file that calls this.
  public init(_ path: String, testFile: String = #filePath) {
    self.path = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent(path).path
  }

  public static var isRecording: Bool { ProcessInfo.processInfo.environment["CVM_RECORD"] == "1" }

  /// The difference to the expected text line by line, or `nil` when there is none.
  public func difference(from actual: String) throws -> String? {
    if Self.isRecording {
      let file = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: file)
      return nil
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return "\(path) is missing; run the tests with CVM_RECORD=1 to write it"
    }
    let expected = String(decoding: data, as: UTF8.self)
    if expected == actual { return nil }
    return "\(path) differs (run the tests with CVM_RECORD=1 to accept it):\n"
      + lineDifference(from: expected.lines, to: actual.lines)
  }
}

/// The changed lines with up to three equal ones around them, marked `-` expected, `+` actual.
public func lineDifference(from old: [String], to new: [String]) -> String {
  let changes = new.difference(from: old)
  let removed = Set(changes.removals.map(\.position))
  let inserted = Set(changes.insertions.map(\.position))

  var lines: [(mark: Character, text: String)] = []
  var oldIndex = 0
  var newIndex = 0
  while oldIndex < old.count || newIndex < new.count {
    if removed.contains(oldIndex) {
      lines.append(("-", old[oldIndex]))
      oldIndex += 1
    } else if inserted.contains(newIndex) {
      lines.append(("+", new[newIndex]))
      newIndex += 1
    } else {
      lines.append((" ", old[oldIndex]))
      oldIndex += 1
      newIndex += 1
    }
  }
  return joinAroundChanges(lines)
}

private func joinAroundChanges(_ lines: [(mark: Character, text: String)]) -> String {
  let context = 3
  let changed = lines.indices.filter { lines[$0].mark != " " }
  let shown = Set(changed.flatMap { max(0, $0 - context)...min(lines.count - 1, $0 + context) })
  var result: [String] = []
  var previous = -1
  for index in shown.sorted() {
    if index != previous + 1 { result.append("@@ line \(index + 1)") }
    result.append("\(lines[index].mark)\(lines[index].text)")
    previous = index
  }
  return result.joined(separator: "\n")
}

extension String {
  fileprivate var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}

extension CollectionDifference.Change {
  fileprivate var position: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

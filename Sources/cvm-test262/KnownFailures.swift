import Foundation

/// The committed list of tests that are known to fail, each with its reason: `PATH # REASON`. A path that ends in `/`
/// or `*` stands for all that begin with it.
struct KnownFailures {
  private var paths: Set<String> = []
  private var prefixes: [String] = []

  init(file: String?) {
    guard let file, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let path = String(line.prefix { $0 != "#" }.trimmed)
      if path.hasSuffix("/") {
        prefixes.append(path)
      } else if path.hasSuffix("*") {
        prefixes.append(String(path.dropLast()))
      } else if !path.isEmpty {
        paths.insert(path)
      }
    }
  }

  func contains(_ path: String) -> Bool { paths.contains(path) || prefixes.contains { path.hasPrefix($0) } }

  /// Those listed by their own name.
  func isListed(_ path: String) -> Bool { paths.contains(path) }
}

/// Finds what somebody may have meant.
enum Suggestions {
  /// The candidate that differs least from a word, if it is near enough; the first of several equally near ones.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    allNearest(to: word, among: candidates).first
  }

  /// A question that names the nearest candidates, `Did you mean map ?`; nil when none is near.
  static func question(_ word: String, among candidates: some Sequence<String>) -> String? {
    let names = allNearest(to: word, among: candidates)
    return names.isEmpty ? nil : "Did you mean \(names.joined(separator: " or ")) ?"
  }

  /// The candidates that differ least from a word, if they are near enough; at most three.
  static func allNearest(to word: String, among candidates: some Sequence<String>) -> [String] {
    let wanted = Array(word.lowercased().utf8.prefix(64))
    // Any two names of one letter are near to each other: that says nothing.
    let limit = wanted.count < 2 ? 0 : max(1, min(3, (wanted.count + 1) / 3))
    var best: [String] = []
    var bestDistance = limit
    for candidate in candidates where candidate != word {
      let other = Array(candidate.lowercased().utf8.prefix(64))
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, other)
      if distance < bestDistance { best = [] }
      guard distance <= bestDistance, best.count < 3, !best.contains(candidate) else { continue }
      bestDistance = distance
      best.append(candidate)
    }
    return best
  }

  /// How many insertions, deletions, replacements and swaps of neighbours lead from one text to the other.
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
        row.append(cost)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[b.count]
  }
}

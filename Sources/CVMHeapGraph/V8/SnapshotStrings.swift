import Glibc

/// Finds the strings of a `.heapsnapshot`, which stay where they are.
final class SnapshotStrings {
  /// As `FileStrings` has them.
  var places = GrowingColumn<UInt64>()
  /// The closing quote of the last string.
  var end = 0
  /// The file ends inside of the strings.
  var isCutOff = false

  /// Of a file without strings.
  init() {}

  /// Reads from the opening to the closing bracket.
  init(_ cursor: inout JSONCursor, progress: Progress) throws(HeapSnapshotError) {
    try cursor.expect("[", "at the beginning of `strings`")
    if cursor.take("]") { return }
    let base = cursor.base
    let limit = cursor.end
    var position = cursor.position
    let first = position
    while true {
      while position < limit, base[position] != 0x22 {
        guard base[position] <= 0x20 else {
          throw .malformed(offset: position, reason: "`strings` holds something that is no string")
        }
        position += 1
      }
      if position >= limit { break }
      if places.count & 0xFFFF == 0 { try Self.tell(progress, position - first, of: limit - first) }
      let start = position + 1
      position = start
      var hasEscape = false
      while position < limit, base[position] != 0x22 {
        if base[position] == 0x5C {
          hasEscape = true
          position += 1
        }
        position += 1
      }
      if position >= limit { break }
      places.append(UInt64(start) << 1 | (hasEscape ? 1 : 0))
      end = position
      position += 1
      while position < limit, base[position] <= 0x20 { position += 1 }
      guard position < limit else { break }
      if base[position] == 0x5D {
        cursor.position = position + 1
        return
      }
      guard base[position] == 0x2C else {
        throw .malformed(offset: position, reason: "expected `,` or `]` behind a string of `strings`")
      }
      position += 1
    }
    isCutOff = true
    cursor.position = limit
  }

  private static func tell(_ progress: Progress, _ done: Int, of total: Int) throws(HeapSnapshotError) {
    do throws(AnalysisError) { try progress.report("strings", done, of: max(total, 1)) } catch { throw .cancelled }
  }
}

import Glibc

/// Finds the strings of a `.heapsnapshot`, which stay where they are.
final class SnapshotStrings {
  /// As `FileStrings` has them.
  @exclusivity(unchecked) var places = GrowingColumn<UInt64>()
  /// The closing quote of the last string.
  var end = 0
  /// The file ends inside of the strings.
  var isCutOff = false

  /// Of a file without strings.
  init() {}

  /// Reads from the opening to the closing bracket.
  init(_ cursor: inout JSONCursor, _ file: MappedFile, progress: Progress) throws(HeapSnapshotError) {
    try cursor.expect("[", "at the beginning of `strings`")
    if cursor.take("]") { return }
    let base = cursor.base
    let limit = cursor.end
    var position = cursor.position
    let first = position
    var released = position
    while true {
      while position < limit, base[position] != 0x22 {
        guard base[position] <= 0x20 else {
          throw .malformed(offset: position, reason: "`strings` holds something that is no string")
        }
        position += 1
      }
      if position >= limit { break }
      if places.count & 0xFFFF == 0 {
        try Self.tell(progress, position - first, of: limit - first)
        file.release(from: &released, to: position)
      }
      let start = position + 1
      position = start
      var hasEscape = false
      while true {
        position = Self.special(base, position, limit)
        guard position < limit, base[position] == 0x5C else { break }
        hasEscape = true
        position += 2
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

  /// The next quote or backslash, or the limit; 8 bytes are looked at at once.
  @inline(__always) private static func special(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
    var position = start
    while position <= limit - 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
      let found = zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C)
      if found != 0 { return position + found.trailingZeroBitCount >> 3 }
      position += 8
    }
    while position < limit, base[position] != 0x22, base[position] != 0x5C { position += 1 }
    return position
  }

  /// The high bit of each byte that is zero; of those behind the first it may say too much.
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  private static func tell(_ progress: Progress, _ done: Int, of total: Int) throws(HeapSnapshotError) {
    do throws(AnalysisError) { try progress.report("strings", done, of: max(total, 1)) } catch { throw .cancelled }
  }
}

/// A named source text with its table of lines.
public final class SourceFile: Sendable {
  public let name: String
  public let bytes: [UInt8]
  /// The offset at which each line starts.
  let lineStarts: [UInt32]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lineStarts = Self.findLineStarts(bytes)
  }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  public var lineCount: Int { lineStarts.count }

  /// The 1-based line and column of a byte offset; columns count characters (Unicode scalars), not bytes.
  public func location(at offset: UInt32) -> SourceLocation {
    let offset = min(Int(offset), bytes.count)
    let line = lineIndex(at: offset)
    var column = 1
    for byte in bytes[Int(lineStarts[line])..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourceLocation(line: line + 1, column: column)
  }

  /// The 1-based line of a byte offset.
  public func line(at offset: UInt32) -> Int { lineIndex(at: min(Int(offset), bytes.count)) + 1 }

  /// The byte range of a 1-based line, its terminator excluded.
  public func range(ofLine line: Int) -> SourceRange {
    guard line >= 1, line <= lineStarts.count else { return SourceRange(start: 0, end: 0) }
    let start = Int(lineStarts[line - 1])
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    if line < lineStarts.count {
      end -= bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D ? 1 : 3
      if end > start, bytes[end - 1] == 0x0D, bytes[end] == 0x0A { end -= 1 }
    }
    return SourceRange(start: UInt32(start), end: UInt32(end))
  }

  /// The text of a range; invalid UTF-8 becomes U+FFFD.
  public func text(in range: SourceRange) -> String {
    let end = min(Int(range.end), bytes.count)
    return String(decoding: bytes[min(Int(range.start), end)..<end], as: UTF8.self)
  }

  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Lines end at LF, CR, CR LF, U+2028 and U+2029.
  private static func findLineStarts(_ bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        starts.append(UInt32(truncatingIfNeeded: index))
      } else if byte == 0x0D {
        if index < count, bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(truncatingIfNeeded: index))
      } else if byte == 0xE2, index + 1 < count, bytes[index] == 0x80, bytes[index + 1] & 0xFE == 0xA8 {
        index += 2
        starts.append(UInt32(truncatingIfNeeded: index))
      }
    }
    return starts
  }
}

/// A place in a source text as people count: from 1.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public var description: String { "\(line):\(column)" }
}

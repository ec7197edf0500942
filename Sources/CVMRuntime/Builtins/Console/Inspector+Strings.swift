import CVMDispatch

/// Strings with quotes and escapes.
extension Inspector {
  func formatString(_ string: Value) -> String {
    let length = vm.stringLength(string)
    let units = vm.units(string, limit: options.maxStringLength)
    var trailer = ""
    if length > units.count {
      let remaining = length - units.count
      trailer = "... \(remaining) more character\(remaining > 1 ? "s" : "")"
    }
    if units.count > 16, units.count > options.breakLength - indentation - 4, units.contains(0x0a) {
      let lines = splitLines(units).map { styled(quoted($0), .string) }
      return lines.joined(separator: " +\n" + String(repeating: " ", count: indentation + 2)) + trailer
    }
    return styled(quoted(units), .string) + trailer
  }

  /// The lines, each with its newline.
  private func splitLines(_ units: [UInt16]) -> [[UInt16]] {
    var lines: [[UInt16]] = []
    var start = 0
    for i in units.indices where units[i] == 0x0a {
      lines.append(Array(units[start...i]))
      start = i + 1
    }
    if start < units.count { lines.append(Array(units[start...])) }
    return lines
  }

  /// The string in the quotes that need the fewest escapes: `'`, `"` or a backtick.
  func quoted(_ units: [UInt16]) -> String {
    var quote: UInt8 = 0x27
    if units.contains(0x27) {
      if !units.contains(0x22) {
        quote = 0x22
      } else if !units.contains(0x60), !containsTemplate(units) {
        quote = 0x60
      }
    }
    let mark = String(UnicodeScalar(quote))
    return mark + escaped(units, quote: quote) + mark
  }

  private func containsTemplate(_ units: [UInt16]) -> Bool {
    zip(units, units.dropFirst()).contains { $0 == 0x24 && $1 == 0x7b }
  }

  /// Control characters, the backslash, a single quote inside single quotes and lone surrogates as escapes.
  func escaped(_ units: [UInt16], quote: UInt8) -> String {
    if !units.contains(where: { $0 < 0x20 || $0 > 0x7e || $0 == 0x5c || $0 == 0x27 }) {
      return String(decoding: units, as: UTF16.self)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(units.count + 16)
    var i = 0
    while i < units.count {
      let unit = units[i]
      i += 1
      if let escape = Inspector.escape(unit), unit != 0x27 || quote == 0x27 {
        bytes.append(contentsOf: escape.utf8)
      } else if unit & 0xf800 != 0xd800 {
        UTF8Text.append(UInt32(unit), to: &bytes)
      } else if unit < 0xdc00, i < units.count, units[i] & 0xfc00 == 0xdc00 {
        UTF8Text.append(UTF8Text.codePoint(unit, units[i]), to: &bytes)
        i += 1
      } else {
        bytes.append(contentsOf: "\\u\(String(unit, radix: 16))".utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ unit: UInt16) -> String? {
    switch unit {
    case 0x08: return "\\b"
    case 0x09: return "\\t"
    case 0x0a: return "\\n"
    case 0x0c: return "\\f"
    case 0x0d: return "\\r"
    case 0x27: return "\\'"
    case 0x5c: return "\\\\"
    case 0..<0x20, 0x7f..<0xa0:
      let digits = String(unit, radix: 16, uppercase: true)
      return digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
    default: return nil
    }
  }
}

/// Encoding of code units that may hold lone surrogates.
enum UTF8Text {
  static func codePoint(_ high: UInt16, _ low: UInt16) -> UInt32 {
    0x10000 + (UInt32(high & 0x3ff) << 10) + UInt32(low & 0x3ff)
  }

  static func append(_ codePoint: UInt32, to bytes: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (codePoint >> shift & 0x3f)) }
    switch codePoint {
    case 0..<0x80: bytes.append(UInt8(codePoint))
    case 0..<0x800:
      bytes.append(UInt8(0xc0 | codePoint >> 6))
      bytes.append(tail(0))
    case 0..<0x10000:
      bytes.append(UInt8(0xe0 | codePoint >> 12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    default:
      bytes.append(UInt8(0xf0 | codePoint >> 18))
      bytes.append(tail(12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    }
  }

  /// Appends the units; lone surrogates become U+FFFD.
  static func append(_ units: [UInt16], to bytes: inout [UInt8]) {
    var i = 0
    while i < units.count {
      let unit = units[i]
      i += 1
      if unit & 0xf800 != 0xd800 {
        append(UInt32(unit), to: &bytes)
      } else if unit < 0xdc00, i < units.count, units[i] & 0xfc00 == 0xdc00 {
        append(codePoint(unit, units[i]), to: &bytes)
        i += 1
      } else {
        append(0xfffd, to: &bytes)
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The first units of a string; ropes are read without being flattened.
  func units(_ string: Value, limit: Int = Int.max) -> [UInt16] {
    let count = Swift.min(stringLength(string), limit)
    var result: [UInt16] = []
    result.reserveCapacity(count)
    var pending = [string]
    while result.count < count, let part = pending.popLast() {
      let piece = cell(part)
      if piece.kind == .rope {
        let right = piece.value(Layout.Rope.right)
        if right.bits != 0 { pending.append(right) }
        pending.append(piece.value(Layout.Rope.left))
        continue
      }
      let view = view(flat: piece)
      let wanted = Swift.min(view.count, count - result.count)
      if let latin1 = view.latin1 {
        for i in 0..<wanted { result.append(UInt16(latin1[i])) }
      } else {
        result.append(contentsOf: UnsafeBufferPointer(start: view.utf16, count: wanted))
      }
    }
    return result
  }

  /// The string as Swift sees it, read without changing the heap.
  func plainText(_ string: Value) -> String { String(decoding: units(string), as: UTF16.self) }

  /// Appends the string as UTF-8; lone surrogates become U+FFFD.
  func appendUTF8(_ string: Value, to bytes: inout [UInt8]) {
    let piece = cell(string)
    if piece.kind == .latin1 {
      let view = UnsafeBufferPointer(start: latin1Bytes(piece), count: piece.length)
      if view.allSatisfy({ $0 < 0x80 }) {
        bytes.append(contentsOf: view)
      } else {
        for byte in view { UTF8Text.append(UInt32(byte), to: &bytes) }
      }
    } else {
      UTF8Text.append(units(string), to: &bytes)
    }
  }
}

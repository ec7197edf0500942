/// Writes fields one after the other: numbers of eight bytes, the lowest first, and bytes behind their count.
public struct FieldWriter {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func number(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  public mutating func field(_ content: [UInt8]) {
    number(UInt64(content.count))
    bytes += content
  }

  public mutating func text(_ text: String) { field(Array(text.utf8)) }

  /// A text or nothing.
  public mutating func optional(_ text: String?) {
    number(text == nil ? 0 : 1)
    if let text { self.text(text) }
  }
}

/// Reads what `FieldWriter` wrote; nil when that is not there.
public struct FieldReader {
  private var rest: ArraySlice<UInt8>

  public init(_ bytes: [UInt8]) { rest = bytes[...] }

  public var isAtEnd: Bool { rest.isEmpty }

  public mutating func number() -> UInt64? {
    guard rest.count >= 8 else { return nil }
    let number = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    return number
  }

  /// A number that counts something: adding to it can't overflow.
  public mutating func count() -> Int? { number().flatMap { $0 < 1 << 53 ? Int($0) : nil } }

  /// Seconds since 1970, within some thousand years.
  mutating func time() -> Double? {
    number().map(Double.init(bitPattern:)).flatMap { isTime($0) ? $0 : nil }
  }

  public mutating func field() -> [UInt8]? {
    guard let count = count(), count <= rest.count else { return nil }
    let content = Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    return content
  }

  public mutating func text() -> String? { field().map { String(decoding: $0, as: UTF8.self) } }

  public mutating func optional() -> String?? {
    switch number() {
    case 0: .some(nil)
    case 1: text().map { .some($0) }
    default: nil
    }
  }
}

/// Whether a number can be seconds since 1970.
func isTime(_ seconds: Double) -> Bool { abs(seconds) < 1e11 }

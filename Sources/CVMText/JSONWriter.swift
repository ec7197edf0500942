/// Writes JSON piece by piece, in the order of the calls, so that equal data gives equal bytes.
public struct JSONWriter: Sendable {
  /// What was written so far, as UTF-8.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private let isASCII: Bool

  /// Starts an empty text; in ASCII mode all other characters are escaped.
  public init(isASCII: Bool = false) { self.isASCII = isASCII }

  /// What was written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text of one value.
  public static func text(isASCII: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    body(&writer)
    return writer.text
  }

  // MARK: Structure

  /// Writes an object; its members are written by `member` in the body.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array; its elements are written in the body.
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Writes an object with a body that may fail.
  public mutating func tryObject<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    begin(UInt8(ascii: "{"))
    try body(&self)
    end(UInt8(ascii: "}"))
  }

  /// Writes an array with a body that may fail.
  public mutating func tryArray<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    begin(UInt8(ascii: "["))
    try body(&self)
    end(UInt8(ascii: "]"))
  }

  private mutating func begin(_ open: UInt8) {
    separate()
    bytes.append(open)
    needsComma = false
  }

  private mutating func end(_ close: UInt8) {
    bytes.append(close)
    needsComma = true
  }

  private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    begin(open)
    body(&self)
    end(close)
  }

  /// Writes the name of a member, whose value must follow.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes the name of a member as `key` does, in UTF-16 code units.
  public mutating func key(utf16 units: some Sequence<UInt16>) {
    string(utf16: units)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Begins a new line in front of the next value or name, so that people can read and compare long texts.
  public mutating func breakLine(indent: Int = 0) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  /// Ends a line, for JSON Lines.
  public mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  // MARK: Values

  public mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  /// Writes a string of UTF-16 code units; lone surrogates are escaped.
  public mutating func string(utf16 units: some Sequence<UInt16>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var pendingLead: UInt16?
    for unit in units {
      if let lead = pendingLead {
        pendingLead = nil
        if unit & 0xFC00 == 0xDC00 {
          append(Unicode.Scalar(0x10000 + (UInt32(lead) & 0x3FF) << 10 + UInt32(unit) & 0x3FF) ?? "\u{FFFD}")
          continue
        }
        escape(unit: lead)
      }
      if unit & 0xFC00 == 0xD800 {
        pendingLead = unit
      } else if let scalar = Unicode.Scalar(unit) {
        append(scalar)
      } else {
        escape(unit: unit)
      }
    }
    if let lead = pendingLead { escape(unit: lead) }
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  /// Writes a number; what JSON can't express becomes `null`.
  public mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    if value == value.rounded(), value.magnitude < 1e15 { return raw(String(Int64(value))) }
    raw(value.description)
  }

  public mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  public mutating func null() { raw("null") }

  /// Writes a number as it is spelled, or another value that is JSON already.
  public mutating func literal(_ text: String) { raw(text) }

  /// Writes what another writer has written.
  public mutating func fragment(_ other: JSONWriter) {
    separate()
    bytes.append(contentsOf: other.bytes)
  }

  // MARK: Members

  public mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  public mutating func member(_ name: String, _ value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    boolean(value)
  }

  public mutating func member(_ name: String, _ value: Double) {
    key(name)
    number(value)
  }

  /// Writes a member that is an array.
  public mutating func list(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    array(body)
  }

  /// Writes a member that is an object.
  public mutating func group(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  // MARK: Characters

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars { append(scalar) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
    case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    // U+2028 and U+2029 are escaped so that the text may stand in a program, and controls so that terminals are safe.
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: escape(unit: UInt16(scalar.value))
    case 0x20..<0x7F: bytes.append(UInt8(scalar.value))
    default:
      if isASCII {
        for unit in UTF16.encode(scalar).unsafelyUnwrapped { escape(unit: unit) }
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      }
    }
  }

  private mutating func escape(unit: UInt16) {
    bytes.append(contentsOf: "\\u".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 15]) }
  }
}

import CVMBytecode
import CVMHeapGraph
import CVMRuntime

/// Counts what the portable encoding of a heap takes, without writing it.
///
/// The encoding is a stream of records in the order in which objects are first mentioned. A record is a kind (one byte),
/// the distance of its id from that of the record before, its shape, and its fields. A field is a varint whose low three
/// bits are a tag: constant, integer, double (eight bytes follow), the next new object or string, or one mentioned
/// before, by its distance. Strings stand once each, shapes with the names of their properties once each; built-in objects
/// are names; code travels as source and canonical bytecode.
public final class PortableSizes: HeapRecordSink {
  /// Bytes that are no objects, strings or closures.
  public struct Parts: Sendable, Equatable {
    public var header = PortableSizes.headerBytes
    public var roots = 0
    public var shapes = 0
    public var code = 0
    public var source = 0
  }

  public private(set) var parts = Parts()
  /// Magic, version, machine's counters, and the section table.
  static let headerBytes = 96

  private var bytes = 0
  private var text = 0
  private var record: UInt32 = 0
  private var lastID: UInt64 = 0
  private var seenStrings: Set<UInt64> = []
  private var codes: [Int: LoadedCode] = [:]

  public init() {}

  // MARK: Records

  public func shape(propertyCount: Int, nameCharacters: Int) {
    // Prototype, count, then for each property its attributes and its name with a length.
    parts.shapes += 3 + Varint.size(UInt64(propertyCount)) + propertyCount * 2 + nameCharacters
  }

  public func begin(_ kind: NodeKind, id: UInt64, shape: UInt32) {
    bytes = 1
    text = 0
    guard kind.category == .object else { return }
    bytes += Varint.size(zigzag: Int64(bitPattern: id &- lastID)) + Varint.size(UInt64(shape))
    lastID = id
    switch kind {
    case .closure, .nativeFunction: text = 16
    case .map, .set: text = 12
    default: text = 2
    }
  }

  public func name(characters: Int) { text += characters + 3 }

  public func count(_ count: Int) { bytes += Varint.size(UInt64(count)) }

  public func value(_ value: RecordValue) {
    text += 1
    switch value {
    case .undefined, .null: add(bytes: 1, text: 4)
    case .boolean(let flag): add(bytes: 1, text: flag ? 4 : 5)
    case .hole: add(bytes: 1, text: 4)
    case .int(let int): add(bytes: Varint.size(zigzag: Int64(int) << 3), text: Decimal.length(int))
    case .double(let double): add(bytes: 9, text: double.description.utf8.count)
    case .string(let node, let isNew), .object(let node, let isNew):
      let distance = UInt64(record > node ? record - node : node - record) + 1
      add(bytes: isNew ? 1 : Varint.size(distance << 3), text: 0)
    }
  }

  private func add(bytes more: Int, text characters: Int) {
    bytes += more
    text += characters
  }

  public func characters(count: Int, isWide: Bool, hash: UInt64) {
    text += 2 + (isWide ? count * 3 : count)
    if seenStrings.insert(hash).inserted {
      bytes += Varint.size(UInt64(count) << 1) + (isWide ? count * 2 : count)
    } else {
      bytes += Varint.size(UInt64(seenStrings.count))
    }
  }

  public func end() -> RecordSize {
    record += 1
    return RecordSize(portable: bytes, inline: text)
  }

  // MARK: The rest of the file

  public func code(_ code: LoadedCode) {
    if !code.block.isSelfHosted { codes[code.number] = code }
  }

  public func root(nameCharacters: Int) { parts.roots += nameCharacters == 0 ? 0 : nameCharacters + 5 }

  /// Counts the code of the functions seen; to be called once at the end.
  public func finish() {
    var covered: Set<Int> = []
    var pending = codes.values.flatMap(\.nested)
    while let number = pending.popLast() {
      guard covered.insert(number).inserted, let nested = codes[number] else { continue }
      pending += nested.nested
    }
    for (number, code) in codes where !covered.contains(number) {
      parts.code += CodeBlockCoder.encode(code.block).count
      parts.source += Int(code.block.sourceEnd) - Int(code.block.sourceStart)
    }
    codes = [:]
  }
}

/// Little-endian base 128 numbers.
enum Varint {
  static func size(_ value: UInt64) -> Int {
    value < 128 ? 1 : (70 - (value.leadingZeroBitCount)) / 7
  }

  static func size(zigzag value: Int64) -> Int { size(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }
}

enum Decimal {
  /// The characters of a number in base ten.
  static func length(_ number: Int32) -> Int {
    var rest = number.magnitude
    var length = number < 0 ? 2 : 1
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    return length
  }
}

/// Reads the binary form of code blocks and believes nothing: every length and number is checked before it is used.
struct CodeReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var isAtEnd: Bool { position == bytes.endIndex }
  private var remaining: Int { bytes.endIndex - position }

  mutating func header() throws(CodingError) {
    guard bytes.starts(with: CodeBlockCoder.magic) else { throw .notCode }
    position += CodeBlockCoder.magic.count
    let version = try number(below: 1 << 32)
    if version != CodeBlockCoder.version { throw .unsupportedVersion(version) }
    var fingerprint: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) { fingerprint |= UInt64(try byte()) << shift }
    if fingerprint != Opcode.fingerprint { throw .otherInstructionSet }
  }

  private mutating func byte() throws(CodingError) -> UInt8 {
    guard position < bytes.endIndex else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number from 0 up to `limit`, exclusive.
  mutating func number(below limit: Int) throws(CodingError) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 42, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        guard value < UInt64(limit) else { throw .malformed("number out of range") }
        return Int(value)
      }
    }
    throw .malformed("number too long")
  }

  private mutating func word() throws(CodingError) -> UInt32 {
    UInt32(truncatingIfNeeded: try number(below: 1 << 32))
  }

  private mutating func flag() throws(CodingError) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw .malformed("flag")
    }
  }

  /// A count of things of at least `minimumSize` bytes each, which must fit in what is left.
  mutating func count(minimumSize: Int) throws(CodingError) -> Int {
    let count = try number(below: 1 << 32)
    if count > remaining / minimumSize { throw .truncated }
    return count
  }

  mutating func string() throws(CodingError) -> [UInt16] {
    let header = try number(below: 1 << 33)
    let count = header >> 1
    let isLatin1 = header & 1 == 0
    guard count <= remaining / (isLatin1 ? 1 : 2) else { throw .truncated }
    let start = position
    let units = bytes.withUnsafeBufferPointer { all in
      // A slice's buffer begins at its first index.
      let source = all.baseAddress.map { UnsafeRawPointer($0 + (start - bytes.startIndex)) }
      return [UInt16](unsafeUninitializedCapacity: count) { target, filled in
        guard let source, count > 0 else { return }
        if isLatin1 {
          for i in 0..<count { target[i] = UInt16(source.load(fromByteOffset: i, as: UInt8.self)) }
        } else {
          for i in 0..<count {
            target[i] = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
          }
        }
        filled = count
      }
    }
    position += isLatin1 ? count : 2 * count
    return units
  }

  mutating func block(depth: Int) throws(CodingError) -> CodeBlock {
    if depth > CodeBlockCoder.nestingLimit { throw .nestedTooDeep }
    var block = try fields()
    for _ in 0..<(try count(minimumSize: 16)) { block.nested.append(try self.block(depth: depth + 1)) }
    return block
  }

  /// A block without the blocks nested in it.
  mutating func fields() throws(CodingError) -> CodeBlock {
    var block = CodeBlock()
    try attributes(&block)
    block.words = try words()
    block.constants = try constants()
    for _ in 0..<(try count(minimumSize: 3)) {
      block.captures.append(Capture(name: try string(), isRegister: try flag(), index: try byte()))
    }
    for _ in 0..<(try count(minimumSize: 4)) {
      block.handlers.append(
        ExceptionHandler(start: try word(), end: try word(), target: try word(), register: try byte()))
    }
    for _ in 0..<(try count(minimumSize: 4)) {
      block.sourceMap.entries.append(
        SourceMap.Entry(pc: try word(), start: try word(), end: try word(), caret: try word()))
    }
    try debugTables(&block)
    return block
  }

  private mutating func attributes(_ block: inout CodeBlock) throws(CodingError) {
    block.name = try string()
    guard let kind = CodeBlock.Kind(rawValue: try byte()) else { throw .malformed("kind") }
    block.kind = kind
    let flags = try byte()
    if flags > 7 { throw .malformed("flags") }
    block.needsArgumentCount = flags & 1 != 0
    block.isSelfHosted = flags & 2 != 0
    block.isFirstDialect = flags & 4 != 0
    block.length = try number(below: 1 << 16)
    block.parameterCount = try number(below: 257)
    block.registerCount = try number(below: 257)
    block.instanceSlotHint = try number(below: 1 << 16)
    block.sourceStart = try word()
    block.sourceEnd = try word()
  }

  private mutating func words() throws(CodingError) -> [UInt32] {
    let count = try count(minimumSize: 4)
    let start = position
    let words = bytes.withUnsafeBufferPointer { all in
      let source = all.baseAddress.map { UnsafeRawPointer($0 + (start - bytes.startIndex)) }
      return [UInt32](unsafeUninitializedCapacity: count) { target, filled in
        guard let source, count > 0 else { return }
        for i in 0..<count {
          target[i] = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
        }
        filled = count
      }
    }
    position += 4 * count
    return words
  }

  private mutating func constants() throws(CodingError) -> [Constant] {
    var constants: [Constant] = []
    for _ in 0..<(try count(minimumSize: 2)) {
      switch try byte() {
      case 0: constants.append(.string(try string()))
      case 1:
        var names: [UInt32] = []
        for _ in 0..<(try count(minimumSize: 1)) { names.append(try word()) }
        constants.append(.nameList(names))
      case 2: constants.append(.bigInt(try string()))
      default: throw .malformed("constant")
      }
    }
    return constants
  }

  private mutating func debugTables(_ block: inout CodeBlock) throws(CodingError) {
    for _ in 0..<(try count(minimumSize: 5)) {
      block.variables.append(
        RegisterVariable(
          name: try string(), register: try byte(), isCell: try flag(), start: try word(), end: try word()))
    }
    for _ in 0..<(try count(minimumSize: 1)) {
      block.intrinsics.append(String(codeUnits: try string()))
    }
    for _ in 0..<(try count(minimumSize: 4)) {
      let name = try string()
      guard let kind = GlobalDeclaration.Kind(rawValue: try byte()) else { throw .malformed("declaration") }
      block.globalDeclarations.append(GlobalDeclaration(name: name, kind: kind, start: try word(), end: try word()))
    }
  }
}

extension String {
  /// The text of UTF-16 code units; quick for ASCII, which names nearly always are.
  public init(codeUnits: [UInt16]) {
    guard codeUnits.allSatisfy({ $0 < 0x80 }) else {
      self.init(decoding: codeUnits, as: UTF16.self)
      return
    }
    self.init(unsafeUninitializedCapacity: codeUnits.count) { bytes in
      for i in codeUnits.indices { bytes[i] = UInt8(truncatingIfNeeded: codeUnits[i]) }
      return codeUnits.count
    }
  }
}

/// Why bytes are no code.
public enum CodingError: Error, Hashable, Sendable {
  case notCode
  case unsupportedVersion(Int)
  /// The code was written for another instruction set.
  case otherInstructionSet
  case truncated
  case malformed(String)
  case nestedTooDeep
  case trailingBytes
}

/// The binary form of code blocks: a header, then fields in the order of `CodeBlock`, lengths and small numbers as
/// LEB128 varints, instruction words as four bytes, low byte first.
public enum CodeBlockCoder {
  public static let version = 1
  static let magic: [UInt8] = Array("CVMB".utf8)
  static let nestingLimit = Verifier.nestingLimit

  /// A code block with a header that names version and instruction set.
  public static func encode(_ block: CodeBlock) -> [UInt8] {
    var writer = CodeWriter()
    writer.header()
    writer.block(block)
    return writer.bytes
  }

  /// The code block that `bytes` hold; not yet verified.
  public static func decode(_ bytes: [UInt8]) throws(CodingError) -> CodeBlock {
    var reader = CodeReader(bytes[...])
    try reader.header()
    let block = try reader.block(depth: 0)
    if !reader.isAtEnd { throw .trailingBytes }
    return block
  }
}

extension CodeBlockCoder {
  /// The fields of one block without the blocks nested in it, and without a header.
  public static func encodeFields(_ block: CodeBlock) -> [UInt8] {
    var writer = CodeWriter()
    writer.fields(block)
    return writer.bytes
  }

  /// The block that `encodeFields` wrote, without nested ones; not yet verified.
  public static func decodeFields(_ bytes: ArraySlice<UInt8>) throws(CodingError) -> CodeBlock {
    var reader = CodeReader(bytes)
    let block = try reader.fields()
    if !reader.isAtEnd { throw .trailingBytes }
    return block
  }
}

/// Several code blocks found by name, each decoded when it is needed.
public struct CodeImage: Sendable {
  private let bytes: [UInt8]
  private let ranges: [String: Range<Int>]

  /// The names in the order of the image.
  public let names: [String]

  /// Reads the directory of an image.
  public init(_ bytes: [UInt8]) throws(CodingError) {
    var reader = CodeReader(bytes[...])
    try reader.header()
    let count = try reader.count(minimumSize: 2)
    var names: [String] = []
    var lengths: [Int] = []
    for _ in 0..<count {
      names.append(String(codeUnits: try reader.string()))
      lengths.append(try reader.number(below: bytes.count + 1))
    }
    var ranges: [String: Range<Int>] = [:]
    var position = reader.position
    for (name, length) in zip(names, lengths) {
      guard length <= bytes.count - position else { throw .truncated }
      ranges[name] = position..<position + length
      position += length
    }
    if position != bytes.count { throw .trailingBytes }
    if ranges.count != names.count { throw .malformed("two blocks of one name") }
    self.bytes = bytes
    self.names = names
    self.ranges = ranges
  }

  /// The block of this name; nil when the image has none.
  public func block(named name: String) throws(CodingError) -> CodeBlock? {
    guard let range = ranges[name] else { return nil }
    var reader = CodeReader(bytes[range])
    let block = try reader.block(depth: 0)
    if !reader.isAtEnd { throw .trailingBytes }
    return block
  }

  /// The image of these blocks, under their names.
  public static func encode(_ blocks: [CodeBlock]) -> [UInt8] {
    var directory = CodeWriter()
    directory.header()
    directory.number(blocks.count)
    var body: [UInt8] = []
    for block in blocks {
      var writer = CodeWriter()
      writer.block(block)
      directory.string(block.name)
      directory.number(writer.bytes.count)
      body += writer.bytes
    }
    return directory.bytes + body
  }
}

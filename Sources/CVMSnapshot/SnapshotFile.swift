import CVMRuntime
import Glibc

/// A checkpoint file in memory: sections with checksums behind a header. SnapshotFormat.md has every byte.
public final class SnapshotFile {
  /// What a file holds.
  public enum Kind: UInt8, Sendable {
    /// The state of a machine at one moment.
    case checkpoint = 1
    /// Several states, with what a session keeps beside them.
    case session = 2
  }

  /// The newest format that is read and the one that is written.
  public static let version = 2
  /// The format of files in which nothing is compressed.
  static let plainVersion = 1
  static let magic: [UInt8] = [0x89, 0x43, 0x56, 0x4d, 0x53, 0x0d, 0x0a, 0x1a]
  static let fixedHeaderSize = 32
  static let entrySize = 20
  /// With the length that a section takes in the file.
  static let compressedEntrySize = 28
  /// No file stands for more than so many times its size: what opens it needs no more memory for that.
  static let greatestExpansion = 8
  /// The environment variable with which a person allows more, for files of earlier versions, which knew no bound.
  static let expansionVariable = "CVM_MAX_EXPANSION"
  private static var expansionLimit: Int {
    let allowed = getenv(expansionVariable).flatMap { Int(String(cString: $0)) }
    return min(max(allowed ?? greatestExpansion, greatestExpansion), Zstandard.greatestRatio)
  }
  /// Below this, any expansion will do.
  static let smallContent = 1 << 20
  /// Zeros that fill a file up to the size that its content asks for.
  static let fillSection = "FILL"

  public let path: String
  private let bytes: UnsafeMutableRawBufferPointer
  /// The hash of the machine's state.
  public let hash: UInt64
  private var ranges: [String: Range<Int>] = [:]
  /// Sections that were compressed.
  private var expanded: [String: UnsafeMutableRawBufferPointer] = [:]

  deinit {
    bytes.deallocate()
    for (_, content) in expanded { content.deallocate() }
  }

  /// Reads a file as a whole and checks all that can be checked without making anything of it.
  public convenience init(path: String, kind: Kind = .checkpoint) throws(SnapshotError) {
    try self.init(taking: try readWholeFile(path), path: path, kind)
  }

  /// As from a file with these bytes.
  public convenience init(
    _ bytes: [UInt8], path: String = "the checkpoint", kind: Kind = .checkpoint
  ) throws(SnapshotError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    copy.copyBytes(from: bytes)
    try self.init(taking: UnsafeMutableRawBufferPointer(rebasing: copy[..<bytes.count]), path: path, kind)
  }

  private init(taking bytes: UnsafeMutableRawBufferPointer, path: String, _ kind: Kind) throws(SnapshotError) {
    self.bytes = bytes
    self.path = path
    do throws(SnapshotError) {
      (hash, ranges) = try SnapshotFile.check(UnsafeRawBufferPointer(bytes), path, kind, &expanded)
    } catch {
      for (_, content) in expanded { content.deallocate() }
      bytes.deallocate()
      throw error
    }
  }

  private static func check(
    _ bytes: UnsafeRawBufferPointer, _ path: String, _ kind: Kind,
    _ expanded: inout [String: UnsafeMutableRawBufferPointer]
  ) throws(SnapshotError) -> (UInt64, [String: Range<Int>]) {
    guard bytes.count >= magic.count, zip(magic, bytes).allSatisfy({ $0 == $1 }) else {
      throw .foreign(path: path)
    }
    guard bytes.count >= fixedHeaderSize else {
      throw .wrongLength(path: path, expected: fixedHeaderSize, found: bytes.count)
    }
    func word(_ position: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
    let version = Int(bytes[8]) | Int(bytes[9]) << 8
    if version > SnapshotFile.version { throw .newerVersion(path: path, version: version) }
    let sectionCount = Int(bytes[12]) | Int(bytes[13]) << 8
    let isPlain = version == plainVersion
    let entrySize = isPlain ? entrySize : compressedEntrySize
    let tableEnd = fixedHeaderSize + sectionCount * entrySize
    let length = word(16)
    guard length <= UInt64(Int.max), Int(length) == bytes.count else {
      throw .wrongLength(path: path, expected: Int(clamping: length), found: bytes.count)
    }
    guard version == plainVersion || version == SnapshotFile.version, let found = Kind(rawValue: bytes[10]),
      bytes[11] == 0, bytes[14] == 0, bytes[15] == 0,
      tableEnd + 8 <= bytes.count,
      Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<tableEnd])) == word(tableEnd)
    else { throw .damaged(path: path, section: "the header", offset: 0) }
    guard found == kind else { throw .otherKind(path: path, found) }
    var ranges: [String: Range<Int>] = [:]
    var position = tableEnd + 8
    // Before any of it is expanded.
    var content: UInt64 = 0
    for number in 0..<sectionCount {
      let (sum, overflow) = content.addingReportingOverflow(word(fixedHeaderSize + number * entrySize + 4))
      content = overflow ? .max : sum
    }
    guard content <= UInt64(max(bytes.count * expansionLimit, smallContent)) else {
      throw .expandsTooMuch(path: path, expected: Int(clamping: content), found: bytes.count)
    }
    for number in 0..<sectionCount {
      let entry = fixedHeaderSize + number * entrySize
      let name = String(decoding: bytes[entry..<entry + 4], as: UTF8.self)
      let length = word(entry + 4)
      let size = isPlain ? length : word(entry + 20)
      guard size <= UInt64(bytes.count - position), ranges[name] == nil, size == length || size < length,
        length <= UInt64(size) * UInt64(Zstandard.greatestRatio)
      else { throw .damaged(path: path, section: "the header", offset: entry) }
      let range = position..<position + Int(size)
      var content = UnsafeRawBufferPointer(rebasing: bytes[range])
      if size < length {
        guard let larger = Zstandard.expanded(content, count: Int(length)) else {
          throw .damaged(path: path, section: "section \(name)", offset: position)
        }
        expanded[name] = larger
        content = UnsafeRawBufferPointer(larger)
      }
      guard Checksum.of(content) == word(entry + 12) else {
        throw .damaged(path: path, section: "section \(name)", offset: position)
      }
      ranges[name] = range
      position = range.upperBound
    }
    guard position == bytes.count else { throw .wrongLength(path: path, expected: position, found: bytes.count) }
    return (word(24), ranges)
  }

  /// The content of a section; nil when the file has none of that name.
  public func section(_ name: String) -> UnsafeRawBufferPointer? {
    expanded[name].map { UnsafeRawBufferPointer($0) }
      ?? ranges[name].map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
  }

  /// Where a section begins in the file; 0 when the file has none of that name.
  func offset(of name: String) -> Int { ranges[name]?.lowerBound ?? 0 }

  /// The header and each section, in order: together the bytes of the file.
  var parts: [UnsafeRawBufferPointer] {
    let starts = [0] + ranges.values.map(\.lowerBound).sorted() + [bytes.count]
    return zip(starts, starts.dropFirst()).map { UnsafeRawBufferPointer(rebasing: bytes[$0..<$1]) }
  }

  public var byteCount: Int { bytes.count }

  /// The size that the file would have if nothing were compressed.
  public var contentByteCount: Int {
    bytes.count + expanded.reduce(0) { $0 + $1.value.count - (ranges[$1.key]?.count ?? 0) }
  }

  /// The names and sizes of the sections.
  public var sectionSizes: [(name: String, bytes: Int)] {
    ranges.sorted { $0.value.lowerBound < $1.value.lowerBound }.map {
      ($0.key, expanded[$0.key]?.count ?? $0.value.count)
    }
  }
}

/// Collects the sections of a checkpoint file.
struct SnapshotFileLayout {
  /// In order; empty ones are left out.
  let sections: [(name: String, bytes: UnsafeRawBufferPointer)]
  let header: [UInt8]
  let hash: UInt64
  /// What stands in the file in place of a section's content.
  let compressed: [[UInt8]?]

  /// The sections must stay where they are until the file is written. They are compressed, if that is wanted, where it pays.
  init(_ state: PortableState, host: [(name: String, bytes: UnsafeRawBufferPointer)], compresses: Bool = false) {
    var sections: [(name: String, bytes: UnsafeRawBufferPointer)] = []
    for (section, bytes) in state.sections where bytes.count > 0 { sections.append((section.rawValue, bytes.bytes)) }
    for (name, bytes) in host where bytes.count > 0 { sections.append((name, bytes)) }
    self.init(.checkpoint, sections, compresses: compresses)
  }

  init(
    _ kind: SnapshotFile.Kind, _ sections: [(name: String, bytes: UnsafeRawBufferPointer)], compresses: Bool = false
  ) {
    var sections = sections
    var compressed = sections.map { compresses ? Zstandard.compressed($0.bytes) : nil }
    let isPlain = compressed.allSatisfy { $0 == nil }
    fill = SnapshotFileLayout.fill(
      sections.map(\.bytes.count), zip(sections, compressed).map { $1?.count ?? $0.bytes.count })
    if let fill {
      sections.append((SnapshotFile.fillSection, UnsafeRawBufferPointer(fill.bytes)))
      compressed.append(nil)
    }
    (self.sections, self.compressed) = (sections, compressed)
    let sums = sections.map { Checksum.of($0.bytes) }
    hash = SnapshotFileLayout.hash(kind, sections.map(\.name), sections.map(\.bytes.count), sums)
    var header = SnapshotFile.magic
    func append(_ number: UInt64, _ size: Int) {
      for i in 0..<size { header.append(UInt8(truncatingIfNeeded: number >> UInt64(i * 8))) }
    }
    append(UInt64(isPlain ? SnapshotFile.plainVersion : SnapshotFile.version), 2)
    append(UInt64(kind.rawValue), 2)
    append(UInt64(sections.count), 4)
    let entrySize = isPlain ? SnapshotFile.entrySize : SnapshotFile.compressedEntrySize
    let headerSize = SnapshotFile.fixedHeaderSize + sections.count * entrySize + 8
    let stored = zip(sections, compressed).map { $1?.count ?? $0.bytes.count }
    byteCount = headerSize + stored.reduce(0, +)
    append(UInt64(byteCount), 8)
    append(hash, 8)
    for (number, section) in sections.enumerated() {
      header += Array(section.name.utf8)
      append(UInt64(section.bytes.count), 8)
      append(sums[number], 8)
      if !isPlain { append(UInt64(stored[number]), 8) }
    }
    append(Checksum.of(header), 8)
    self.header = header
  }

  let byteCount: Int
  private let fill: Zeros?

  private final class Zeros {
    let bytes: UnsafeMutableRawBufferPointer
    init(_ count: Int) { bytes = UnsafeMutableRawBufferPointer(start: calloc(count, 1), count: count) }
    deinit { free(bytes.baseAddress) }
  }

  /// What a file needs that would stand for more than it may; nil where it does not.
  private static func fill(_ lengths: [Int], _ stored: [Int]) -> Zeros? {
    let content = lengths.reduce(0, +)
    let expansion = SnapshotFile.greatestExpansion
    let header = SnapshotFile.fixedHeaderSize + (lengths.count + 1) * SnapshotFile.compressedEntrySize + 8
    let missing = content - expansion * (header + stored.reduce(0, +))
    // The zeros are content, too.
    return content > SnapshotFile.smallContent && missing > 0 ? Zeros((missing + expansion - 2) / (expansion - 1)) : nil
  }

  /// The hash of a state: of names, lengths and checksums of all sections that hold it. What passes with time is no part
  /// of it, nor is what hosts add.
  private static func hash(
    _ kind: SnapshotFile.Kind, _ names: [String], _ lengths: [Int], _ sums: [UInt64]
  ) -> UInt64 {
    var digest: [UInt8] = []
    for (index, name) in names.enumerated() {
      if kind == .checkpoint {
        guard let section = PortableSection(rawValue: name), section != .timers else { continue }
      }
      digest += Array(name.utf8)
      for number in [UInt64(lengths[index]), sums[index]] {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          digest.append(UInt8(truncatingIfNeeded: number >> shift))
        }
      }
    }
    return Checksum.of(digest)
  }

  /// Calls a function with the header and each section, in order.
  func withParts<Result, Failure>(_ body: ([UnsafeRawBufferPointer]) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    let start = UnsafeMutableRawBufferPointer.allocate(byteCount: header.count, alignment: 8)
    defer { start.deallocate() }
    start.copyBytes(from: header)
    var parts = [UnsafeRawBufferPointer(start)]
    var copies: [UnsafeMutableRawBufferPointer] = []
    defer { for copy in copies { copy.deallocate() } }
    for (section, compressed) in zip(sections, compressed) {
      guard let compressed else {
        parts.append(section.bytes)
        continue
      }
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: compressed.count, alignment: 8)
      copy.copyBytes(from: compressed)
      copies.append(copy)
      parts.append(UnsafeRawBufferPointer(copy))
    }
    return try body(parts)
  }

  /// Writes the file: either all of it or nothing.
  func write(to path: String, syncs: Bool = true) throws(SnapshotError) {
    try withParts { parts throws(SnapshotError) in try writeAtomically(parts, to: path, syncs: syncs) }
  }

  /// The whole file.
  func assembled() -> [UInt8] {
    var result = header
    result.reserveCapacity(byteCount)
    for (section, compressed) in zip(sections, compressed) {
      if let compressed { result += compressed } else { result += section.bytes }
    }
    return result
  }
}

import CVMRuntime

/// Several checkpoints in one file, which share what is equal, with what a host keeps beside them. SnapshotFormat.md has
/// every byte.
public final class SessionArchive {
  static let hostSection = "META"
  static let sizesSection = "SIZE"
  static let statesSection = "STAT"
  static let chunksSection = "CHNK"

  private let file: SnapshotFile
  /// Where each chunk begins; the last is the end of all.
  private let chunkStarts: [Int]
  private let states: [[UInt32]]

  /// What the host kept.
  public let host: [UInt8]
  public var stateCount: Int { states.count }
  public var byteCount: Int { file.byteCount }

  /// Reads a file and checks all that can be checked without making anything of its states.
  public convenience init(path: String) throws(SnapshotError) {
    try self.init(try SnapshotFile(path: path, kind: .session))
  }

  /// As from a file with these bytes.
  public convenience init(_ bytes: [UInt8], path: String = "the session") throws(SnapshotError) {
    try self.init(try SnapshotFile(bytes, path: path, kind: .session))
  }

  private init(_ file: SnapshotFile) throws(SnapshotError) {
    func damaged(_ section: String) -> SnapshotError {
      .damaged(path: file.path, section: "section \(section)", offset: file.offset(of: section))
    }
    func words(_ name: String) throws(SnapshotError) -> [UInt32] {
      guard let bytes = file.section(name), bytes.count % 4 == 0 else { throw damaged(name) }
      return (0..<bytes.count / 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
      }
    }
    self.file = file
    guard let host = file.section(Self.hostSection) else { throw damaged(Self.hostSection) }
    self.host = Array(host)
    var starts = [0]
    for size in try words(Self.sizesSection) { starts.append(starts[starts.count - 1] + Int(size)) }
    guard let chunks = file.section(Self.chunksSection), starts[starts.count - 1] == chunks.count else {
      throw damaged(Self.chunksSection)
    }
    chunkStarts = starts
    var states: [[UInt32]] = []
    var rest = try words(Self.statesSection)[...]
    while let count = rest.popFirst() {
      guard count <= rest.count else { throw damaged(Self.statesSection) }
      let list = Array(rest.prefix(Int(count)))
      rest = rest.dropFirst(Int(count))
      // A state has each chunk once: no file can stand for much more than it is long.
      guard Set(list).count == list.count, list.allSatisfy({ $0 < starts.count - 1 }) else {
        throw damaged(Self.statesSection)
      }
      states.append(list)
    }
    self.states = states
  }

  /// A checkpoint as a file in memory. O(its bytes).
  public func state(_ number: Int) throws(SnapshotError) -> SnapshotFile {
    var bytes: [UInt8] = []
    guard let chunks = file.section(Self.chunksSection) else { return try SnapshotFile([], path: file.path) }
    for chunk in states[number] {
      bytes += chunks[chunkStarts[Int(chunk)]..<chunkStarts[Int(chunk) + 1]]
    }
    return try SnapshotFile(bytes, path: "\(file.path) (state \(number))")
  }

  /// Collects the states of a file.
  public struct Writer {
    /// A chunk, and how many like it stand before it in its state: a state has each chunk once.
    private struct Key: Hashable {
      let hash: UInt64
      let size: Int
      let repetition: Int
    }

    private var chunks: [UInt8] = []
    private var sizes: [UInt32] = []
    private var starts: [Int] = []
    private var states: [UInt32] = []
    private var known: [Key: UInt32] = [:]
    public private(set) var stateCount = 0

    public init() {}

    /// Adds a checkpoint; its number.
    public mutating func add(_ checkpoint: Checkpoint) -> Int {
      checkpoint.withParts { add($0) }
    }

    /// Adds a checkpoint of another file.
    public mutating func add(_ file: SnapshotFile) -> Int { add(file.parts) }

    /// Each part is cut on its own: what one part has more or less moves no other.
    private mutating func add(_ parts: [UnsafeRawBufferPointer]) -> Int {
      var list: [UInt32] = []
      var repetitions: [UInt64: Int] = [:]
      for part in parts {
        ContentChunks.forEach(in: part) { chunk in
          let hash = Checksum.of(chunk)
          let repetition = repetitions[hash, default: 0]
          repetitions[hash] = repetition + 1
          list.append(number(of: chunk, Key(hash: hash, size: chunk.count, repetition: repetition)))
        }
      }
      states.append(UInt32(list.count))
      states += list
      stateCount += 1
      return stateCount - 1
    }

    private mutating func number(of chunk: UnsafeRawBufferPointer, _ key: Key) -> UInt32 {
      if let number = known[key], chunks[starts[Int(number)]...].prefix(chunk.count).elementsEqual(chunk) {
        return number
      }
      let number = UInt32(sizes.count)
      known[key] = number
      starts.append(chunks.count)
      sizes.append(UInt32(chunk.count))
      chunks += chunk
      return number
    }

    /// Writes the file, either all of it or nothing; its size.
    public func write(to path: String, host: [UInt8]) throws(SnapshotError) -> Int {
      let parts = layout(host)
      defer { for part in parts.sections { part.bytes.deallocate() } }
      try parts.write(to: path)
      return parts.byteCount
    }

    /// The bytes of the file.
    public func bytes(host: [UInt8]) -> [UInt8] {
      let parts = layout(host)
      defer { for part in parts.sections { part.bytes.deallocate() } }
      return parts.assembled()
    }

    private func layout(_ host: [UInt8]) -> SnapshotFileLayout {
      func little(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
      }
      let sections: [(String, [UInt8])] = [
        (hostSection, host), (sizesSection, little(sizes)), (statesSection, little(states)), (chunksSection, chunks),
      ]
      return SnapshotFileLayout(
        .session,
        sections.map { name, bytes in
          let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
          copy.copyBytes(from: bytes)
          return (name, UnsafeRawBufferPointer(copy))
        })
    }
  }
}

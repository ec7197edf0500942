import CVMSnapshot

/// Checkpoint files as an input stands for them: only the names and contents of sections, so that a change of any length
/// leaves a file that is right in all but what was changed. Lengths, checksums and hashes are added.
struct SectionedFile {
  var sections: [(name: [UInt8], bytes: [UInt8])] = []

  private static let mark: [UInt8] = [0xff, 0x23]
  private static let nameSize = 4
  private static let headerSize = 32
  private static let entrySize = 20

  /// The sections of an input, each behind a mark and its name.
  init(input: ArraySlice<UInt8>) {
    let bytes = Array(input)
    var starts: [Int] = []
    var place = 0
    while place + Self.mark.count + Self.nameSize <= bytes.count {
      if bytes[place] == Self.mark[0], bytes[place + 1] == Self.mark[1] { starts.append(place) }
      place += 1
    }
    for (start, end) in zip(starts, starts.dropFirst() + [bytes.count]) {
      let content = min(start + Self.mark.count + Self.nameSize, end)
      guard content - start == Self.mark.count + Self.nameSize else { continue }
      sections.append((Array(bytes[(start + Self.mark.count)..<content]), Array(bytes[content..<end])))
    }
  }

  /// The sections of a file that is whole and not compressed.
  init(file: [UInt8]) {
    func word(_ position: Int) -> Int { (0..<8).reduce(0) { $0 | Int(file[position + $1]) << ($1 * 8) } }
    let count = Int(file[12])
    var position = Self.headerSize + count * Self.entrySize + 8
    for number in 0..<count {
      let entry = Self.headerSize + number * Self.entrySize
      let size = word(entry + Self.nameSize)
      sections.append((Array(file[entry..<entry + Self.nameSize]), Array(file[position..<position + size])))
      position += size
    }
  }

  /// What gives the same sections again.
  var input: [UInt8] { sections.flatMap { Self.mark + $0.name + $0.bytes } }

  /// A file of a kind with these sections and what belongs to them.
  func file(kind: SnapshotFile.Kind) -> [UInt8] {
    func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    let count = min(sections.count, 255)
    let size = Self.headerSize + count * Self.entrySize + 8
    var header: [UInt8] = [
      0x89, 0x43, 0x56, 0x4d, 0x53, 0x0d, 0x0a, 0x1a, 1, 0, kind.rawValue, 0, UInt8(count), 0, 0, 0,
    ]
    header += little(UInt64(sections.prefix(count).reduce(size) { $0 + $1.bytes.count })) + little(0)
    for section in sections.prefix(count) {
      header += section.name + little(UInt64(section.bytes.count)) + little(Checksum.of(section.bytes))
    }
    header += little(Checksum.of(header))
    return sections.prefix(count).reduce(into: header) { $0 += $1.bytes }
  }
}

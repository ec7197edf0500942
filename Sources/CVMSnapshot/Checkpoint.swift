import CVMRuntime

/// The state of a machine at one moment, ready to be written.
public final class Checkpoint {
  /// What a host keeps beside the machine's state, under a name of four letters.
  public typealias HostSection = (name: String, bytes: [UInt8])

  public let state: PortableState
  private let hostBytes: [(name: String, bytes: UnsafeMutableRawBufferPointer)]
  private let layout: SnapshotFileLayout

  /// Takes the state of a machine that stands between two instructions. An interrupt ends it where that is wanted. Notes
  /// are needed to make JSON of it.
  public init(
    _ machine: Machine, host: [HostSection] = [], isInterruptible: Bool = false, withNotes: Bool = false
  ) throws(SnapshotError) {
    do throws(PortableError) {
      state = try machine.portableState(isInterruptible: isInterruptible, withNotes: withNotes)
    } catch {
      throw .notSavable(error)
    }
    hostBytes = host.map { section in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(section.bytes.count, 1), alignment: 8)
      copy.copyBytes(from: section.bytes)
      return (section.name, UnsafeMutableRawBufferPointer(rebasing: copy[..<section.bytes.count]))
    }
    layout = SnapshotFileLayout(state, host: hostBytes.map { ($0.name, UnsafeRawBufferPointer($0.bytes)) })
  }

  deinit { for (_, bytes) in hostBytes { bytes.deallocate() } }

  func hostSection(_ name: String) -> UnsafeMutableRawBufferPointer? { hostBytes.first { $0.name == name }?.bytes }

  /// The same for the same state in any process.
  public var hash: UInt64 { layout.hash }

  /// The size of the file.
  public var byteCount: Int { layout.byteCount }

  /// The bytes of the header, which belong to no section.
  public var headerByteCount: Int { layout.header.count }

  /// Writes the file: either all of it or nothing. Sections are compressed, if that is wanted, where it pays; the size of
  /// the file.
  @discardableResult
  public func write(to path: String, syncs: Bool = true, compresses: Bool = false) throws(SnapshotError) -> Int {
    let layout = compresses ? compressedLayout : layout
    try layout.write(to: path, syncs: syncs)
    return layout.byteCount
  }

  private var compressedLayout: SnapshotFileLayout {
    SnapshotFileLayout(
      state, host: hostBytes.map { ($0.name, UnsafeRawBufferPointer($0.bytes)) }, compresses: true)
  }

  /// The bytes of a file in which sections are compressed where it pays.
  public var compressedBytes: [UInt8] { compressedLayout.assembled() }

  /// Calls a function with the header and each section, in order.
  func withParts<Result>(_ body: ([UnsafeRawBufferPointer]) -> Result) -> Result { layout.withParts(body) }

  /// The bytes of the file.
  public var bytes: [UInt8] { layout.assembled() }
}

extension SnapshotFile {
  /// Gives a fresh machine the state of this checkpoint. After an error the machine is of no use.
  public func restore(
    into machine: Machine, makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    var sections: [PortableSection: UnsafeRawBufferPointer] = [:]
    for section in PortableSection.allCases { sections[section] = self.section(section.rawValue) }
    do throws(PortableError) {
      try machine.restore(portable: sections, makeSource: makeSource)
    } catch {
      throw .malformed(path: path, error)
    }
  }

  /// What a host kept.
  public func hostSection(_ name: String) -> [UInt8]? { section(name).map { Array($0) } }
}

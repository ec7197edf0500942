import CVMReport
import CVMRuntime
import CVMSnapshot
import CVMStorage

/// How the state of a machine is kept in a store.
///
/// What waits for another process is a complete checkpoint in the portable encoding, which every version of the program opens.
/// A process that goes on at once, over a heap that is not small, writes an image of the heap and then only what changed.
struct ExecutionState {
  /// What a store has of a machine: an image, and the changes since. Sizes are those of what is not compressed.
  struct Images {
    /// The newest of them.
    var address: BlobAddress
    /// What names it for the machine.
    var hash: UInt64
    var count: Int
    var completeBytes: Int
    var changedBytes: Int
  }

  let blob: StateBlob
  private let image: ImageCheckpoint?
  /// The size of the state as it is, not compressed.
  private var contentBytes: Int

  private init(blob: StateBlob, image: ImageCheckpoint?, contentBytes: Int? = nil) {
    (self.blob, self.image) = (blob, image)
    self.contentBytes = contentBytes ?? blob.bytes.count
  }

  /// Portable states below this size are as good as changes.
  static let smallState = 32 << 10
  /// Restoring reads each image of a chain.
  private static let longestChain = 500

  /// Takes the state of a machine that stands between two instructions. `goesOn` says that this process will replace it.
  static func taken(
    of run: ExecutionRun, id: String, on parent: BlobAddress?, goesOn: Bool, smallState: Int
  ) throws(ExecutionError) -> ExecutionState {
    if run.session.options.storage == .inline { return try inline(run, id) }
    guard goesOn, run.portableBytes >= smallState else {
      do throws(CommandError) {
        let checkpoint = try run.session.makeCheckpoint()
        return ExecutionState(
          blob: StateBlob(checkpoint.compressedBytes), image: nil, contentBytes: checkpoint.byteCount)
      } catch {
        throw .notSavable(id: id, reason: error.message)
      }
    }
    let machine = run.session.machine
    if let images = run.images, images.address == parent, images.count < longestChain,
      machine.savedImage?.hash == images.hash, let changes = ImageCheckpoint(changesOf: machine),
      images.changedBytes + changes.byteCount < images.completeBytes
    {
      return ExecutionState(blob: StateBlob(changes.bytes, parent: parent), image: changes)
    }
    let image = ImageCheckpoint(machine)
    return ExecutionState(blob: StateBlob(PackedImage.pack(image.bytes)), image: image, contentBytes: image.byteCount)
  }

  /// Writes values where they are mentioned, and says whose identity that loses.
  private static func inline(_ run: ExecutionRun, _ id: String) throws(ExecutionError) -> ExecutionState {
    let inline: InlineExecution
    do throws(CommandError) {
      let checkpoint = try run.session.makeCheckpoint(withNotes: true)
      do throws(SnapshotError) { inline = try InlineExecution(ExecutionJSON.text(of: checkpoint)) } catch {
        throw CommandError(error)
      }
    } catch {
      throw .notSavable(id: id, reason: error.message)
    }
    let told = inline.aliases.filter { run.toldAliases.insert("\($0)").inserted }
    for alias in told.prefix(5) {
      run.session.console.writeError(
        "Warning: \(alias.first) and \(alias.second) are one object, and two when the state is read (--storage inline).\n"
      )
    }
    if !told.isEmpty, inline.copyCount > min(told.count, 5) {
      run.session.console.writeError(
        "Warning: \(Numbers.counted(UInt64(inline.copyCount), "copy", plural: "copies")) in all.\n")
    }
    return ExecutionState(blob: StateBlob(inline.text), image: nil)
  }

  /// The store has it now, under an address.
  func wasKept(as address: BlobAddress?, of run: ExecutionRun) {
    guard let image, let address else {
      run.images = nil
      run.portableBytes = contentBytes
      return
    }
    image.noteSaved()
    if blob.parent != nil, var images = run.images {
      (images.address, images.hash) = (address, image.hash)
      images.count += 1
      images.changedBytes += contentBytes
      run.images = images
    } else {
      run.images = Images(address: address, hash: image.hash, count: 1, completeBytes: contentBytes, changedBytes: 0)
    }
  }

  /// Gives a fresh machine the state that a chain of blobs is, the complete one first.
  static func restore(_ chain: [StoredBlob], of id: String, into run: ExecutionRun) throws(ExecutionError) {
    guard let first = chain.first, let last = chain.last else { throw .state(id: id, reason: "it is empty") }
    let session = run.session
    do throws(SnapshotError) {
      try session.machine.showingWork(session.options) { () throws(SnapshotError) in
        if ImageFile.isImage(first.bytes) {
          let image = try PackedImage.unpack(first.bytes, path: "the state of \(id)")
          let changes = chain.dropFirst().map(\.bytes)
          try ImageFile.restore(
            ([image] + changes).map { .bytes($0) }, into: run.session.machine, validates: true,
            makeSource: Session.source)
          run.session.results.adopt(run.session.machine, taken: [], bound: [])
          run.images = Images(
            address: last.address, hash: run.session.machine.savedImage?.hash ?? 0, count: chain.count,
            completeBytes: image.count, changedBytes: changes.reduce(0) { $0 + $1.count })
          run.portableBytes = image.count
        } else {
          let file: SnapshotFile
          // The form that has values nested is text.
          if last.bytes.first == UInt8(ascii: "{") {
            let json = try ExecutionJSON(last.bytes, path: "the state of \(id)")
            try json.restore(into: run.session.machine, makeSource: Session.source)
            file = json.snapshot
          } else {
            file = try SnapshotFile(last.bytes, path: "the state of \(id)")
            try file.restore(into: run.session.machine, makeSource: Session.source)
          }
          let record = file.hostSection(Session.sessionSection).flatMap(SessionRecord.init(encoded:)) ?? SessionRecord()
          run.session.results.adopt(run.session.machine, taken: record.takenNames, bound: record.boundNames)
          run.portableBytes = file.contentByteCount
        }
      }
    } catch {
      throw .state(id: id, reason: "\(error)")
    }
  }
}

import Glibc

extension DirectoryStore {
  public func commit(
    _ commit: ExecutionCommit, to id: String, by owner: Owner
  ) throws(StorageError) -> ExecutionRecord {
    try alone(id) { () throws(StorageError) in
      let stored = try existingRecord(id)
      let folder = folder(id)
      let next = try apply(commit, to: stored, in: folder, by: owner)
      try files.replace("\(folder)/record", [next.encoded()])
      try files.syncFolder(folder)
      if commit.releases { try? files.unlink("\(folder)/owner") }
      if next.record.state != stored.record.state { removeUnused(in: folder, except: next.record) }
      return next.record
    }
  }

  /// The record after a commit, whose state and log are in the folder already.
  func apply(
    _ commit: ExecutionCommit, to stored: StoredRecord, in folder: String, by owner: Owner?
  ) throws(StorageError) -> StoredRecord {
    try stored.record.check(commit, by: owner)
    var state: (address: BlobAddress, bytes: Int)?
    if case .replaced(let blob) = commit.state {
      state = try keep(blob, in: folder)
      // The state must be there before a record names it.
      try files.syncFolder(folder)
    }
    let next = stored.record.applying(commit, state: state, at: currentTime())
    return StoredRecord(
      next, logBytes: try append(commit.log, sequence: next.sequence, to: folder, at: stored.logBytes))
  }

  /// Writes behind what belongs to the record; what a broken commit left there is overwritten. The new size.
  private func append(
    _ entries: [LogEntry], sequence: Int, to folder: String, at size: Int
  ) throws(StorageError) -> Int {
    if entries.isEmpty { return size }
    let bytes = LogFile.encoded(entries, sequence: sequence)
    let path = "\(folder)/log"
    try files.withFile(path, O_WRONLY) { file throws(StorageError) in
      try files.write([bytes], to: file, at: size, path)
      try files.truncate(file, to: size + bytes.count, path)
      try files.sync(file, path)
    }
    return size + bytes.count
  }

  public func state(of id: String) throws(StorageError) -> [StoredBlob] {
    try consistently(id) { record throws(StorageError) in
      var chain: [StoredBlob] = []
      var address = record.state
      while let link = address {
        let file = try blob(link, of: id)
        chain.append(file.blob)
        address = file.blob.parent
      }
      return chain.reversed()
    }
  }

  // MARK: Blobs

  private func blobPath(_ address: BlobAddress, in folder: String) -> String { "\(folder)/\(address).blob" }
  private func poolPath(_ address: BlobAddress) -> String { "\(place)/pool/\(address).blob" }

  func blob(_ address: BlobAddress, of id: String) throws(StorageError) -> BlobFile {
    let path = blobPath(address, in: folder(id))
    guard let bytes = try files.read(path), let blob = BlobFile(bytes, address: address) else {
      throw .damaged(place: place, what: path)
    }
    return blob
  }

  /// Puts a blob into the folder of an execution: under a second name where another one has it, else as a new file, which
  /// the pool then has, too.
  func keep(_ blob: StateBlob, in folder: String) throws(StorageError) -> (address: BlobAddress, bytes: Int) {
    let address = BlobAddress(of: blob.bytes, parent: blob.parent)
    var chainBytes = blob.bytes.count
    if let parent = blob.parent { chainBytes += try keepChain(parent, in: folder) }
    let path = blobPath(address, in: folder)
    if try isGood(path, address) { return (address, chainBytes) }
    if try isGood(poolPath(address), address) {
      Glibc.unlink(path)
      if try files.link(poolPath(address), as: path) { return (address, chainBytes) }
    }
    try files.replace(path, [BlobFile.header(parent: blob.parent, chainBytes: chainBytes), blob.bytes])
    _ = try? files.link(path, as: poolPath(address))
    return (address, chainBytes)
  }

  /// Makes sure that the folder of an execution has a blob and what it stands on; the bytes of all of them.
  private func keepChain(_ address: BlobAddress, in folder: String) throws(StorageError) -> Int {
    var next: BlobAddress? = address
    var chainBytes: Int?
    while let link = next {
      let path = blobPath(link, in: folder)
      let isThere = files.linkCount(path) != nil
      if !isThere { _ = try files.link(poolPath(link), as: path) }
      guard let header = try files.read(path, upTo: BlobFile.headerSize), let known = BlobFile.readHeader(header) else {
        throw .unknownParent(link)
      }
      chainBytes = chainBytes ?? known.chainBytes
      next = isThere ? nil : known.parent
    }
    return chainBytes ?? 0
  }

  /// Whether a file holds what its name says: one that a loss of power left behind may not.
  private func isGood(_ path: String, _ address: BlobAddress) throws(StorageError) -> Bool {
    guard files.linkCount(path) != nil, let bytes = try files.read(path) else { return false }
    return BlobFile(bytes, address: address) != nil
  }

  /// Removes what no record names any more. What can't be removed now goes the next time.
  private func removeUnused(in folder: String, except record: ExecutionRecord) {
    var used: Set<String> = ["\(record.program).blob"]
    var address = record.state
    while let link = address {
      guard used.insert("\(link).blob").inserted,
        let header = try? files.read(blobPath(link, in: folder), upTo: BlobFile.headerSize),
        let known = BlobFile.readHeader(header)
      else { return }
      address = known.parent
    }
    for name in (try? files.names(in: folder)) ?? [] where !used.contains(name) {
      let isBlob = name.hasSuffix(".blob")
      // The others are what a killed process was writing.
      if isBlob || name.hasSuffix(".new") { try? files.unlink("\(folder)/\(name)") }
      if isBlob { dropFromPool(name) }
    }
  }

  /// The pool lets go of what only it still has. Whoever takes it out at this moment keeps it.
  func dropFromPool(_ name: String) {
    let path = "\(place)/pool/\(name)"
    if files.linkCount(path) == 1 { try? files.unlink(path) }
  }

  /// Removes the folder of an execution, and what nobody else has from the pool.
  func remove(_ folder: String) {
    let names = (try? files.names(in: folder)) ?? []
    files.removeFolder(folder)
    for name in names where name.hasSuffix(".blob") { dropFromPool(name) }
  }

  public func contentSize() throws(StorageError) -> (blobs: Int, bytes: Int) {
    var bytes = 0
    let names = try files.names(in: "\(place)/pool").filter { $0.hasSuffix(".blob") }
    for name in names {
      var status = stat()
      if stat("\(place)/pool/\(name)", &status) == 0 { bytes += Int(status.st_size) - BlobFile.headerSize }
    }
    return (names.count, bytes)
  }
}

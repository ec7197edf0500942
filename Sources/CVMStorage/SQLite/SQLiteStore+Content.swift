extension SQLiteStore {
  public func contentSize() throws(StorageError) -> (blobs: Int, bytes: Int) {
    try reading { () throws(StorageError) in
      (try number("SELECT count(*) FROM blobs") ?? 0, try number("SELECT coalesce(sum(size), 0) FROM blobs") ?? 0)
    }
  }

  /// Keeps a blob that nobody uses yet; the bytes of its chain. Where it is new and stands on `inherited`, whoever used that
  /// leaves it to the blob.
  func keep(
    _ blob: StateBlob, inheriting inherited: BlobAddress? = nil
  ) throws(StorageError) -> (address: BlobAddress, bytes: Int, hasInherited: Bool) {
    let address = BlobAddress(of: blob.bytes, parent: blob.parent)
    if let chain = try number("SELECT chain FROM blobs WHERE address = ?", .bytes(address.bytes)) {
      let known = try content(address)
      guard known.bytes == blob.bytes, known.parent == blob.parent else {
        throw .damaged(place: place, what: "other content at \(address)")
      }
      return (address, chain, false)
    }
    var chain = blob.bytes.count
    if let parent = blob.parent {
      guard let below = try number("SELECT chain FROM blobs WHERE address = ?", .bytes(parent.bytes)) else {
        throw .unknownParent(parent)
      }
      guard (0..<1 << 53).contains(below) else { throw .damaged(place: place, what: "the size of \(parent)") }
      chain += below
      if parent != inherited { try use(parent) }
    }
    try run("INSERT INTO content (bytes) VALUES (?)", .bytes(blob.bytes))
    try run(
      "INSERT INTO blobs (address, parent, users, size, chain, content) VALUES (?, ?, 0, ?, ?, ?)",
      .bytes(address.bytes), .optional(blob.parent?.bytes), .number(blob.bytes.count), .number(chain),
      .number(connection.lastRow))
    return (address, chain, blob.parent != nil && blob.parent == inherited)
  }

  /// Counts one more that refers to a blob.
  func use(_ address: BlobAddress) throws(StorageError) {
    try run("UPDATE blobs SET users = users + 1 WHERE address = ?", .bytes(address.bytes))
  }

  /// Counts one less; what nobody refers to any more goes, and then perhaps what it stood on.
  func drop(_ first: BlobAddress?) throws(StorageError) {
    var next = first
    while let address = next {
      try run("UPDATE blobs SET users = users - 1 WHERE address = ?", .bytes(address.bytes))
      var unused: (parent: BlobAddress?, content: Int)?
      try rows(
        "SELECT parent, content FROM blobs WHERE address = ? AND users <= 0", .bytes(address.bytes)
      ) { unused = (BlobAddress(bytes: $0.bytes(0)), $0.number(1)) }
      guard let unused else { return }
      try run("DELETE FROM content WHERE number = ?", .number(unused.content))
      try run("DELETE FROM blobs WHERE address = ?", .bytes(address.bytes))
      next = unused.parent
    }
  }

  /// A blob whose bytes are what was written.
  func content(_ address: BlobAddress?) throws(StorageError) -> StoredBlob {
    guard let address else { throw .damaged(place: place, what: "an address of a blob") }
    var found: StoredBlob?
    try rows(
      "SELECT b.parent, c.bytes FROM blobs b JOIN content c ON c.number = b.content WHERE b.address = ?",
      .bytes(address.bytes)
    ) { found = StoredBlob(address: address, parent: BlobAddress(bytes: $0.bytes(0)), bytes: $0.bytes(1)) }
    guard let found else { throw .damaged(place: place, what: "the content \(address) is missing") }
    guard BlobAddress(of: found.bytes, parent: found.parent) == address else {
      throw .damaged(place: place, what: "the content \(address) is not what was written")
    }
    return found
  }

  // MARK: Statements

  func run(_ text: String, _ values: SQLiteValue...) throws(StorageError) {
    try translating("write") { () throws(SQLiteError) in
      try connection.statement(text).rows(values) { _ in false }
    }
  }

  func rows(_ text: String, _ values: SQLiteValue..., body: (SQLiteRow) -> Void) throws(StorageError) {
    try translating("read") { () throws(SQLiteError) in
      try connection.statement(text).rows(values) { row in
        body(row)
        return true
      }
    }
  }

  func number(_ text: String, _ values: SQLiteValue...) throws(StorageError) -> Int? {
    var result: Int?
    try translating("read") { () throws(SQLiteError) in
      try connection.statement(text).rows(values) { row in
        result = row.number(0)
        return false
      }
    }
    return result
  }

  func address(_ text: String, _ values: SQLiteValue...) throws(StorageError) -> BlobAddress? {
    var result: BlobAddress?
    try translating("read") { () throws(SQLiteError) in
      try connection.statement(text).rows(values) { row in
        result = BlobAddress(bytes: row.bytes(0))
        return false
      }
    }
    return result
  }
}

/// Cuts bytes where their content says so, so that equal stretches are cut alike wherever they stand.
///
/// The Gear hash of FastCDC (Xia et al., USENIX ATC 2016): pieces of 256 bytes to 8 KB, some 1,280 on average. O(n).
enum ContentChunks {
  private static let shortest = 1 << 8
  private static let longest = 1 << 13
  /// Ten bits: every 1024th place on average.
  private static let mask: UInt64 = 0x3ff << 54

  private static let gear: [UInt64] = {
    // SplitMix64.
    var state: UInt64 = 0x4356_4d53
    return (0..<256).map { _ in
      state &+= 0x9e37_79b9_7f4a_7c15
      var word = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
  }()

  /// Calls `body` with each piece, in order.
  static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    gear.withUnsafeBufferPointer { gear in
      var start = 0
      while start < bytes.count {
        let limit = min(start + longest, bytes.count)
        var end = min(start + shortest, limit)
        var hash: UInt64 = 0
        // Where nothing says so, as in long runs of like records, the least hash does.
        var best = (hash: UInt64.max, end: limit)
        while end < limit {
          hash = hash << 1 &+ gear[Int(bytes[end])]
          end += 1
          if hash < best.hash { best = (hash, end) }
          if hash & mask == 0 { break }
        }
        if hash & mask != 0, limit < bytes.count { end = best.end }
        body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
  }
}

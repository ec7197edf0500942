import CZstd

/// Compression of sections (RFC 8878), bounded in both directions.
enum Zstandard {
  /// Shorter ones gain nothing that is worth the time.
  static let shortest = 4096
  /// What would expand to more than this many times its size is not compressed, and not believed.
  static let greatestRatio = 256
  /// Fast enough not to be noticed beside what is compressed.
  private static let usualLevel: Int32 = 3

  /// The bytes compressed; nil where that does not save a tenth.
  static func compressed(_ bytes: UnsafeRawBufferPointer, level: Int32 = usualLevel) -> [UInt8]? {
    guard bytes.count >= shortest else { return nil }
    let bound = ZSTD_compressBound(bytes.count)
    let result = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      let size = ZSTD_compress(buffer.baseAddress, bound, bytes.baseAddress, bytes.count, level)
      count = ZSTD_isError(size) != 0 ? 0 : size
    }
    guard !result.isEmpty, result.count < bytes.count / 10 * 9, bytes.count <= result.count * greatestRatio else {
      return nil
    }
    return result
  }

  /// The content of compressed bytes, which must have a length; nil when it has not. The caller frees it.
  ///
  /// Memory is used only as far as there is content: pages that nothing is written to cost nothing.
  static func expanded(_ bytes: UnsafeRawBufferPointer, count: Int) -> UnsafeMutableRawBufferPointer? {
    guard count <= bytes.count * greatestRatio else { return nil }
    let content = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    guard expand(bytes, into: UnsafeMutableRawBufferPointer(rebasing: content[..<count])) else {
      content.deallocate()
      return nil
    }
    return UnsafeMutableRawBufferPointer(rebasing: content[..<count])
  }

  /// Whether compressed bytes have filled all of a place.
  static func expand(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
    guard ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count) == UInt64(target.count) else { return false }
    let size = ZSTD_decompress(target.baseAddress, target.count, bytes.baseAddress, bytes.count)
    return ZSTD_isError(size) == 0 && size == target.count
  }
}

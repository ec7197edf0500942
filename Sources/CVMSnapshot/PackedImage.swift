/// Full images as stores keep them: compressed, which takes less time than writing all that is the same in every heap.
/// ImageFormat.md has every byte.
public enum PackedImage {
  static let magic: UInt64 = 0x0a1a_0a0d_504d_4943
  static let headerSize = fieldCount * 8
  private static let fieldCount = 4
  /// None stands for more than so many times its size: its image is in memory twice while it is opened.
  public static let greatestExpansion = 4
  /// Nearly as small as at higher levels, and several times faster.
  private static let level: Int32 = 1

  /// What stands for the bytes of an image; these where it would not be smaller.
  public static func pack(_ image: [UInt8]) -> [UInt8] {
    guard let frame = image.withUnsafeBytes({ Zstandard.compressed($0, level: level) }) else { return image }
    let size = size(of: image.count, frame: frame.count)
    var packed: [UInt8] = []
    packed.reserveCapacity(size)
    for field in [magic, ImageFile.version, UInt64(image.count), UInt64(frame.count)] {
      withUnsafeBytes(of: field.littleEndian) { packed += $0 }
    }
    packed += frame
    packed += repeatElement(0, count: size - packed.count)
    return packed
  }

  /// The header, the frame, and zeros up to the size that the image asks for.
  private static func size(of image: Int, frame: Int) -> Int {
    max(headerSize + frame, (image + greatestExpansion - 1) / greatestExpansion)
  }

  static func isPacked(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: withUnsafeBytes(of: magic.littleEndian, Array.init))
  }

  /// The bytes of the image; those that are no packed image as they are.
  public static func unpack(_ bytes: [UInt8], path: String) throws(SnapshotError) -> [UInt8] {
    guard isPacked(bytes) else { return bytes }
    guard bytes.count >= headerSize else { throw .wrongLength(path: path, expected: headerSize, found: bytes.count) }
    let fields = bytes.withUnsafeBytes { bytes in
      (0..<fieldCount).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
    }
    guard fields[1] <= ImageFile.version else { throw .newerVersion(path: path, version: Int(clamping: fields[1])) }
    guard fields[2] < 1 << 40, fields[3] < 1 << 40 else { throw .damaged(path: path, section: "the header", offset: 0) }
    let (count, frame) = (Int(fields[2]), Int(fields[3]))
    // Bounds both before anything is done with them.
    let size = size(of: count, frame: frame)
    guard bytes.count == size else { throw .wrongLength(path: path, expected: size, found: bytes.count) }
    var isWhole = false
    let image = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      isWhole = bytes.withUnsafeBytes { bytes in
        let frame = UnsafeRawBufferPointer(rebasing: bytes[headerSize..<headerSize + frame])
        return Zstandard.expand(
          frame, into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[..<count]))
      }
      filled = isWhole ? count : 0
    }
    guard isWhole else { throw .damaged(path: path, section: "the compressed image", offset: headerSize) }
    return image
  }
}

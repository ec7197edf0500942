import Glibc

/// The strings of a graph: those of the file that it was read from, then its own; 0 is the empty string.
final class StringStore {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let ends: UnsafeBufferPointer<UInt64>
  private let file: FileStrings?

  init(packed: consuming StringTableBuilder, file: FileStrings?) {
    bytes = packed.bytes.take()
    ends = packed.ends.take()
    self.file = file
  }

  deinit {
    free(UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    free(UnsafeMutableRawPointer(mutating: ends.baseAddress))
  }

  var count: Int { ends.count + (file?.count ?? 0) }

  /// Calls a function with the UTF-8 of a string, in which lone surrogates have three bytes.
  func withBytes<Result>(of index: StringIndex, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    precondition(Int(index) < count)
    let fileCount = file?.count ?? 0
    if let file, index > 0, Int(index) <= fileCount { return file.withBytes(of: Int(index) - 1, body) }
    let own = index == 0 ? 0 : Int(index) - fileCount
    let start = own == 0 ? 0 : Int(ends[own - 1])
    return body(UnsafeBufferPointer(rebasing: bytes[start..<Int(ends[own])]))
  }
}

/// Strings as they stand in a JSON file, between their quotes: a copy, since the file may change.
final class FileStrings {
  private let bytes: UnsafeMutablePointer<UInt8>
  /// What to take from a place in the file for one in the copy.
  private let shift: Int
  /// For each string twice the place behind its opening quote, plus 1 where it has an escape.
  private let places: UnsafeBufferPointer<UInt64>
  /// The place of the closing quote of the last string.
  private let end: Int
  private static let copyStep = 4 << 20

  init(file: MappedFile, places: consuming GrowingColumn<UInt64>, end: Int) {
    let first = places.count == 0 ? end : Int(places[0] >> 1)
    self.places = places.take()
    self.end = end
    shift = first
    bytes = .allocate(capacity: max(end - first + 1, 1))
    guard end >= first, let base = file.bytes.baseAddress, self.places.count > 0 else { return }
    var released = first
    for start in stride(from: first, through: end, by: Self.copyStep) {
      let count = min(Self.copyStep, end + 1 - start)
      (bytes + (start - first)).initialize(from: base + start, count: count)
      file.release(from: &released, to: start + count)
    }
  }

  deinit {
    bytes.deallocate()
    free(UnsafeMutableRawPointer(mutating: places.baseAddress))
  }

  var count: Int { places.count }

  /// The bytes between the quotes as they stand in the file.
  func raw(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(places[index] >> 1)
    let limit = index + 1 < places.count ? Int(places[index + 1] >> 1) - 1 : end + 1
    let base = UnsafePointer(bytes + (start - shift))
    var length = 0
    if places[index] & 1 == 0 {
      length = memchr(base, 0x22, limit - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? limit - start
    } else {
      while length < limit - start, base[length] != 0x22 { length += base[length] == 0x5C ? 2 : 1 }
    }
    return UnsafeBufferPointer(start: base, count: min(length, limit - start))
  }

  func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let raw = raw(index)
    return places[index] & 1 == 0 ? body(raw) : JSONText.unescaped(raw).withUnsafeBufferPointer(body)
  }
}

/// A file as memory, read when it is looked at.
final class MappedFile {
  let bytes: UnsafeBufferPointer<UInt8>
  private let watch: Int?

  /// Whether the file became shorter while it was read: what was missing then looked like zeros.
  var isShort: Bool {
    var status = stat()
    return watch.map(MappedFileFaults.isShort) ?? false
      || (fstat(descriptor, &status) == 0 && status.st_size < bytes.count)
  }
  private let descriptor: Int32

  /// Maps a file; nil with the reason in `errno`.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.descriptor = descriptor
    guard descriptor >= 0 else { return nil }
    var isMapped = false
    defer { if !isMapped { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      errno = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ESPIPE
      return nil
    }
    guard status.st_size > 0 else {
      bytes = UnsafeBufferPointer(start: nil, count: 0)
      watch = nil
      isMapped = true
      return
    }
    guard let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { return nil }
    _ = madvise(memory, Int(status.st_size), MADV_SEQUENTIAL)
    watch = MappedFileFaults.watch(memory, Int(status.st_size))
    isMapped = true
    bytes = UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: Int(status.st_size))
  }

  deinit {
    if let watch { MappedFileFaults.forget(watch) }
    close(descriptor)
    if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }

  /// Gives back the memory of what is not needed soon: whole pages up to a place. `start` becomes where that ends.
  func release(from start: inout Int, to end: Int) {
    let first = (start + Self.pageSize - 1) / Self.pageSize * Self.pageSize
    let last = end / Self.pageSize * Self.pageSize
    guard let base = bytes.baseAddress, last > first else { return }
    _ = madvise(UnsafeMutableRawPointer(mutating: base + first), last - first, MADV_DONTNEED)
    start = last
  }

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
}

/// The inside of JSON strings.
enum JSONText {
  /// The UTF-8 of what stands between quotes; lone surrogates get three bytes, broken escapes stay as they are.
  static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      guard byte == 0x5C, index + 1 < raw.count else {
        result.append(byte)
        index += 1
        continue
      }
      index += 2
      switch raw[index - 1] {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"):
        guard var scalar = hexadecimal(raw, at: index) else {
          result += [0x5C, UInt8(ascii: "u")]
          continue
        }
        index += 4
        if scalar & 0xFC00 == 0xD800, index + 1 < raw.count, raw[index] == 0x5C, raw[index + 1] == UInt8(ascii: "u"),
          let low = hexadecimal(raw, at: index + 2), low & 0xFC00 == 0xDC00
        {
          scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF)
          index += 6
        }
        append(scalar, to: &result)
      case let other: result.append(other)
      }
    }
    return result
  }

  private static func hexadecimal(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= raw.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      switch raw[index] {
      case 0x30...0x39: value = value << 4 | UInt32(raw[index] - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(raw[index] - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(raw[index] - 0x57)
      default: return nil
      }
    }
    return value
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(scalar))
    case 0x80..<0x800: bytes += [UInt8(0xC0 | scalar >> 6), UInt8(0x80 | scalar & 0x3F)]
    case 0x800..<0x10000:
      bytes += [UInt8(0xE0 | scalar >> 12), UInt8(0x80 | scalar >> 6 & 0x3F), UInt8(0x80 | scalar & 0x3F)]
    default:
      bytes += [
        UInt8(0xF0 | scalar >> 18), UInt8(0x80 | scalar >> 12 & 0x3F), UInt8(0x80 | scalar >> 6 & 0x3F),
        UInt8(0x80 | scalar & 0x3F),
      ]
    }
  }
}

import Glibc

/// A growing array of plain values that owns its memory, without bounds checks or reference counts.
@frozen public struct GrowingColumn<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>?
  @usableFromInline var capacity: Int
  @usableFromInline var used: Int

  @inlinable public init() {
    base = nil
    capacity = 0
    used = 0
  }

  /// The number of elements.
  @inlinable public var count: Int { used }

  deinit { free(base) }

  /// Adds an element at the end.
  @inlinable public mutating func append(_ element: Element) {
    if _slowPath(used == capacity) { grow(to: used &+ 1) }
    base.unsafelyUnwrapped[used] = element
    used &+= 1
  }

  /// The element at an index below `count`.
  @inlinable public subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base.unsafelyUnwrapped[index]
    }
    set {
      assert(index >= 0 && index < count)
      base.unsafelyUnwrapped[index] = newValue
    }
  }

  @inline(never) @usableFromInline mutating func grow(to minimum: Int) {
    let wanted = Swift.max(minimum, capacity + capacity / 2, 64)
    guard let memory = realloc(base, wanted * MemoryLayout<Element>.stride) else { fatalError("out of memory") }
    adviseHugePages(memory, byteCount: wanted * MemoryLayout<Element>.stride)
    base = memory.assumingMemoryBound(to: Element.self)
    capacity = wanted
  }

  /// Makes room for a number of elements in all.
  public mutating func reserve(_ wanted: Int) {
    if wanted > capacity { grow(to: wanted) }
  }

  mutating func append(copying source: UnsafeBufferPointer<Element>) {
    guard let first = source.baseAddress, source.count > 0 else { return }
    if count + source.count > capacity { grow(to: count + source.count) }
    base.unsafelyUnwrapped.advanced(by: count).update(from: first, count: source.count)
    used += source.count
  }

  mutating func truncate(to newCount: Int) { used = newCount }

  var buffer: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

  /// Hands the memory to the caller, who frees it with `free`, and leaves the column empty.
  mutating func take() -> UnsafeBufferPointer<Element> {
    if capacity > count, count > 0, let smaller = realloc(base, count * MemoryLayout<Element>.stride) {
      base = smaller.assumingMemoryBound(to: Element.self)
    }
    let taken = UnsafeBufferPointer(start: UnsafePointer(base), count: count)
    base = nil
    capacity = 0
    used = 0
    return taken
  }
}

/// Asks for large pages for memory that is filled soon and read in no order: fewer faults, fewer misses in the TLB. Only
/// whole pages of two megabytes count, so that small columns cost nothing.
public func adviseHugePages(_ start: UnsafeMutableRawPointer, byteCount: Int) {
  let pageSize = 1 << 21
  let first = (Int(bitPattern: start) + pageSize - 1) & -pageSize
  let end = (Int(bitPattern: start) + byteCount) & -pageSize
  guard end - first >= 4 * pageSize else { return }
  madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_HUGEPAGE)
}

/// A fixed array of plain values for the inner loops of an analysis.
final class WorkColumn<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, filledWith value: Element) {
    base = .allocate(capacity: Swift.max(count, 1))
    adviseHugePages(base, byteCount: count * MemoryLayout<Element>.stride)
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }
}

/// A fixed set of small integers.
final class BitColumn {
  let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  init(count: Int) {
    wordCount = (count + 63) / 64
    words = .allocate(capacity: Swift.max(wordCount, 1))
    words.initialize(repeating: 0, count: wordCount)
  }

  deinit { words.deallocate() }

  @inline(__always) subscript(index: Int) -> Bool { words[index >> 6] & (1 << UInt64(index & 63)) != 0 }

  /// Adds an element and tells whether it was new.
  @inline(__always) func insert(_ index: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(index & 63)
    let old = words[index >> 6]
    words[index >> 6] = old | bit
    return old & bit == 0
  }

  var population: Int {
    var total = 0
    for index in 0..<wordCount { total += words[index].nonzeroBitCount }
    return total
  }
}

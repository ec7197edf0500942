import CVMDispatch
import Glibc

extension Heap {
  /// The part of the range that was ever used: it is written as it is.
  var usedPages: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: topBlock * Heap.blockSize) }

  /// What the allocator and the collector know beside the pages.
  func writeImage(_ writer: inout ImageWriter) {
    writer.word(topBlock)
    writer.column(blockClass, topBlock)
    writer.column(isSwept, topBlock)
    writer.column(largeBlockCount, topBlock)
    writer.column(markBits, topBlock * (Heap.blockSize / 1024))
    writer.column(freeBlocks)
    for sizeClass in 0..<Heap.classCount {
      writer.column(blocks[sizeClass])
      writer.word(sweepIndex[sizeClass])
      writer.word(scanPosition[sizeClass])
      writer.word(scanEnd[sizeClass])
      let bump = bumpPointer(sizeClass).pointee
      writer.word(UnsafeMutableRawPointer(bump.current) - base)
      writer.word(UnsafeMutableRawPointer(bump.end) - base)
    }
    for count in [allocatedSinceCollection, liveBytes, collectionCount, threshold] { writer.word(count) }
  }

  /// Takes the state of another heap over.
  func readImage(_ reader: inout ImageReader, _ pages: ImagePages) throws(ImageError) {
    let count = try reader.number(below: reservedBytes / Heap.blockSize)
    guard count > 0 else { throw reader.error("there are no blocks") }
    let classes = try reader.column(of: UInt8.self)
    let swept = try reader.column(of: UInt8.self)
    let largeCounts = try reader.column(of: UInt32.self)
    let marks = try reader.column(of: UInt64.self)
    guard classes.count == count, swept.count == count, largeCounts.count == count,
      marks.count == count * (Heap.blockSize / 1024)
    else { throw reader.error("the columns of the blocks differ in length") }
    if !Heap.fit(classes, largeCounts) { throw reader.error("the blocks of the heap do not fit each other") }
    freeBlocks = try reader.column(of: Int.self)
    let bytes = count * Heap.blockSize
    guard pages.byteCount <= bytes, pages.byteCount % Heap.blockSize == 0 else {
      throw reader.error("there are more pages than the image has")
    }
    for sizeClass in 0..<Heap.classCount {
      blocks[sizeClass] = try reader.column(of: Int32.self)
      sweepIndex[sizeClass] = try reader.number(below: blocks[sizeClass].count + 1)
      scanPosition[sizeClass] = try reader.number(below: bytes + 1)
      scanEnd[sizeClass] = try reader.number(below: bytes + 1)
      let current = try reader.number(below: bytes + 1)
      let end = try reader.number(below: bytes + 1)
      bumpPointer(sizeClass).pointee = CVMBump(
        current: (base + current).assumingMemoryBound(to: UInt8.self),
        end: (base + end).assumingMemoryBound(to: UInt8.self))
    }
    allocatedSinceCollection = try reader.number(below: .max)
    liveBytes = try reader.number(below: .max)
    collectionCount = try reader.number(below: .max)
    threshold = try reader.number(below: .max)
    memset(cards, 0, max(topBlock, count) * (Heap.blockSize / Card.size))
    topBlock = count
    blockClass.update(from: classes, count: count)
    isSwept.update(from: swept, count: count)
    largeBlockCount.update(from: largeCounts, count: count)
    markBits.update(from: marks, count: marks.count)
    if bytes > 0, mmap(base, bytes, PROT_READ | PROT_WRITE, Heap.reservation | MAP_FIXED, -1, 0) != base {
      throw reader.error("the pages cannot be cleared: \(String(cString: strerror(errno)))")
    }
    guard pages.byteCount > 0 else { return }
    switch pages {
    case .file(let file, let range):
      // They are copied when they are written to.
      let flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE
      let mapped = mmap(base, range.count, PROT_READ | PROT_WRITE, flags, file, range.lowerBound)
      guard mapped == base else {
        throw reader.error("the pages cannot be mapped: \(String(cString: strerror(errno)))")
      }
    case .bytes(let source, let range):
      source.withUnsafeBytes { base.copyMemory(from: $0.baseAddress! + range.lowerBound, byteCount: range.count) }
    case .read(let count, let read): try fill(count, read)
    }
  }

  /// Writes all pages at once, which takes half of the time in huge ones, unless the system must search long for these: the
  /// first part goes without them and tells how long the others may take.
  private func fill(
    _ count: Int, _ read: (UnsafeMutableRawBufferPointer, _ offset: Int) throws(ImageError) -> Void
  ) throws(ImageError) {
    var wantsHugePages = true
    var usual: Double?
    var start = 0
    while start < count {
      let end = min(count, start + Heap.hugePage)
      if usual != nil, wantsHugePages {
        // Up to where a page ends: a range that ends in it would split it.
        let rest = -(Int(bitPattern: base) + end) & (Heap.hugePage - 1)
        madvise(base + start, min(count, end + rest) - start, MADV_HUGEPAGE)
      }
      let before = processorTime()
      try read(UnsafeMutableRawBufferPointer(start: base + start, count: end - start), start)
      let time = processorTime() - before
      if let usual { wantsHugePages = wantsHugePages && time < usual * 2 } else { usual = time }
      start = end
    }
  }

  private static let hugePage = 1 << 21

  /// Of this thread, in seconds.
  private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Whether every long cell has its blocks, and block 0 is unused.
  private static func fit(_ classes: [UInt8], _ largeCounts: [UInt32]) -> Bool {
    guard classes[0] == 0 else { return false }
    var block = 1
    while block < classes.count {
      if classes[block] < UInt8(classCount) {
        block += 1
        continue
      }
      let count = Int(largeCounts[block])
      guard classes[block] == largeStart, count > 0, block + count <= classes.count,
        classes[block + 1..<block + count].allSatisfy({ $0 == largeContinuation })
      else { return false }
      block += count
    }
    return true
  }

  /// Forgets what is said of free memory: nothing but blocks without cells is free until a collection says so.
  func forgetFreeCells() {
    resetBumps()
    freeBlocks = []
    for sizeClass in 0..<Heap.classCount { blocks[sizeClass] = [] }
    for block in 1..<topBlock {
      let sizeClass = Int(blockClass[block])
      if sizeClass == 0 {
        freeBlocks.append(block)
      } else if sizeClass < Heap.classCount {
        blocks[sizeClass].append(Int32(block))
      }
      isSwept[block] = 1
    }
    for sizeClass in 0..<Heap.classCount {
      sweepIndex[sizeClass] = blocks[sizeClass].count
      scanPosition[sizeClass] = 0
      scanEnd[sizeClass] = 0
    }
    memset(markBits, 0, topBlock * (Heap.blockSize / 128))
    (liveBytes, allocatedSinceCollection, threshold) = (0, 0, .max)
  }
}

/// Where the pages of a full image are.
public enum ImagePages {
  /// A part of a file, which begins at a page.
  case file(Int32, Range<Int>)
  case bytes([UInt8], Range<Int>)
  /// So many bytes that a function reads, from an offset on, and checks: whole blocks, in order.
  case read(Int, (UnsafeMutableRawBufferPointer, _ offset: Int) throws(ImageError) -> Void)

  var byteCount: Int {
    switch self {
    case .file(_, let range): range.count
    case .bytes(_, let range): range.count
    case .read(let count, _): count
    }
  }
}

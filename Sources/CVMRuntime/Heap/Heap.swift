import CVMDispatch
import Glibc

/// The paged memory that everything a program is lives in.
///
/// One reserved address range in blocks of 64 KB, each for cells of one size class (16-byte steps up to 256, then powers
/// of two up to 32 KB); larger cells take runs of blocks. Cells never move. Mark bits are kept outside the cells, one for
/// 16 bytes, so that a collection does not dirty pages; free runs between marked cells are handed out lazily as bump
/// ranges, which is the sweep.
final class Heap {
  static let blockSize = 65536
  static let classCount = 24
  static let largestSmallCell = 32768
  static let largeStart: UInt8 = 254
  static let largeContinuation: UInt8 = 255

  let base: UnsafeMutableRawPointer
  let reservedBytes: Int
  let vm: VM
  /// The marks of the last collection: one bit for 16 bytes.
  @exclusivity(unchecked) private(set) var markBits: UnsafeMutablePointer<UInt64>
  /// Where a collection makes its marks: until it ends, the program may go on, and the sweep goes by those before.
  @exclusivity(unchecked) private(set) var nextMarkBits: UnsafeMutablePointer<UInt64>
  let cards: UnsafeMutablePointer<UInt8>
  /// What each block holds: 0 free, a size class, or part of a large cell.
  let blockClass: UnsafeMutablePointer<UInt8>
  /// The number of blocks of the large cell that starts here.
  let largeBlockCount: UnsafeMutablePointer<UInt32>
  /// 1 for blocks whose free cells were handed out, at least in part, since the last collection.
  let isSwept: UnsafeMutablePointer<UInt8>
  /// The first block never used so far. Block 0 stays unused, so that handle 0 names no cell.
  @exclusivity(unchecked) var topBlock = 1
  @exclusivity(unchecked) var freeBlocks: [Int] = []
  @exclusivity(unchecked) var blocks: [[Int32]] = Array(repeating: [], count: Heap.classCount)
  @exclusivity(unchecked) var sweepIndex = [Int](repeating: 0, count: Heap.classCount)
  @exclusivity(unchecked) var scanPosition = [Int](repeating: 0, count: Heap.classCount)
  @exclusivity(unchecked) var scanEnd = [Int](repeating: 0, count: Heap.classCount)
  private let bumps: UnsafeMutablePointer<CVMBump>

  /// The marks of the last collection without those made for the history; empty when there were none.
  @exclusivity(unchecked) private var reachedMarks: [UInt64] = []
  /// Bytes handed out since the last collection.
  @exclusivity(unchecked) var allocatedSinceCollection = 0
  /// Bytes handed out in this process before the last collection.
  @exclusivity(unchecked) private(set) var allocatedBeforeCollection = 0
  /// Bytes that survived the last collection, by cell size.
  @exclusivity(unchecked) var liveBytes = 0
  @exclusivity(unchecked) var collectionCount = 0
  @exclusivity(unchecked) var threshold = 8 << 20
  /// The most bytes the program may hold.
  @exclusivity(unchecked) var limit = 4 << 30
  /// Collect at every safepoint after an allocation, and overwrite freed cells.
  @exclusivity(unchecked) var stress = false
  /// Called when enough was allocated that a collection is due; it must only take note.
  @exclusivity(unchecked) var requestCollection: () -> Void = {}
  /// Told of each range of memory that is handed out for new cells.
  @exclusivity(unchecked) var noteFresh: ((Range<Int>) -> Void)?

  init(vm: VM, reservedBytes: Int = 32 << 30) {
    self.vm = vm
    self.reservedBytes = reservedBytes
    base = Heap.reserve(reservedBytes)
    markBits = Heap.reserve(reservedBytes / 128).assumingMemoryBound(to: UInt64.self)
    nextMarkBits = Heap.reserve(reservedBytes / 128).assumingMemoryBound(to: UInt64.self)
    cards = Heap.reserve(reservedBytes / 512).assumingMemoryBound(to: UInt8.self)
    blockClass = Heap.reserve(reservedBytes / Heap.blockSize).assumingMemoryBound(to: UInt8.self)
    largeBlockCount = Heap.reserve(reservedBytes / Heap.blockSize * 4).assumingMemoryBound(to: UInt32.self)
    isSwept = Heap.reserve(reservedBytes / Heap.blockSize).assumingMemoryBound(to: UInt8.self)
    bumps = .allocate(capacity: Heap.classCount)
    let start = base.assumingMemoryBound(to: UInt8.self)
    bumps.initialize(repeating: CVMBump(current: start, end: start), count: Heap.classCount)
    vm.pointee.heap = start
    vm.pointee.cards = cards
    resetBumps()
  }

  deinit {
    munmap(base, reservedBytes)
    munmap(markBits, reservedBytes / 128)
    munmap(nextMarkBits, reservedBytes / 128)
    munmap(cards, reservedBytes / 512)
    munmap(blockClass, reservedBytes / Heap.blockSize)
    munmap(largeBlockCount, reservedBytes / Heap.blockSize * 4)
    munmap(isSwept, reservedBytes / Heap.blockSize)
    bumps.deallocate()
  }

  static let reservation = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE

  /// Address space that costs nothing until it is written.
  static func reserve(_ bytes: Int) -> UnsafeMutableRawPointer {
    guard let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, reservation, -1, 0), memory != MAP_FAILED else {
      fatalError("cannot reserve \(bytes) bytes of address space: \(String(cString: strerror(errno)))")
    }
    return memory
  }

  // MARK: Size classes

  /// The size class of cells of `bytes` bytes; only for small ones.
  @inline(__always) static func sizeClass(_ bytes: Int) -> Int {
    if bytes <= 256 { return (bytes + 15) >> 4 }
    return 17 + (Int.bitWidth - (bytes - 1).leadingZeroBitCount) - 9
  }

  @inline(__always) static func cellSize(ofClass sizeClass: Int) -> Int {
    sizeClass <= 16 ? sizeClass << 4 : 512 << (sizeClass - 17)
  }

  /// The bytes that a cell asked for with `bytes` really has.
  static func roundedSize(_ bytes: Int) -> Int {
    if bytes > largestSmallCell { return (bytes + blockSize - 1) & ~(blockSize - 1) }
    return cellSize(ofClass: sizeClass(bytes))
  }

  /// The bytes that the cell takes.
  func size(of cell: Cell) -> Int {
    let block = (cell - base) / Heap.blockSize
    let kind = blockClass[block]
    return kind == Heap.largeStart ? Int(largeBlockCount[block]) * Heap.blockSize : Heap.cellSize(ofClass: Int(kind))
  }

  /// The offset of the small cell around an offset; nil where there is none.
  func smallCellStart(containing offset: Int) -> Int? {
    let block = offset / Heap.blockSize
    guard block > 0, block < topBlock, (1..<UInt8(Heap.classCount)).contains(blockClass[block]) else { return nil }
    let inside = offset % Heap.blockSize
    let size = Heap.cellSize(ofClass: Int(blockClass[block]))
    return offset - inside % size
  }

  /// Whether a cell could start at this handle: for verification.
  func isCellStart(_ handle: Handle) -> Bool {
    let offset = Int(handle) * 8
    let block = offset / Heap.blockSize
    guard block > 0, block < topBlock, offset % 16 == 0 else { return false }
    switch blockClass[block] {
    case 0, Heap.largeContinuation: return false
    case Heap.largeStart: return offset % Heap.blockSize == 0
    case let sizeClass:
      let size = Heap.cellSize(ofClass: Int(sizeClass))
      let inside = offset % Heap.blockSize
      return inside % size == 0 && inside + size <= Heap.blockSize
    }
  }

  // MARK: Allocation

  /// Memory for a cell, not initialised. Never collects: it only asks for a collection at the next safepoint.
  @inline(__always) func allocate(_ bytes: Int) -> Cell {
    if _fastPath(bytes <= 256) {
      let sizeClass = (bytes + 15) >> 4
      let bump = bumpPointer(sizeClass)
      let current = bump.pointee.current
      let next = current + sizeClass << 4
      if _fastPath(next <= bump.pointee.end) {
        bump.pointee.current = next
        return UnsafeMutableRawPointer(current)
      }
    }
    return allocateSlowly(bytes)
  }

  /// The bump range of a size class: the small ones are in the machine's hot state.
  @inline(__always) func bumpPointer(_ sizeClass: Int) -> UnsafeMutablePointer<CVMBump> {
    let offset = MemoryLayout<CVMMachine>.offset(of: \CVMMachine.bump).unsafelyUnwrapped
    let first = (UnsafeMutableRawPointer(vm) + offset).assumingMemoryBound(to: CVMBump.self)
    return sizeClass < Int(CVMBumpClassCount) ? first + sizeClass : bumps + sizeClass
  }

  @inline(never) func allocateSlowly(_ bytes: Int) -> Cell {
    if bytes > Heap.largestSmallCell { return allocateLarge(bytes) }
    let sizeClass = Heap.sizeClass(bytes)
    let size = Heap.cellSize(ofClass: sizeClass)
    let bump = bumpPointer(sizeClass)
    if bump.pointee.current + size > bump.pointee.end {
      let (start, end) = nextRun(sizeClass)
      bump.pointee.current = (base + start).assumingMemoryBound(to: UInt8.self)
      bump.pointee.end = (base + end).assumingMemoryBound(to: UInt8.self)
      if stress { shortenRun(sizeClass, start, end) }
    }
    let cell = UnsafeMutableRawPointer(bump.pointee.current)
    bump.pointee.current += size
    return cell
  }

  /// Under stress a run is one cell, so that each allocation comes by here; the rest of it is scanned again.
  private func shortenRun(_ sizeClass: Int, _ start: Int, _ end: Int) {
    let size = Heap.cellSize(ofClass: sizeClass)
    bumpPointer(sizeClass).pointee.end = (base + start + size).assumingMemoryBound(to: UInt8.self)
    guard start + size < end else { return }
    allocatedSinceCollection -= end - start - size
    let blockStart = start / Heap.blockSize * Heap.blockSize
    scanPosition[sizeClass] = start + size
    scanEnd[sizeClass] = blockStart + Heap.blockSize / size * size
  }

  /// The next run of free cells of a class, as byte offsets.
  private func nextRun(_ sizeClass: Int) -> (start: Int, end: Int) {
    let size = Heap.cellSize(ofClass: sizeClass)
    while true {
      if scanPosition[sizeClass] != 0, let run = scanBlock(sizeClass, size) { return note(run) }
      guard sweepIndex[sizeClass] < blocks[sizeClass].count else { break }
      let block = Int(blocks[sizeClass][sweepIndex[sizeClass]])
      sweepIndex[sizeClass] += 1
      isSwept[block] = 1
      let start = block * Heap.blockSize
      scanPosition[sizeClass] = start
      scanEnd[sizeClass] = start + Heap.blockSize / size * size
    }
    let block = takeBlock()
    blockClass[block] = UInt8(sizeClass)
    isSwept[block] = 1
    blocks[sizeClass].append(Int32(block))
    sweepIndex[sizeClass] = blocks[sizeClass].count
    let start = block * Heap.blockSize
    return note((start, start + Heap.blockSize / size * size))
  }

  private func scanBlock(_ sizeClass: Int, _ size: Int) -> (start: Int, end: Int)? {
    var position = scanPosition[sizeClass]
    let end = scanEnd[sizeClass]
    while position < end && isMarked(offset: position) { position += size }
    guard position < end else {
      scanPosition[sizeClass] = 0
      return nil
    }
    let start = position
    repeat { position += size } while position < end && !isMarked(offset: position)
    scanPosition[sizeClass] = position < end ? position : 0
    if stress { memset(base + start, 0xdb, position - start) }
    return (start, position)
  }

  private func note(_ run: (start: Int, end: Int)) -> (start: Int, end: Int) {
    noteFresh?(run.start..<run.end)
    allocatedSinceCollection += run.end - run.start
    let firstCard = (run.start + 511) >> 9
    let lastCard = run.end >> 9
    // New cells need no pre-image: cards wholly inside the run count as logged.
    if lastCard > firstCard { memset(cards + firstCard, 0xff, lastCard - firstCard) }
    // The others are shared with older cells, whose content the undo log may still ask for.
    cards[run.start >> 9] |= ~CardBit.undo
    cards[(run.end - 1) >> 9] |= ~CardBit.undo
    if allocatedSinceCollection > threshold || stress { requestCollection() }
    return run
  }

  private func takeBlock() -> Int {
    if let block = freeBlocks.popLast() { return block }
    defer { topBlock += 1 }
    guard topBlock * Heap.blockSize < reservedBytes else { fatalError("the heap's address range is used up") }
    return topBlock
  }

  private func allocateLarge(_ bytes: Int) -> Cell {
    let count = (bytes + Heap.blockSize - 1) / Heap.blockSize
    let block = takeRun(count)
    blockClass[block] = Heap.largeStart
    largeBlockCount[block] = UInt32(count)
    for i in 1..<max(count, 1) { blockClass[block + i] = Heap.largeContinuation }
    _ = note((block * Heap.blockSize, (block + count) * Heap.blockSize))
    return base + block * Heap.blockSize
  }

  /// Makes a large cell longer where it is, when it is the last one of the heap; false when it can't be done.
  func extendLarge(_ cell: Cell, to bytes: Int) -> Bool {
    let block = (cell - base) / Heap.blockSize
    guard blockClass[block] == Heap.largeStart else { return false }
    let count = Int(largeBlockCount[block])
    let wanted = (bytes + Heap.blockSize - 1) / Heap.blockSize
    guard block + count == topBlock, (block + wanted) * Heap.blockSize < reservedBytes else { return false }
    largeBlockCount[block] = UInt32(wanted)
    for i in count..<wanted { blockClass[block + i] = Heap.largeContinuation }
    topBlock = block + wanted
    _ = note(((block + count) * Heap.blockSize, topBlock * Heap.blockSize))
    return true
  }

  private func takeRun(_ count: Int) -> Int {
    if count == 1 { return takeBlock() }
    if freeBlocks.count >= count {
      freeBlocks.sort()
      var start = 0
      for i in 1...freeBlocks.count where i == freeBlocks.count || freeBlocks[i] != freeBlocks[i - 1] + 1 {
        if i - start >= count {
          let block = freeBlocks[start]
          freeBlocks.removeSubrange(start..<start + count)
          return block
        }
        start = i
      }
    }
    defer { topBlock += count }
    guard (topBlock + count) * Heap.blockSize < reservedBytes else {
      fatalError("the heap's address range is used up")
    }
    return topBlock
  }

  /// Whether `bytes` more would stay within the limit, counting what is live or was handed out since.
  func fits(_ bytes: Int) -> Bool { bytesInUse + bytes <= limit }

  /// Bytes live at the last collection plus handed out since: an upper bound of what is in use. With what the program
  /// takes elsewhere: on the stack, and for shapes and interned strings.
  var bytesInUse: Int { liveBytes + allocatedSinceCollection + vm.machine.bytesBesidesHeap }

  /// Asks for a collection, and so for a look at the limit, when that is exceeded by what is not in cells.
  func checkLimit() {
    if bytesInUse > limit { requestCollection() }
  }

  // MARK: Marking and sweeping

  @inline(__always) private func isMarked(offset: Int) -> Bool {
    markBits[offset >> 10] >> UInt64((offset >> 4) & 63) & 1 != 0
  }

  @inline(__always) func isMarked(_ cell: Cell) -> Bool { isMarked(offset: cell - base) }

  /// Remembers which cells the roots reached, before those are marked that only the history needs.
  func noteReached(isComplete: Bool) {
    let count = topBlock * (Heap.blockSize / 1024)
    reachedMarks = isComplete ? [] : Array(UnsafeBufferPointer(start: nextMarkBits, count: count))
  }

  /// Whether the last collection kept the cell for the history alone: to the program it is gone.
  func isKeptForHistory(_ handle: Handle) -> Bool {
    let offset = Int(handle) * 8
    guard offset >> 10 < reachedMarks.count, isMarked(offset: offset) else { return false }
    return reachedMarks[offset >> 10] >> UInt64((offset >> 4) & 63) & 1 == 0
  }

  func clearNextMarks() { memset(nextMarkBits, 0, topBlock * (Heap.blockSize / 128)) }

  /// Makes the marks that were made those that the sweep goes by.
  func takeNextMarks() { swap(&markBits, &nextMarkBits) }

  /// Ends a collection after marking: frees large cells and empty blocks at once, the rest lazily.
  func startSweep() {
    resetBumps()
    memset(isSwept, 0, topBlock)
    for sizeClass in 0..<Heap.classCount {
      sweepIndex[sizeClass] = 0
      scanPosition[sizeClass] = 0
      releaseEmptyBlocks(sizeClass)
    }
    freeLargeCells()
    liveBytes = countLiveBytes()
    allocatedBeforeCollection += allocatedSinceCollection
    allocatedSinceCollection = 0
    // A quarter is left for what the program takes while a large heap is marked.
    threshold = min(max(8 << 20, liveBytes / 4 * 3), max(1 << 20, limit + limit / 16 - bytesInUse))
    collectionCount += 1
  }

  func resetBumps() {
    for sizeClass in 0..<Heap.classCount {
      let bump = bumpPointer(sizeClass)
      bump.pointee.current = base.assumingMemoryBound(to: UInt8.self)
      bump.pointee.end = bump.pointee.current
    }
  }

  private func releaseEmptyBlocks(_ sizeClass: Int) {
    let all = blocks[sizeClass]
    guard !all.isEmpty else { return }
    blocks[sizeClass].removeAll(keepingCapacity: true)
    for number in all {
      let block = Int(number)
      let words = markBits + block * (Heap.blockSize / 1024)
      var any: UInt64 = 0
      for i in 0..<(Heap.blockSize / 1024) { any |= words[i] }
      if any != 0 { blocks[sizeClass].append(number) } else { release(block, 1) }
    }
  }

  private func release(_ block: Int, _ count: Int) {
    if count > 4 { madvise(base + block * Heap.blockSize, count * Heap.blockSize, MADV_DONTNEED) }
    if stress { memset(base + block * Heap.blockSize, 0xdb, count * Heap.blockSize) }
    for i in 0..<count {
      blockClass[block + i] = 0
      freeBlocks.append(block + i)
    }
  }

  private func freeLargeCells() {
    var block = 1
    while block < topBlock {
      guard blockClass[block] == Heap.largeStart else {
        block += 1
        continue
      }
      let count = Int(largeBlockCount[block])
      if !isMarked(offset: block * Heap.blockSize) { release(block, count) }
      block += count
    }
  }

  private func countLiveBytes() -> Int {
    var bytes = 0
    for sizeClass in 1..<Heap.classCount {
      var cells = 0
      for block in blocks[sizeClass] {
        let words = markBits + Int(block) * (Heap.blockSize / 1024)
        for i in 0..<(Heap.blockSize / 1024) { cells += words[i].nonzeroBitCount }
      }
      bytes += cells * Heap.cellSize(ofClass: sizeClass)
    }
    for block in 1..<max(topBlock, 2) where blockClass[block] == Heap.largeStart {
      bytes += Int(largeBlockCount[block]) * Heap.blockSize
    }
    return bytes
  }

  // MARK: Walking

  /// Calls `body` for every cell that was given out and not found dead by the last collection. Between instructions only.
  func forEachAllocatedCell(_ body: (Cell) -> Void) {
    for sizeClass in 1..<Heap.classCount {
      let size = Heap.cellSize(ofClass: sizeClass)
      let bump = bumpPointer(sizeClass).pointee
      let free = UnsafeMutableRawPointer(bump.current)..<UnsafeMutableRawPointer(max(bump.current, bump.end))
      for (index, block) in blocks[sizeClass].enumerated() {
        let start = Int(block) * Heap.blockSize
        let isSwept = index < sweepIndex[sizeClass]
        let isScanned = index == sweepIndex[sizeClass] - 1 && scanPosition[sizeClass] != 0
        let sweptEnd = !isSwept ? start : isScanned ? scanPosition[sizeClass] : start + Heap.blockSize
        for position in stride(from: start, through: start + Heap.blockSize - size, by: size) {
          let cell = base + position
          if isMarked(offset: position) || (position < sweptEnd && !free.contains(cell)) { body(cell) }
        }
      }
    }
    for block in 1..<max(topBlock, 2) where blockClass[block] == Heap.largeStart { body(base + block * Heap.blockSize) }
  }

  /// Whether a cell starts here that was given out and not found dead by the last collection. Between instructions only.
  func isAllocatedCell(_ handle: Handle) -> Bool {
    guard isCellStart(handle) else { return false }
    let offset = Int(handle) * 8
    let block = offset / Heap.blockSize
    let sizeClass = Int(blockClass[block])
    if sizeClass >= Heap.classCount || isMarked(offset: offset) { return true }
    guard isSwept[block] != 0 else { return false }
    let scan = scanPosition[sizeClass]
    if scan != 0, scan / Heap.blockSize == block, offset >= scan { return false }
    let bump = bumpPointer(sizeClass).pointee
    let address = (base + offset).assumingMemoryBound(to: UInt8.self)
    return address < bump.current || address >= bump.end
  }

  /// The words of a card that belong to allocated cells, as bits. Between instructions only.
  func allocatedWords(ofCard card: Int) -> UInt64 {
    let start = card << Card.shift
    let block = start / Heap.blockSize
    guard block < topBlock, blockClass[block] != 0 else { return 0 }
    let sizeClass = Int(blockClass[block])
    guard sizeClass < Heap.classCount else { return ~0 }
    // Most cards that are asked about lie in what new cells will be taken from.
    let bump = bumpPointer(sizeClass).pointee
    if start >= UnsafeMutableRawPointer(bump.current) - base,
      start + Card.size <= UnsafeMutableRawPointer(bump.end) - base
    {
      return 0
    }
    let size = Heap.cellSize(ofClass: sizeClass)
    let inside = start % Heap.blockSize
    var position = start - inside % size
    var mask: UInt64 = 0
    while position < start + Card.size {
      if isAllocatedCell(Handle(position / 8)) {
        let first = max(position - start, 0) / 8
        let count = min(position + size - start, Card.size) / 8 - first
        mask |= (count == 64 ? ~0 : (1 << UInt64(count)) - 1) << UInt64(first)
      }
      position += size
    }
    return mask
  }

  /// Calls `body` with the rest of each run that new cells are taken from.
  func forEachFreeRun(_ body: (Range<Int>) -> Void) {
    for sizeClass in 1..<Heap.classCount {
      let bump = bumpPointer(sizeClass).pointee
      let start = UnsafeMutableRawPointer(bump.current) - base
      let end = UnsafeMutableRawPointer(bump.end) - base
      if start < end { body(start..<end) }
    }
  }

  /// The end of the part of the range that was ever used, as a handle.
  var topHandle: Handle { Handle(topBlock * Heap.blockSize / 8) }
}

import Glibc
import Synchronization

/// Files that become shorter while they are mapped: touching a page that is gone would end the process.
///
/// Such a page becomes zeros instead, and the reader is told that its file is not what it was.
enum MappedFileFaults {
  private struct Range {
    var start: UInt
    var end: UInt
    var isShort: Bool
  }

  private static let limit = 64
  private static let registration = Mutex(false)
  /// Read by the handler of the signal, which may not wait for anything.
  nonisolated(unsafe) private static let ranges: UnsafeMutablePointer<Range> = {
    let ranges = UnsafeMutablePointer<Range>.allocate(capacity: limit)
    ranges.initialize(repeating: Range(start: 0, end: 0, isShort: false), count: limit)
    return ranges
  }()
  nonisolated(unsafe) private static var earlier = sigaction()

  /// Watches a mapping; nil when there are too many.
  static func watch(_ memory: UnsafeRawPointer, _ count: Int) -> Int? {
    registration.withLock { isInstalled in
      guard let slot = (0..<limit).first(where: { ranges[$0].end == 0 }) else { return nil }
      if !isInstalled {
        install()
        isInstalled = true
      }
      let start = UInt(bitPattern: memory)
      let pages = (UInt(count) + pageSize - 1) / pageSize
      ranges[slot] = Range(start: start, end: start + pages * pageSize, isShort: false)
      return slot
    }
  }

  /// Ends what `watch` began.
  static func forget(_ slot: Int) { registration.withLock { _ in ranges[slot].end = 0 } }

  /// Whether a page of a mapping was gone.
  static func isShort(_ slot: Int) -> Bool { ranges[slot].isShort }

  private static let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))

  private static func install() {
    _ = pageSize
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | SA_ONSTACK
    action.__sigaction_handler.sa_sigaction = { signal, info, _ in
      guard let info, let address = info.pointee._sifields._sigfault.si_addr else { return }
      MappedFileFaults.replacePage(UInt(bitPattern: address), signal)
    }
    sigaction(SIGBUS, &action, &earlier)
  }

  private static func replacePage(_ address: UInt, _ signal: Int32) {
    for slot in 0..<limit where address >= ranges[slot].start && address < ranges[slot].end {
      ranges[slot].isShort = true
      let page = UnsafeMutableRawPointer(bitPattern: address / pageSize * pageSize)
      if mmap(page, Int(pageSize), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED { return }
    }
    // Somebody else's: whoever was there before gets it again.
    sigaction(signal, &earlier, nil)
  }
}

/// The registers of a frame, given out as a stack: variables at statement starts, temporaries above them.
struct Registers {
  static let limit = 256

  /// The first free register.
  private(set) var next = 0
  /// More registers were asked for than there are.
  private(set) var hasOverflowed = false
  private var variables = [Bool](repeating: false, count: limit)

  /// Takes consecutive registers; the first one.
  mutating func allocate(_ count: Int = 1) -> Int {
    if next + count > Self.limit {
      hasOverflowed = true
      return max(0, min(next, Self.limit - count))
    }
    defer { next += count }
    return next
  }

  /// Frees every register from `mark` on.
  mutating func release(to mark: Int) {
    guard mark < next else { return }
    for register in mark..<next { variables[register] = false }
    next = mark
  }

  /// Protects a register: intermediate results must not be put in it.
  mutating func markAsVariable(_ register: Int) { variables[register] = true }

  func isVariable(_ register: Int) -> Bool { variables[register] }

  /// Whether a register is the last one taken and free to be overwritten, so that a call window can start there.
  func isTopTemporary(_ register: Int) -> Bool { register == next - 1 && !variables[register] }
}

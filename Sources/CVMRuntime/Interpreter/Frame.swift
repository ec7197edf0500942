import CVMDispatch

/// What happens with the result when a frame returns.
enum ReturnKind: UInt8 {
  /// It replaces the callee in the caller's call window.
  case call = 0
  /// It goes to the register named in the frame's meta word.
  case store = 1
  /// The jump whose distance is the word before the return address is taken when it is truthy.
  case jumpIfTrue = 2
  case jumpIfFalse = 3
  case discard = 4
  /// As `call`, but `this` of the frame when it is not an object.
  case construct = 5
  /// The done marker takes the jump; everything else is stored.
  case iteratorStep = 6
  /// An iterator record is unpacked into three registers.
  case iteratorOpen = 7
  /// The machine stops: the frame was entered by the host.
  case host = 8
  /// Its negation is stored.
  case storeNot = 9
  /// It is converted to a boolean and stored.
  case storeBoolean = 10
  /// It is the `prototype` of a class's parent, which goes on to make the class.
  case classPrototype = 11
  /// The result object of the iterator that a `yield*` delegates to, or a record of its value and whether it returned.
  case delegateStep = 12
}

/// The header of a frame: `frame[-4 ..< 0]`.
///
/// - callee: the running function; the result goes here.
/// - this
/// - link: bits 0-31 return address as a byte offset into the code region, 32-47 distance to the caller's frame in
///   registers, 48-55 return kind. It reads as a small double, so the collector passes over it.
/// - meta: bits 32-47 argument count; bits 0-7 the register for the result. In construct frames bits 0-31 and the tag are
///   `new.target`. In frames of generators that have started bits 0-31 and the tag are the generator object, bits 32-39
///   the register for the result. Only written by calls that need it.
enum FrameHeader {
  static let size = 4
  static let callee = -4
  static let this = -3
  static let link = -2
  static let meta = -1
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  @inline(__always) func makeLink(_ returnPC: ProgramCounter, _ delta: Int, _ kind: ReturnKind) -> Value {
    Value(bits: returnOffset(returnPC) | UInt64(delta) << 32 | UInt64(kind.rawValue) << 48)
  }

  @inline(__always) func returnOffset(_ pc: ProgramCounter) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: UInt(bitPattern: pc) &- UInt(bitPattern: pointee.code)))
  }

  @inline(__always) func returnPC(_ link: Value) -> ProgramCounter {
    (UnsafeMutableRawPointer(pointee.code) + Int(UInt32(truncatingIfNeeded: link.bits)))
      .assumingMemoryBound(to: UInt32.self)
  }

  @inline(__always) func callerFrame(_ frame: Registers, _ link: Value) -> Registers {
    frame - Int(link.bits >> 32 & 0xffff)
  }

  /// The code that a frame runs.
  @inline(__always) func code(of frame: Registers) -> UnsafeMutablePointer<CVMCode> {
    pointee.codes + Int(cell(frame[FrameHeader.callee]).u32(Layout.Function.code))
  }

  func argumentCount(of frame: Registers) -> Int { Int(frame[FrameHeader.meta].bits >> 32 & 0xffff) }
}

extension CVMValue {
  @inline(__always) var returnKind: UInt64 { bits >> 48 }
}

/// The frames of a stopped machine, innermost first.
struct FrameWalker: Sequence, IteratorProtocol {
  struct Entry {
    var frame: Registers
    /// The word after the first word of the instruction that runs, or after the call.
    var pc: ProgramCounter
  }
  private let vm: VM
  private var upcoming: Entry?

  init(_ vm: VM, frame: Registers, pc: ProgramCounter) {
    self.vm = vm
    upcoming = frame == vm.pointee.stack ? nil : Entry(frame: frame, pc: pc)
  }

  mutating func next() -> Entry? {
    guard let entry = upcoming else { return nil }
    let link = entry.frame[FrameHeader.link]
    let caller = vm.callerFrame(entry.frame, link)
    if link.returnKind == UInt64(ReturnKind.host.rawValue) && caller == vm.pointee.stack {
      upcoming = nil
    } else {
      upcoming = Entry(frame: caller, pc: vm.returnPC(link))
    }
    return entry
  }
}

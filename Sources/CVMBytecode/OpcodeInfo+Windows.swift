extension OpcodeInfo {
  /// The descriptions of all opcodes, by raw value.
  public static let table: [OpcodeInfo] = Opcode.allCases.map(\.info)
}

extension Opcode {
  /// The description from the table; cheaper than making a new `info`.
  public var cachedInfo: OpcodeInfo { OpcodeInfo.table[Int(rawValue)] }

  /// How many registers from operand A on belong to the window of an instruction whose operand B is `count`; 0 when A
  /// is no window.
  public func windowSize(count: Int) -> Int {
    switch self {
    case .call, .callMethod, .construct, .superCall, .arrayPush: callHeaderSize + count
    case .callSpread, .constructSpread, .superCallSpread: callHeaderSize + 1
    case .methodGet: callHeaderSize
    case .classCreate, .iteratorStep: 2
    case .sortStep: callHeaderSize + 2
    case .iteratorOpen, .iteratorNext, .iteratorClose, .iteratorFix, .iteratorNextFixed, .forInOpen, .forInNext: 3
    case .delegateOpen, .delegateStep, .yieldDelegate: 4
    default: 0
    }
  }

  /// Whether the instruction gets the next value of an iterator into B and jumps when there is none.
  public var stepsIterator: Bool { self == .iteratorNext || self == .iteratorNextFixed || self == .iteratorStep }

  /// Whether the instruction is a jump that only goes backwards, and a safepoint.
  public var isLoopJump: Bool {
    switch self {
    case .loop, .loopTrue, .loopFalse, .loopLessThan, .loopLessThanInt, .loopLessEqual, .loopLessEqualInt,
      .loopGreaterThan, .loopGreaterThanInt, .loopGreaterEqual, .loopGreaterEqualInt:
      true
    default: false
    }
  }

  /// The opcode with this mnemonic.
  public init?(mnemonic: String) {
    guard let opcode = Self.byMnemonic[mnemonic] else { return nil }
    self = opcode
  }

  private static let byMnemonic = Dictionary(
    uniqueKeysWithValues: Opcode.allCases.map { ($0.cachedInfo.mnemonic, $0) })

  /// A number that changes when opcodes are added, reordered or get other operands: code is only read back by a
  /// machine with the same one.
  public static let fingerprint: UInt64 = {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for info in OpcodeInfo.table {
      info.mnemonic.utf8.forEach(mix)
      [info.layout.rawValue, info.a.rawValue, info.b.rawValue, info.c.rawValue].forEach(mix)
      info.trailing.forEach { mix($0.rawValue) }
    }
    return hash
  }()
}

/// The interned strings of a tree: Latin-1 where all code units fit, else UTF-16; lone surrogates survive.
public struct NameTable: Sendable {
  struct Entry: Sendable {
    var offset: UInt32
    var length: UInt32
    var hash: UInt32
    var isLatin1: Bool
  }

  var entries: [Entry]
  var latin1: [UInt8] = []
  var utf16: [UInt16] = []
  private var slots: [UInt32]
  private var mask: Int

  private static let wellKnown = NameTable(wellKnownNames: WellKnownName.allCases)

  init() {
    self = Self.wellKnown
  }

  private init(wellKnownNames: [WellKnownName]) {
    entries = [Entry(offset: 0, length: 0, hash: 0, isLatin1: true)]
    slots = [UInt32](repeating: 0, count: 1024)
    mask = 1023
    for name in wellKnownNames {
      let id = intern(name.text)
      assert(id.index == UInt32(name.rawValue), "well-known names come first")
    }
  }

  /// The number of ids in use, `NameID.none` among them; every `index` is below it.
  public var count: Int { entries.count }

  /// The code units of a name, as they are stored.
  public func units(_ id: NameID) -> NameUnits {
    let entry = entries[Int(id.index)]
    let range = Int(entry.offset)..<Int(entry.offset) + Int(entry.length)
    return entry.isLatin1 ? .latin1(latin1[range]) : .utf16(utf16[range])
  }

  /// The name as text; lone surrogates become U+FFFD.
  public func text(_ id: NameID) -> String {
    switch units(id) {
    case .latin1(let units):
      if units.allSatisfy({ $0 < 0x80 }) {
        String(decoding: units, as: UTF8.self)
      } else {
        String(decoding: units.map(UInt16.init), as: UTF16.self)
      }
    case .utf16(let units): String(decoding: units, as: UTF16.self)
    }
  }

  /// The id of a name that the tree has, or nil.
  public func find(_ text: String) -> NameID? {
    let units = Array(text.utf16)
    return (1..<UInt32(count)).lazy.map(NameID.init(index:)).first { self.units($0).elementsEqual(units) }
  }
}

/// The code units of an interned string.
public enum NameUnits: Sendable {
  case latin1(ArraySlice<UInt8>)
  case utf16(ArraySlice<UInt16>)

  public var count: Int {
    switch self {
    case .latin1(let units): units.count
    case .utf16(let units): units.count
    }
  }

  /// Whether these are the same UTF-16 code units.
  public func elementsEqual(_ other: [UInt16]) -> Bool {
    switch self {
    case .latin1(let units): units.elementsEqual(other) { UInt16($0) == $1 }
    case .utf16(let units): units.elementsEqual(other)
    }
  }
}

// MARK: - Interning

extension NameTable {
  static let hashSeed: UInt32 = 2_166_136_261

  @inline(__always)
  static func hash(_ hash: UInt32, _ unit: UInt32) -> UInt32 {
    (hash ^ unit) &* 16_777_619
  }

  mutating func intern(_ text: String) -> NameID {
    intern(units: Array(text.utf16))
  }

  /// Interns code units, as Latin-1 when they all fit.
  mutating func intern(units: [UInt16]) -> NameID {
    var hash = Self.hashSeed
    var all: UInt16 = 0
    for unit in units {
      hash = Self.hash(hash, UInt32(unit))
      all |= unit
    }
    if all <= 0xFF {
      return intern(latin1: units.map { UInt8(truncatingIfNeeded: $0) }, 0..<units.count, hash: hash)
    }
    var slot = Int(hash ^ hash >> 15) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, !entry.isLatin1, Int(entry.length) == units.count,
        equal(units, at: Int(entry.offset))
      {
        return NameID(index: slots[slot])
      }
      slot = (slot + 1) & mask
    }
    let offset = utf16.count
    utf16.append(contentsOf: units)
    return insert(
      Entry(offset: UInt32(offset), length: UInt32(units.count), hash: hash, isLatin1: false), slot: slot)
  }

  /// Interns the Latin-1 units `bytes[range]`, whose hash the caller has computed on the way.
  mutating func intern(latin1 bytes: [UInt8], _ range: Range<Int>, hash: UInt32) -> NameID {
    var slot = Int(hash ^ hash >> 15) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.isLatin1, Int(entry.length) == range.count,
        equal(bytes, range.lowerBound, at: Int(entry.offset), count: range.count)
      {
        return NameID(index: slots[slot])
      }
      slot = (slot + 1) & mask
    }
    let offset = latin1.count
    latin1.append(contentsOf: bytes[range])
    return insert(
      Entry(offset: UInt32(offset), length: UInt32(range.count), hash: hash, isLatin1: true), slot: slot)
  }

  @inline(__always)
  private func equal(_ bytes: [UInt8], _ start: Int, at offset: Int, count: Int) -> Bool {
    var index = 0
    while index < count {
      if bytes[start + index] != latin1[offset + index] { return false }
      index += 1
    }
    return true
  }

  private func equal(_ units: [UInt16], at offset: Int) -> Bool {
    for index in units.indices where units[index] != utf16[offset + index] { return false }
    return true
  }

  private mutating func insert(_ entry: Entry, slot: Int) -> NameID {
    let id = UInt32(entries.count)
    entries.append(entry)
    slots[slot] = id
    if entries.count * 2 > slots.count { grow() }
    return NameID(index: id)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    mask = slots.count - 1
    for index in 1..<entries.count {
      var slot = Int(entries[index].hash ^ entries[index].hash >> 15) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index)
    }
  }
}

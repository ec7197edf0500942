/// The number of a string in a heap graph; 0 is the empty string.
public typealias StringIndex = UInt32

/// Strings stored once, as UTF-8 in which lone surrogates keep their three-byte form.
struct StringTableBuilder: ~Copyable {
  var bytes = GrowingColumn<UInt8>()
  var ends = GrowingColumn<UInt64>()
  private var slots = GrowingColumn<UInt32>()
  private var mask = 0
  private var scratch = GrowingColumn<UInt8>()

  init() {
    rehash(slotCount: 256)
    _ = intern("")
  }

  mutating func intern(_ text: String) -> StringIndex {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  mutating func intern(utf16 units: UnsafeBufferPointer<UInt16>) -> StringIndex {
    scratch.truncate(to: 0)
    var index = 0
    while index < units.count {
      var scalar = UInt32(units[index])
      index += 1
      if scalar & 0xFC00 == 0xD800, index < units.count, units[index] & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + UInt32(units[index] & 0x3FF)
        index += 1
      }
      appendToScratch(scalar)
    }
    return internScratch()
  }

  mutating func intern(latin1 units: UnsafeBufferPointer<UInt8>) -> StringIndex {
    if units.allSatisfy({ $0 < 0x80 }) { return intern(units) }
    scratch.truncate(to: 0)
    for unit in units { appendToScratch(UInt32(unit)) }
    return internScratch()
  }

  private mutating func appendToScratch(_ scalar: UInt32) {
    switch scalar {
    case 0..<0x80: scratch.append(UInt8(scalar))
    case 0x80..<0x800:
      scratch.append(UInt8(0xC0 | scalar >> 6))
      scratch.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      scratch.append(UInt8(0xE0 | scalar >> 12))
      scratch.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      scratch.append(UInt8(0x80 | scalar & 0x3F))
    default:
      scratch.append(UInt8(0xF0 | scalar >> 18))
      scratch.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      scratch.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      scratch.append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  private mutating func internScratch() -> StringIndex {
    let copy = UnsafeBufferPointer(scratch.buffer)
    return intern(copy)
  }

  private mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> StringIndex {
    if ends.count * 4 >= slots.count * 3 { rehash(slotCount: slots.count * 2) }
    var slot = Self.hash(text) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if equals(index, text) { return StringIndex(index) }
      slot = (slot + 1) & mask
    }
    slots[slot] = UInt32(ends.count + 1)
    bytes.append(copying: text)
    ends.append(UInt64(bytes.count))
    return StringIndex(ends.count - 1)
  }

  func text(_ index: Int) -> String { String(decoding: bytes.buffer[range(index)], as: UTF8.self) }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }

  private func equals(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(index)
    return range.count == text.count && bytes.buffer[range].elementsEqual(text)
  }

  private mutating func rehash(slotCount: Int) {
    var larger = GrowingColumn<UInt32>()
    larger.reserve(slotCount)
    for _ in 0..<slotCount { larger.append(0) }
    mask = slotCount - 1
    for index in 0..<ends.count {
      var slot = Self.hash(UnsafeBufferPointer(rebasing: bytes.buffer[range(index)])) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = UInt32(index + 1)
    }
    slots = larger
  }

  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

/// Turns stored bytes into UTF-16, lone surrogates included.
func decodeUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt16] {
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    let lead = UInt32(bytes[index])
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = length == 1 ? lead : lead & (0xFF >> UInt32(length + 1))
    for offset in 1..<max(length, 1) where index + offset < bytes.count {
      scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F)
    }
    index += length
    if scalar < 0x10000 {
      units.append(UInt16(scalar))
    } else {
      let offset = scalar - 0x10000
      units.append(UInt16(0xD800 + (offset >> 10) & 0x3FF))
      units.append(UInt16(0xDC00 + offset & 0x3FF))
    }
  }
  return units
}

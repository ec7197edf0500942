import Glibc

// Finding places where a match can begin.

/// Whether a set that is encoded in a program has a member.
@inline(__always)
func encodedSet(_ set: UnsafePointer<UInt32>, contains value: UInt32) -> Bool {
  if value < 256 { return set[Int(value >> 5)] & (1 << (value & 31)) != 0 }
  return encodedSet(set, containsHigh: value)
}

@inline(never)
private func encodedSet(_ set: UnsafePointer<UInt32>, containsHigh value: UInt32) -> Bool {
  let ranges = set + 9
  var low = 0
  var high = Int(set[8])
  while low < high {
    let middle = (low + high) >> 1
    if ranges[middle * 2 + 1] < value { low = middle + 1 } else { high = middle }
  }
  return low < Int(set[8]) && ranges[low * 2] <= value
}

extension RegExpMatcher {
  /// The next place at or after `from` where a match can begin; negative when there is none.
  func findCandidate<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ count: Int, from: Int
  ) -> Int {
    switch program.search {
    case .anywhere: return from
    case .start: return from == 0 ? 0 : -1
    case .literal: return findLiteral(program, text, count, from: from)
    case .firstUnit(let offset):
      let set = program.words + Int(offset)
      let readsCodePoints = program.flags.readsCodePoints
      var position = from
      while position < count {
        let unit = text[position]
        if encodedSet(set, contains: UInt32(truncatingIfNeeded: unit)) {
          let isInsidePair =
            Unit.bitWidth == 16 && readsCodePoints && position > from
            && UInt16.isTrail(UInt16(truncatingIfNeeded: unit))
            && UInt16.isLead(UInt16(truncatingIfNeeded: text[position - 1]))
          if !isInsidePair { return position }
        }
        position += 1
      }
      return -1
    }
  }

  private func findLiteral<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ count: Int, from: Int
  ) -> Int {
    let length = program.literalCount
    guard count - from >= length else { return -1 }
    if Unit.bitWidth == 8 {
      return program.literalIsNarrow ? findNarrow(program, UnsafeRawPointer(text), count, from: from) : -1
    }
    let first = Unit(truncatingIfNeeded: program.literal[0])
    let last = count - length
    var position = from
    search: while position <= last {
      if text[position] != first {
        position += 1
        continue
      }
      for index in 1..<max(length, 1) where text[position + index] != Unit(truncatingIfNeeded: program.literal[index]) {
        position += 1
        continue search
      }
      return position
    }
    return -1
  }

  /// Looks for the byte of the literal that texts have least, and compares the others where it stands.
  private func findNarrow(_ program: RegExpProgram, _ text: UnsafeRawPointer, _ count: Int, from: Int) -> Int {
    let length = program.literalCount
    let rare = program.rareIndex
    let byte = Int32(program.narrowLiteral[rare])
    var start = text + from + rare
    var remaining = count - from - length + 1
    while remaining > 0, let found = memchr(start, byte, remaining) {
      let candidate = UnsafeRawPointer(found) - rare
      if memcmp(candidate, program.narrowLiteral, length) == 0 { return candidate - text }
      remaining -= UnsafeRawPointer(found) - start + 1
      start = UnsafeRawPointer(found) + 1
    }
    return -1
  }
}

extension RegExpProgram {
  /// The place of the unit that is least frequent in usual texts.
  static func rareIndex(_ units: [UInt16]) -> Int {
    let byFrequency = Array("zqxjkvbpygfwmucldrhsnioate".utf16)
    func frequency(_ unit: UInt16) -> Int {
      switch unit {
      case 0x20: 100
      case 0x61...0x7A: 40 + 2 * (byFrequency.firstIndex(of: unit) ?? 0)
      case 0x30...0x39: 30
      case 0x41...0x5A: 20
      case 0x21...0x7E: 25
      default: 10
      }
    }
    return units.indices.min { frequency(units[$0]) < frequency(units[$1]) } ?? 0
  }
}

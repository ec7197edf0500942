extension RegExpProgram {
  /// The instructions as text, one on a line, for tests and for people.
  public var disassembly: String {
    var text = ""
    var place = 0
    while place < codeCount {
      let (line, next) = describe(at: place)
      text += line + "\n"
      place = next
    }
    return text
  }

  private func describe(at place: Int) -> (String, Int) {
    let word = words[place]
    let small = Int(word >> 8)
    guard let opcode = RegExpOpcode(rawValue: UInt8(truncatingIfNeeded: word)) else { return ("?", place + 1) }
    var next = place + 1 + opcode.operandCount
    let operands = (place + 1..<next).map { words[$0] }
    var parts = ["\(place)", "\(opcode)"]
    switch opcode {
    case .character: parts.append(Self.name(UInt32(small)))
    case .literal:
      next += small
      parts.append((place + 1..<next).map { Self.name(words[$0]) }.joined())
    case .set, .setCodePoint, .assertWordBoundary, .assertNotWordBoundary: parts.append(name(ofSet: operands[0]))
    case .branchUnless, .branchUnlessCodePoint, .splitIf, .splitIfCodePoint:
      parts += [name(ofSet: operands[0]), "-> \(small)"]
    case .jump, .splitGreedy, .splitLazy: parts.append("-> \(small)")
    case .save, .clearCounter, .lookPositive, .lookSucceed, .lookFail: parts.append("\(small)")
    case .lookNegative: parts += ["\(operands[0])", "-> \(small)"]
    case .loop: parts += operands.map(Self.number) + ["-> \(small)"]
    case .loopSet, .loopSetCodePoint: parts += [Self.mode(small), name(ofSet: operands[0])] + Self.bounds(operands)
    case .loopCharacter, .loopNotCharacter: parts += [Self.mode(small), Self.name(operands[0])] + Self.bounds(operands)
    case .backreference:
      next += Int(operands[1])
      parts += ["\(operands[0])"] + (place + 3..<next).map { "\(words[$0])" }
    default: parts += operands.map(Self.number)
    }
    return (parts.joined(separator: " "), next)
  }

  private static func mode(_ small: Int) -> String {
    LoopMode(rawValue: UInt32(small)).map { "\($0)" } ?? "?"
  }

  private static func bounds(_ operands: [UInt32]) -> [String] {
    [number(operands[1]), number(operands[2])] + (operands[3] == RegExpOpcode.noOperand ? [] : [name(operands[3])])
  }

  private static func number(_ value: UInt32) -> String {
    value == UInt32.max ? "*" : "\(value)"
  }

  private static func name(_ value: UInt32) -> String {
    if value > 0x20 && value < 0x7F { return String(Unicode.Scalar(UInt8(value))) }
    return "<" + String(value, radix: 16) + ">"
  }

  private func name(ofSet offset: UInt32) -> String {
    let set = words + Int(offset)
    var ranges: [(UInt32, UInt32)] = []
    for value in UInt32(0)..<256 where encodedSet(set, contains: value) {
      if let last = ranges.last, last.1 + 1 == value {
        ranges[ranges.count - 1].1 = value
      } else {
        ranges.append((value, value))
      }
    }
    for index in 0..<Int(set[8]) {
      let range = (set[9 + index * 2], set[10 + index * 2])
      if let last = ranges.last, last.1 + 1 == range.0 {
        ranges[ranges.count - 1].1 = range.1
      } else {
        ranges.append(range)
      }
    }
    var parts = ranges.prefix(8).map { $0.0 == $0.1 ? Self.name($0.0) : Self.name($0.0) + "-" + Self.name($0.1) }
    if ranges.count > 8 { parts.append("...") }
    return "[" + parts.joined() + "]"
  }
}

import CVMRegExp

extension Parser {
  /// Reports what is wrong with the pattern of a literal whose text begins at `start`, at its place in the source.
  mutating func checkPattern(_ pattern: NameID, _ flags: NameID, at start: Int) {
    let units = lexer.names.units(pattern).utf16
    guard let flags = RegExpFlags(letters: lexer.names.units(flags).utf16) else { return }
    do throws(RegExpSyntaxError) { try RegExpProgram.check(pattern: units, flags: flags) } catch {
      let place = start + Self.byteCount(of: units[..<error.offset])
      report(.invalidPattern(error.message, at: SourceRange(start: UInt32(place), end: UInt32(place + 1))))
    }
  }

  /// The length in UTF-8.
  private static func byteCount(of units: ArraySlice<UInt16>) -> Int {
    String(decoding: units, as: UTF16.self).utf8.count
  }
}

extension SyntaxTree {
  /// The flags of a regular expression literal as a bit set.
  public func regExpFlags(_ node: NodeID) -> UInt8 {
    RegExpFlags(letters: names.units(regExp(node).flags).utf16)?.rawValue ?? 0
  }
}

extension NameUnits {
  fileprivate var utf16: [UInt16] {
    switch self {
    case .latin1(let units): units.map { UInt16($0) }
    case .utf16(let units): Array(units)
    }
  }
}

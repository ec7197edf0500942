/// The stable number of an object: `#12` for what the program made, `#i7` for what the machine made on its own.
@frozen public struct NodeID: Hashable, Sendable, CustomStringConvertible {
  /// The number, 1 or more.
  public var number: UInt64
  /// Whether the number belongs to the second counter.
  public var isInternal: Bool

  @inlinable public init(_ number: UInt64, isInternal: Bool = false) {
    self.number = number
    self.isInternal = isInternal
  }

  /// Reads `12`, `#12`, `@12`, `i7` or `#i7`.
  public init?(parsing text: some StringProtocol) {
    var rest = text[...]
    if let first = rest.first, first == "#" || first == "@" { rest = rest.dropFirst() }
    var isInternal = false
    if rest.first == "i" {
      isInternal = true
      rest = rest.dropFirst()
    }
    guard rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(rest), number > 0 else {
      return nil
    }
    self.init(number, isInternal: isInternal)
  }

  public var description: String { isInternal ? "#i\(number)" : "#\(number)" }
}

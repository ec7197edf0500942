/// The flags of a regular expression.
public struct RegExpFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let hasIndices = RegExpFlags(rawValue: 1)
  public static let global = RegExpFlags(rawValue: 2)
  public static let ignoreCase = RegExpFlags(rawValue: 4)
  public static let multiline = RegExpFlags(rawValue: 8)
  public static let dotAll = RegExpFlags(rawValue: 16)
  public static let unicode = RegExpFlags(rawValue: 32)
  public static let unicodeSets = RegExpFlags(rawValue: 64)
  public static let sticky = RegExpFlags(rawValue: 128)

  /// The flags in the order in which `RegExp.prototype.flags` names them.
  public static let letters: [(flag: RegExpFlags, letter: UInt8)] = [
    (.hasIndices, UInt8(ascii: "d")), (.global, UInt8(ascii: "g")), (.ignoreCase, UInt8(ascii: "i")),
    (.multiline, UInt8(ascii: "m")), (.dotAll, UInt8(ascii: "s")), (.unicode, UInt8(ascii: "u")),
    (.unicodeSets, UInt8(ascii: "v")), (.sticky, UInt8(ascii: "y")),
  ]

  /// The flags that letters name; nil when a letter is unknown, repeated, or `u` stands with `v`.
  public init?(letters: some Sequence<UInt16>) {
    var flags: RegExpFlags = []
    for unit in letters {
      guard let entry = Self.letters.first(where: { UInt16($0.letter) == unit }), flags.insert(entry.flag).inserted
      else { return nil }
    }
    if flags.isSuperset(of: [.unicode, .unicodeSets]) { return nil }
    self = flags
  }

  /// The letters of the flags, in the standard's order.
  public var text: String {
    String(decoding: Self.letters.filter { contains($0.flag) }.map(\.letter), as: UTF8.self)
  }

  /// Whether the pattern reads code points, not code units.
  package var readsCodePoints: Bool { !isDisjoint(with: [.unicode, .unicodeSets]) }
}

import CVMRuntime

/// The words that execution JSON has for the numbers of the portable encoding. ExecutionJSONFormat.md lists them.
enum ExecutionNames {
  static let version = 1
  static let format = "cvm-execution"

  static let specials = ["undefined", "null", "false", "true", "hole", "uninitialized", "done", "arrayIteration"]
  static let activities = ["idle", "waiting", "stopped", "failed"]
  static let declarations = ["var", "let", "const", "class", "function"]
  static let generatorStates = ["notStarted", "suspended", "running", "ended"]

  static func kind(_ kind: RecordKind) -> String { "\(kind)" }
  static func kind(named name: String) -> RecordKind? { RecordKind.allCases.first { "\($0)" == name } }

  /// Bits of a record's flags, by kind.
  static func flags(_ kind: RecordKind) -> [(bit: UInt8, name: String)] {
    switch kind {
    case .array: [(2, "sparse"), (4, "elementsNotExtensible"), (8, "lengthReadOnly")]
    case .function: [(16, "class"), (32, "constructor")]
    case .boundFunction: [(32, "constructor")]
    case .symbol: [(1, "registered"), (2, "privateName")]
    default: []
    }
  }

  /// Bits of a shape's flags.
  static let shapeFlags: [(bit: UInt8, name: String)] = [
    (1, "dictionary"), (2, "notExtensible"), (4, "unmadeProperties"), (8, "fixedPrototype"),
  ]

  /// Attributes as letters; what most properties have has none.
  static let attributes: [(bit: UInt8, letter: String)] = [(1, "w"), (2, "e"), (4, "c")]
  static let commonAttributes: UInt8 = 7
  static let accessor: UInt8 = 8

  /// What a record has beside its properties, in the order of the encoding.
  enum Field {
    case value(String)
    case captures, arguments, elements, list, entries, limbs, generator
  }

  static func fields(_ kind: RecordKind) -> [Field] {
    switch kind {
    case .object, .error, .arguments: []
    case .array: [.elements]
    case .function: [.value("home"), .captures]
    case .boundFunction: [.value("target"), .value("this"), .arguments]
    case .map, .set, .weakMap, .weakSet: [.value("table")]
    case .wrapper: [.value("value")]
    case .date: [.value("time")]
    case .weakRef: [.value("target")]
    case .iteratorHelper: [.value("state")]
    case .arrayIterator, .mapIterator, .setIterator, .stringIterator:
      [.value("target"), .value("position"), .value("gives")]
    case .regExpStringIterator: [.value("matcher"), .value("text"), .value("flags")]
    case .regExp: [.value("source"), .value("flags")]
    case .generator: [.generator]
    case .symbol: [.value("description")]
    case .variable, .enumeration: [.value("value")]
    case .values: [.list]
    case .table: [.entries]
    case .bigInt: [.limbs]
    }
  }

  /// Whether a field's name is also that of the flags, which are then called `cellFlags`.
  static let flagsMember = "is"
}

/// What a record is called: by its number among the program's objects, or the machine's, or, where it is none, the records.
struct RecordKey: Hashable {
  enum Space: UInt64 { case program, machine, record }
  /// The space in the two top bits.
  let bits: UInt64

  init(_ space: Space, _ number: UInt64) { bits = space.rawValue << 62 | number }

  var space: Space { Space(rawValue: bits >> 62) ?? .record }
  var number: UInt64 { bits & (1 << 62 - 1) }

  /// As it stands in the table of records.
  var text: String {
    switch space {
    case .program: "\(number)"
    case .machine: "i\(number)"
    case .record: "c\(number)"
    }
  }

  init?(_ text: String) {
    let space: Space = text.hasPrefix("i") ? .machine : text.hasPrefix("c") ? .record : .program
    let digits = space == .program ? text[...] : text.dropFirst()
    guard let number = UInt64(digits), number < 1 << 47, String(number) == digits else { return nil }
    self.init(space, number)
  }
}

/// BigInts and raw bytes as hexadecimal digits.
enum Hexadecimal {
  static func text(_ word: UInt64, digits: Int = 16) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// A number from its limbs, the lowest first.
  static func text(limbs: [UInt64], isNegative: Bool) -> String {
    guard let last = limbs.last else { return "0x0" }
    var text = isNegative ? "-0x" : "0x"
    text += String(last, radix: 16)
    for limb in limbs.dropLast().reversed() { text += Self.text(limb) }
    return text
  }

  /// Nil when the text is not what `text` writes.
  static func limbs(_ text: String) -> (limbs: [UInt64], isNegative: Bool)? {
    let isNegative = text.hasPrefix("-")
    let rest = Array(text.utf8.dropFirst(isNegative ? 1 : 0))
    guard rest.starts(with: Array("0x".utf8)), rest.count > 2 else { return nil }
    let digits = rest[2...]
    if digits.elementsEqual([UInt8(ascii: "0")]) { return isNegative ? nil : ([], false) }
    guard digits.first != UInt8(ascii: "0") else { return nil }
    var limbs: [UInt64] = []
    var end = digits.endIndex
    while end > digits.startIndex {
      let start = max(digits.startIndex, end - 16)
      guard let limb = word(digits[start..<end]) else { return nil }
      limbs.append(limb)
      end = start
    }
    return (limbs, isNegative)
  }

  static func word(_ digits: some Collection<UInt8>) -> UInt64? {
    guard (1...16).contains(digits.count) else { return nil }
    var word: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(digit - 87)
      default: return nil
      }
    }
    return word
  }
}

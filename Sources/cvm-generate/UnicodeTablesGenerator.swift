/// Writes the tables of properties and case mappings that regular expressions need, from the text files of the
/// Unicode Character Database: `UnicodeData`, `SpecialCasing`, `CaseFolding`, `PropList`, `DerivedCoreProperties`,
/// `DerivedNormalizationProps`, `Scripts`, `ScriptExtensions`, `PropertyValueAliases`, `emoji-data`,
/// `emoji-sequences` and `emoji-zwj-sequences`.
struct UnicodeTablesGenerator {
  static let path = "Sources/CVMRegExp/UnicodeTables+Generated.swift"

  let folder: String

  func generate() {
    let aliases = valueAliases()
    let scripts = scriptTables(aliases)
    let sections: [(name: String, comment: String, body: String)] = [
      ("generalCategories", "Sets by general category, of two letters each.", generalCategories(aliases)),
      ("scripts", "Sets by script.", scripts.own),
      (
        "scriptExtensions",
        "Code points with explicit script extensions (`*`), and the sets of those that name a script.",
        scripts.extensions
      ),
      ("binaryProperties", "Sets by binary property.", binaryProperties()),
      ("emojiSequences", "Properties of strings: the code points that occur, then front-coded sequences.", sequences()),
      ("simpleCaseFolding", "Simple case folding: runs of gap, length, stride and difference.", caseFolding()),
      ("simpleUppercase", "Upper case of single code units as non-Unicode patterns compare them.", upperCase()),
      (
        "compatibilityDecompositions",
        "Full decompositions where NFKD differs from NFD: gap to the one before, length, code points.",
        compatibilityDecompositions()
      ),
    ]
    var text = "// Written by `cvm-generate unicode` from the Unicode Character Database \(version()); do not edit.\n\n"
    text += "/// The encoded Unicode tables; `UnicodeTableReader` decodes them.\n"
    text += "enum UnicodeTables {\n  /// The version of Unicode whose data this is.\n"
    text += "  static let version = \"\(version())\"\n"
    for section in sections {
      text += "\n  /// \(section.comment)\n  static let \(section.name): StaticString = \"\"\"\n"
      text += section.body + "    \"\"\"\n"
    }
    write(text + "}\n", to: Self.path)
  }

  private func version() -> String {
    let line = String(decoding: readFile("\(folder)/Scripts.txt").prefix { $0 != 0x0A }, as: UTF8.self)
    return String(line.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }.dropLast())
  }
}

// MARK: - Properties

extension UnicodeTablesGenerator {
  /// All names of property values: "sc" or "gc", then by long name.
  private func valueAliases() -> [String: [String: [String]]] {
    var result: [String: [String: [String]]] = [:]
    for fields in records("PropertyValueAliases") where fields[0] == "sc" || fields[0] == "gc" {
      var names: [String] = []
      for name in fields[1...] where !names.contains(name) { names.append(name) }
      result[fields[0], default: [:]][fields[2 < fields.count ? 2 : 1]] = names
    }
    return result
  }

  private func generalCategories(_ aliases: [String: [String: [String]]]) -> String {
    var members: [String: [ClosedRange<UInt32>]] = [:]
    var assigned: [ClosedRange<UInt32>] = []
    var firstOfRange: UInt32?
    for fields in records("UnicodeData") {
      let code = UInt32(fields[0], radix: 16)!
      if fields[1].hasSuffix(", First>") {
        firstOfRange = code
        continue
      }
      let range = (firstOfRange ?? code)...code
      firstOfRange = nil
      members[fields[2], default: []].append(range)
      assigned.append(range)
    }
    members["Cn"] = complement(assigned)
    return (aliases["gc"] ?? [:]).values.sorted { $0[0] < $1[0] }.compactMap { names in
      members[names[0]].map { entry(names, $0) }
    }.joined()
  }

  private func scriptTables(_ aliases: [String: [String: [String]]]) -> (own: String, extensions: String) {
    let scripts = aliases["sc"] ?? [:]
    var own = properties("Scripts")
    own["Unknown"] = complement(own.values.flatMap { $0 })
    var extended: [String: [ClosedRange<UInt32>]] = [:]
    var explicit: [ClosedRange<UInt32>] = []
    for fields in records("ScriptExtensions") {
      let range = codeRange(fields[0])
      explicit.append(range)
      for name in fields[1].split(separator: " ") { extended[String(name), default: []].append(range) }
    }
    var extensions = entry(["*"], explicit)
    var ownText = ""
    for (long, names) in scripts.sorted(by: { $0.key < $1.key }) {
      ownText += entry(names, own[long] ?? [])
      if let ranges = extended[names[0]] { extensions += entry([long], ranges) }
    }
    return (ownText, extensions)
  }

  private static let binaryNames: [(long: String, short: String?)] = [
    ("ASCII_Hex_Digit", "AHex"), ("Alphabetic", "Alpha"), ("Bidi_Control", "Bidi_C"), ("Bidi_Mirrored", "Bidi_M"),
    ("Case_Ignorable", "CI"), ("Cased", nil), ("Changes_When_Casefolded", "CWCF"), ("Changes_When_Casemapped", "CWCM"),
    ("Changes_When_Lowercased", "CWL"), ("Changes_When_NFKC_Casefolded", "CWKCF"), ("Changes_When_Titlecased", "CWT"),
    ("Changes_When_Uppercased", "CWU"), ("Dash", nil), ("Default_Ignorable_Code_Point", "DI"), ("Deprecated", "Dep"),
    ("Diacritic", "Dia"), ("Emoji", nil), ("Emoji_Component", "EComp"), ("Emoji_Modifier", "EMod"),
    ("Emoji_Modifier_Base", "EBase"), ("Emoji_Presentation", "EPres"), ("Extended_Pictographic", "ExtPict"),
    ("Extender", "Ext"), ("Grapheme_Base", "Gr_Base"), ("Grapheme_Extend", "Gr_Ext"), ("Hex_Digit", "Hex"),
    ("IDS_Binary_Operator", "IDSB"), ("IDS_Trinary_Operator", "IDST"), ("ID_Continue", "IDC"), ("ID_Start", "IDS"),
    ("Ideographic", "Ideo"), ("Join_Control", "Join_C"), ("Logical_Order_Exception", "LOE"), ("Lowercase", "Lower"),
    ("Math", nil), ("Noncharacter_Code_Point", "NChar"), ("Pattern_Syntax", "Pat_Syn"),
    ("Pattern_White_Space", "Pat_WS"), ("Quotation_Mark", "QMark"), ("Radical", nil), ("Regional_Indicator", "RI"),
    ("Sentence_Terminal", "STerm"), ("Soft_Dotted", "SD"), ("Terminal_Punctuation", "Term"),
    ("Unified_Ideograph", "UIdeo"), ("Uppercase", "Upper"), ("Variation_Selector", "VS"), ("White_Space", "space"),
    ("XID_Continue", "XIDC"), ("XID_Start", "XIDS"),
  ]

  private func binaryProperties() -> String {
    var members: [String: [ClosedRange<UInt32>]] = [:]
    for file in ["PropList", "DerivedCoreProperties", "DerivedNormalizationProps", "emoji-data"] {
      members.merge(properties(file)) { $0 + $1 }
    }
    for fields in records("UnicodeData") where fields[9] == "Y" {
      let code = UInt32(fields[0], radix: 16)!
      members["Bidi_Mirrored", default: []].append(code...code)
    }
    return Self.binaryNames.map { names in
      guard let ranges = members[names.long] else { fail("no data for \(names.long)") }
      return entry([names.long] + (names.short.map { [$0] } ?? []), ranges)
    }.joined()
  }

  /// Sequences are written over a table of the code points that occur, each as the number of code points that it
  /// shares with the one before it, the number of others, and those.
  private func sequences() -> String {
    var members: [String: [[UInt32]]] = [:]
    for file in ["emoji-sequences", "emoji-zwj-sequences"] {
      for fields in records(file) {
        if fields[0].contains("..") {
          members[fields[1], default: []] += codeRange(fields[0]).map { [$0] }
        } else {
          members[fields[1], default: []].append(fields[0].split(separator: " ").map { UInt32($0, radix: 16)! })
        }
      }
    }
    let used = Set(members.values.joined().joined()).sorted()
    let index = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, UInt32($0)) })
    var text = entry(["*"], used.map { $0...$0 })
    for (name, strings) in members.sorted(by: { $0.key < $1.key }) {
      var numbers: [UInt32] = [UInt32(strings.count)]
      var last: [UInt32] = []
      for string in strings.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let shared = zip(last, string).prefix { $0 == $1 }.count
        numbers += [UInt32(shared), UInt32(string.count - shared)] + string[shared...].map { index[$0]! }
        last = string
      }
      text += line([name], numbers)
    }
    return text
  }
}

// MARK: - Case

extension UnicodeTablesGenerator {
  private func caseFolding() -> String {
    var mapping: [(UInt32, UInt32)] = []
    for fields in records("CaseFolding") where fields[1] == "C" || fields[1] == "S" {
      mapping.append((UInt32(fields[0], radix: 16)!, UInt32(fields[2], radix: 16)!))
    }
    return map(mapping)
  }

  private func upperCase() -> String {
    var excluded: Set<UInt32> = []
    for fields in records("SpecialCasing") where fields.count == 4 || fields[4].isEmpty {
      if fields[3].contains(" ") { excluded.insert(UInt32(fields[0], radix: 16)!) }
    }
    var mapping: [(UInt32, UInt32)] = []
    for fields in records("UnicodeData") where !fields[12].isEmpty {
      let code = UInt32(fields[0], radix: 16)!
      let upper = UInt32(fields[12], radix: 16)!
      if code > 0xFFFF || excluded.contains(code) || (code >= 128 && upper < 128) { continue }
      mapping.append((code, upper))
    }
    return map(mapping)
  }

  private func map(_ mapping: [(from: UInt32, to: UInt32)]) -> String {
    let mapping = mapping.sorted { $0.from < $1.from }
    var numbers: [UInt32] = []
    var end: UInt32 = 0
    var start = 0
    while start < mapping.count {
      let difference = Int(mapping[start].to) - Int(mapping[start].from)
      func sameRun(_ index: Int, _ stride: UInt32) -> Bool {
        index < mapping.count && mapping[index].from == mapping[index - 1].from + stride
          && Int(mapping[index].to) - Int(mapping[index].from) == difference
      }
      let stride: UInt32 = sameRun(start + 1, 2) ? 2 : 1
      var next = start + 1
      while sameRun(next, stride) { next += 1 }
      let zigzag = difference < 0 ? UInt32(-difference) * 2 - 1 : UInt32(difference) * 2
      numbers += [mapping[start].from - end, UInt32(next - start - 1) * 2 + (stride - 1), zigzag]
      end = mapping[next - 1].from
      start = next
    }
    return line(["*"], numbers)
  }
}

// MARK: - Normal forms

extension UnicodeTablesGenerator {
  private func compatibilityDecompositions() -> String {
    var mappings: [UInt32: (isCompatible: Bool, to: [UInt32])] = [:]
    for fields in records("UnicodeData") where !fields[5].isEmpty {
      let parts = fields[5].split(separator: " ")
      let isCompatible = parts[0].hasPrefix("<")
      mappings[UInt32(fields[0], radix: 16)!] = (
        isCompatible, parts.dropFirst(isCompatible ? 1 : 0).map { UInt32($0, radix: 16)! }
      )
    }
    func full(_ code: UInt32) -> (isCompatible: Bool, to: [UInt32]) {
      guard let mapping = mappings[code] else { return (false, [code]) }
      let parts = mapping.to.map(full)
      return (mapping.isCompatible || parts.contains { $0.isCompatible }, parts.flatMap { $0.to })
    }
    var numbers: [UInt32] = []
    var last: UInt32 = 0
    for code in mappings.keys.sorted() {
      let (isCompatible, to) = full(code)
      guard isCompatible else { continue }
      numbers += [code - last, UInt32(to.count)] + to
      last = code
    }
    return line(["*"], numbers)
  }
}

// MARK: - Reading and encoding

extension UnicodeTablesGenerator {
  /// The fields of each line of a file, without comments and surrounding space.
  private func records(_ file: String) -> [[String]] {
    readFile("\(folder)/\(file).txt").split(separator: 0x0A).compactMap { bytes in
      let line = bytes.prefix { $0 != UInt8(ascii: "#") }
      guard line.contains(UInt8(ascii: ";")) else { return nil }
      return line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let trimmed = field.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        return String(decoding: Array(trimmed), as: UTF8.self)
      }
    }
  }

  private func properties(_ file: String) -> [String: [ClosedRange<UInt32>]] {
    var result: [String: [ClosedRange<UInt32>]] = [:]
    for fields in records(file) where fields.count == 2 { result[fields[1], default: []].append(codeRange(fields[0])) }
    return result
  }

  private func codeRange(_ text: String) -> ClosedRange<UInt32> {
    let parts = text.split(separator: ".")
    return UInt32(parts[0], radix: 16)!...UInt32(parts[parts.count - 1], radix: 16)!
  }

  private func normalized(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in normalized(ranges) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }

  private func entry(_ names: [String], _ ranges: [ClosedRange<UInt32>]) -> String {
    var numbers: [UInt32] = []
    var next: UInt32 = 0
    for range in normalized(ranges) {
      numbers += [range.lowerBound - next, range.upperBound - range.lowerBound]
      next = range.upperBound + 2
    }
    return line(names, numbers)
  }

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-")

  /// Names and numbers as one line of a table: each number in digits of five bits, the lowest first, all but its
  /// last digit with the sixth bit set. Long lines are broken for the reader of the source only.
  private func line(_ names: [String], _ numbers: [UInt32]) -> String {
    var text = names.joined(separator: ",") + "="
    for number in numbers {
      var rest = number
      while rest >= 32 {
        text.append(Self.digits[Int(rest & 31) + 32])
        rest >>= 5
      }
      text.append(Self.digits[Int(rest)])
    }
    var result = ""
    var remaining = Substring(text)
    while remaining.utf8.count > 114 {
      result += "    " + remaining.prefix(114) + "\\\n"
      remaining = remaining.dropFirst(114)
    }
    return result + "    " + remaining + "\n"
  }
}

/// The Unicode properties that patterns can name (ECMA-262, tables 66 to 70).
enum UnicodeProperties {
  /// The set for `\p{name=value}`; nil when the standard knows no such property or value.
  static func set(name: String, value: String) -> CodePointSet? {
    switch name {
    case "General_Category", "gc": generalCategory(value)
    case "Script", "sc": script(value)
    case "Script_Extensions", "scx": scriptExtensions(value)
    default: nil
    }
  }

  /// The set for `\p{name}`: a general category or a binary property.
  static func set(_ name: String) -> CodePointSet? {
    switch name {
    case "Any": .everything
    case "ASCII": CodePointSet(0, 0x7F)
    case "Assigned": generalCategory("Cn")?.complement
    default: generalCategory(name) ?? read(UnicodeTables.binaryProperties, name)
    }
  }

  private static func read(_ table: StaticString, _ name: String) -> CodePointSet? {
    guard name != "*", var reader = UnicodeTableReader(table, named: name) else { return nil }
    return reader.readSet()
  }

  private static let categoryGroups: [(names: [String], members: [String])] = [
    (["LC", "Cased_Letter"], ["Lu", "Ll", "Lt"]),
    (["L", "Letter"], ["Lu", "Ll", "Lt", "Lm", "Lo"]),
    (["M", "Mark", "Combining_Mark"], ["Mn", "Mc", "Me"]),
    (["N", "Number"], ["Nd", "Nl", "No"]),
    (["P", "Punctuation", "punct"], ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]),
    (["S", "Symbol"], ["Sm", "Sc", "Sk", "So"]),
    (["Z", "Separator"], ["Zs", "Zl", "Zp"]),
    (["C", "Other"], ["Cc", "Cf", "Cs", "Co", "Cn"]),
  ]

  private static func generalCategory(_ name: String) -> CodePointSet? {
    if let group = categoryGroups.first(where: { $0.names.contains(name) }) {
      return group.members.reduce(CodePointSet.empty) { $0.union(generalCategory($1) ?? .empty) }
    }
    return read(UnicodeTables.generalCategories, name)
  }

  private static func script(_ name: String) -> CodePointSet? {
    read(UnicodeTables.scripts, name)
  }

  private static func scriptExtensions(_ name: String) -> CodePointSet? {
    guard let own = script(name) else { return nil }
    guard var all = UnicodeTableReader(UnicodeTables.scriptExtensions, named: "*") else { return own }
    let implicit = own.subtracting(all.readSet())
    guard let long = longScriptName(name), let named = read(UnicodeTables.scriptExtensions, long) else {
      return implicit
    }
    return implicit.union(named)
  }

  private static func longScriptName(_ name: String) -> String? {
    let table = UnicodeTables.scripts
    let text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let names = line.prefix { $0 != UInt8(ascii: "=") }.split(separator: UInt8(ascii: ","))
        .map { String(decoding: $0, as: UTF8.self) }
      if names.contains(name) { return names.count > 1 ? names[1] : names[0] }
    }
    return nil
  }
}

// MARK: - Properties of strings

extension UnicodeProperties {
  private static let stringPropertyNames = [
    "Basic_Emoji", "Emoji_Keycap_Sequence", "RGI_Emoji_Modifier_Sequence",
    "RGI_Emoji_Flag_Sequence", "RGI_Emoji_Tag_Sequence", "RGI_Emoji_ZWJ_Sequence",
  ]

  /// The strings of a property of strings; nil when there is no such property.
  static func strings(_ name: String) -> [[UInt32]]? {
    if name == "RGI_Emoji" { return stringPropertyNames.flatMap { read(sequences: $0) ?? [] } }
    return stringPropertyNames.contains(name) ? read(sequences: name) : nil
  }

  private static func read(sequences name: String) -> [[UInt32]]? {
    guard var header = UnicodeTableReader(UnicodeTables.emojiSequences, named: "*"),
      var reader = UnicodeTableReader(UnicodeTables.emojiSequences, named: name)
    else { return nil }
    return reader.readSequences(over: header.readSet().ranges.flatMap { Array($0.first...$0.last) })
  }
}

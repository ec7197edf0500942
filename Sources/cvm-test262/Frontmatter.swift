/// What the comment at the head of a test says about it.
struct Frontmatter {
  struct Negative {
    var phase: String
    var type: String
  }

  var flags: Set<String> = []
  var includes: [String] = []
  var features: [String] = []
  var negative: Negative?
  /// The source behind the comment.
  var body: Substring

  /// Reads the subset of YAML that test262 writes between `/*---` and `---*/`.
  init(source: String) {
    body = source[...]
    guard let open = source.range(of: "/*---"), let close = source.range(of: "---*/") else { return }
    guard open.upperBound <= close.lowerBound else { return }
    body = source[close.upperBound...]
    var section = ""
    var phase = ""
    var type = ""
    for line in source[open.upperBound..<close.lowerBound].split(whereSeparator: \.isNewline) {
      let text = line.trimmed
      if line.first?.isWhitespace != true, let colon = text.firstIndex(of: ":") {
        section = String(text[..<colon])
        add(Self.list(text[text.index(after: colon)...]), to: section)
      } else if section == "negative", let colon = text.firstIndex(of: ":") {
        let value = String(text[text.index(after: colon)...].trimmed)
        if text.hasPrefix("phase") { phase = value }
        if text.hasPrefix("type") { type = value }
      } else if text.hasPrefix("- ") {
        add([String(text.dropFirst(2).trimmed)], to: section)
      } else {
        add(Self.list(text), to: section)
      }
    }
    if !type.isEmpty { negative = Negative(phase: phase, type: type) }
  }

  private mutating func add(_ items: [String], to section: String) {
    switch section {
    case "flags": flags.formUnion(items)
    case "includes": includes += items
    case "features": features += items
    default: break
    }
  }

  private static func list(_ text: some StringProtocol) -> [String] {
    text.split(whereSeparator: { "[], ".contains($0) }).map { String($0) }
  }
}

extension StringProtocol {
  var trimmed: SubSequence {
    var rest = self[startIndex...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return rest
  }
}

import CVMHeapGraph

/// How a report may use the terminal.
public struct RenderOptions: Sendable, Equatable {
  /// The number of columns of a line, at least 40.
  public var width: Int
  /// Whether only ASCII may be written.
  public var isASCII: Bool
  /// Whether sizes are written in bytes, all digits.
  public var isExact: Bool

  public init(width: Int = 80, isASCII: Bool = false, isExact: Bool = false) {
    self.width = max(width, 40)
    self.isASCII = isASCII
    self.isExact = isExact
  }

  func bytes(_ count: UInt64) -> String { ByteCount.text(count, isExact: isExact) }

  func text(_ text: String) -> String { TextLayout.printable(text, isASCII: isASCII) }

  func cut(_ text: String, to width: Int) -> String { TextLayout.ellipsized(text, to: width, isASCII: isASCII) }

  /// A cell for people.
  func text(_ cell: ResultCell) -> String {
    switch cell {
    case .none: ""
    case .text(let text): self.text(text)
    case .count(let count): Numbers.grouped(count)
    case .bytes(let count): bytes(count)
    case .share(let share): Numbers.percent(share)
    case .delta(let change): Numbers.signed(change)
    case .seconds(let seconds): Numbers.duration(seconds: seconds)
    case .flag(let flag): flag ? "yes" : "no"
    case .object(let id): id.description
    }
  }
}

/// The forms in which a result can be written.
public enum OutputFormat: String, Sendable, CaseIterable {
  case terminal, json, jsonLines, csv, markdown, dot

  /// Writes a result, ending with a line feed; `nil` if the result has no such form.
  public func render(_ result: AnalysisResult, options: RenderOptions = RenderOptions()) -> String? {
    switch self {
    case .terminal: TerminalRenderer(options: options).render(result)
    case .json: JSONRenderer(isASCII: options.isASCII).render(result)
    case .jsonLines: JSONRenderer(isASCII: options.isASCII).renderLines(result)
    case .csv: CSVRenderer.render(result)
    case .markdown: MarkdownRenderer(options: options).render(result)
    case .dot: DOTRenderer.render(result)
    }
  }
}

/// Reads a text line by line, so that a changed line alone can be read again.
public enum LineScanner {
  /// What the lines so far left open.
  public struct State: Hashable, Sendable {
    var carry = TokenScanner.Carry()

    /// The state before the first line.
    public static let start = State()
  }

  /// A part of a line.
  public struct Piece: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
      case token(TokenKind)
      case comment
      /// Text of a template, from its beginning or an expression to the next one or its end.
      case template
      case string
    }

    public var kind: Kind
    /// Offsets into the UTF-8 of the line.
    public var range: Range<Int>
  }

  /// The parts of a line that are not white space, and what it leaves open.
  public static func scan(_ line: String, after state: State) -> (pieces: [Piece], end: State) {
    let bytes = Array(line.utf8)
    var reader = LineReader(bytes, state.carry)
    return (reader.pieces(), State(carry: reader.scanner.carry))
  }
}

private struct LineReader {
  let bytes: [UInt8]
  var scanner: TokenScanner
  private var position = 0
  private var result: [LineScanner.Piece] = []

  init(_ bytes: [UInt8], _ carry: TokenScanner.Carry) {
    self.bytes = bytes
    scanner = TokenScanner(bytes + [0x0A], after: carry)
  }

  mutating func pieces() -> [LineScanner.Piece] {
    let carried = scanner.mode
    if carried != .code {
      let isFinished = scanner.finishCarried()
      add(kind(of: carried), upTo: isFinished ? scanner.lexer.cursor.position : bytes.count)
      if !isFinished { return result }
    }
    while true {
      let token = scanner.next()
      addComments(upTo: min(Int(token.start), bytes.count))
      if token.kind == .endOfFile {
        addComments(upTo: bytes.count)
        return result
      }
      position = min(Int(token.start), bytes.count)
      if scanner.mode != .code {
        add(kind(of: scanner.mode), upTo: bytes.count)
        return result
      }
      add(kind(of: token), upTo: max(Int(token.end), scanner.lexer.cursor.position))
    }
  }

  private func kind(of mode: TokenScanner.Mode) -> LineScanner.Piece.Kind {
    switch mode {
    case .code: .token(.invalid)
    case .template: .template
    case .blockComment: .comment
    case .string: .string
    }
  }

  private func kind(of token: Token) -> LineScanner.Piece.Kind {
    switch token.kind {
    case .string: .string
    case .template, .templateHead, .templateMiddle, .templateTail: .template
    default: .token(token.kind)
    }
  }

  private mutating func add(_ kind: LineScanner.Piece.Kind, upTo end: Int) {
    let end = min(end, bytes.count)
    if end > position { result.append(LineScanner.Piece(kind: kind, range: position..<end)) }
    position = max(position, end)
  }

  /// Between tokens there is white space, or comments.
  private mutating func addComments(upTo end: Int) {
    while position < end, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    add(.comment, upTo: end)
  }
}

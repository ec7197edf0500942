/// Statements in order. Each checkpoint keeps a copy of it: copies share all but the newest ones.
struct StatementList: RandomAccessCollection, ExpressibleByArrayLiteral {
  private static let chunkSize = 256

  /// Each of `chunkSize` statements.
  private var chunks: [[Statement]] = []
  /// What follows: at most so many.
  private var newest: [Statement] = []

  init() {}

  init(_ statements: some Sequence<Statement>) { for statement in statements { append(statement) } }

  init(arrayLiteral statements: Statement...) { self.init(statements) }

  var startIndex: Int { 0 }
  var endIndex: Int { chunks.count * Self.chunkSize + newest.count }

  subscript(index: Int) -> Statement {
    let chunk = index / Self.chunkSize
    return chunk < chunks.count ? chunks[chunk][index % Self.chunkSize] : newest[index % Self.chunkSize]
  }

  mutating func append(_ statement: Statement) {
    newest.append(statement)
    guard newest.count == Self.chunkSize else { return }
    chunks.append(newest)
    newest = []
  }

  mutating func removeLast() {
    if newest.isEmpty, let last = chunks.popLast() { newest = last }
    newest.removeLast()
  }
}

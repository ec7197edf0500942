extension Parser {
  /// What recovery restores before it looks for the next statement.
  struct RecoveryPoint {
    var depth: Int
    var bracketDepth: Int
    var scopeDepth: Int
    var labelCount: Int
    var classCount: Int
    var listCount: Int
    var function: FunctionContext
    var isInCaseClause: Bool
  }

  func recoveryPoint() -> RecoveryPoint {
    RecoveryPoint(
      depth: depth, bracketDepth: bracketDepth, scopeDepth: scopes.depth, labelCount: labels.count,
      classCount: classes.count, listCount: listStack.count, function: function,
      isInCaseClause: isInCaseClause)
  }

  mutating func restore(_ point: RecoveryPoint) {
    depth = point.depth
    scopes.pop(to: point.scopeDepth)
    labels.removeSubrange(point.labelCount...)
    classes.removeSubrange(point.classCount...)
    listStack.removeSubrange(point.listCount...)
    function = point.function
    isInCaseClause = point.isInCaseClause
    coverProblem = nil
    arrowStart = .max
    consequentDepth = -1
  }

  /// Skips to where the next statement seems to begin.
  mutating func synchronize(_ point: RecoveryPoint) {
    restore(point)
    var isFirst = true
    while token.kind != .endOfFile {
      let level = bracketDepth - point.bracketDepth
      if level <= 0 {
        if token.kind == .semicolon {
          advance()
          break
        }
        if token.kind == .rightBrace, bracketDepth > 0 { break }
        if !isFirst, token.isAfterNewline { break }
      } else if token.isAfterNewline, isDeclarationStart {
        // A bracket was never closed: a declaration on a line of its own is a better sign than the count.
        break
      }
      let isBlockEnd = token.kind == .rightBrace && level == 1
      skipTokenInRecovery()
      isFirst = false
      if isBlockEnd, token.isAfterNewline, token.kind != .rightParen, token.kind != .comma { break }
    }
    bracketDepth = point.bracketDepth
  }

  private mutating func skipTokenInRecovery() {
    switch token.kind {
    case .template, .templateTail, .templateMiddle: advance()
    case .templateHead:
      advance()
      bracketDepth += 1
    default: advance()
    }
    if bracketDepth < 0 { bracketDepth = 0 }
  }

  private var isDeclarationStart: Bool {
    switch token.kind {
    case .function, .class, .const, .var: true
    case .identifier: atWord(.let)
    default: false
    }
  }
}

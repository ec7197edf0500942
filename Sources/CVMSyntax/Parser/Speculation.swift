extension Parser {
  /// What it takes to read tokens a second time.
  struct SpeculationState {
    fileprivate var position: Int
    fileprivate var token: Token
    fileprivate var previousEnd: UInt32
    fileprivate var bracketDepth: Int
    fileprivate var depth: Int
    fileprivate var lexerDiagnosticCount: Int
    fileprivate var lexerFailure: Diagnostic?
  }

  func speculationState() -> SpeculationState {
    SpeculationState(
      position: lexer.cursor.position, token: token, previousEnd: previousEnd, bracketDepth: bracketDepth,
      depth: depth, lexerDiagnosticCount: lexer.diagnostics.count, lexerFailure: lexer.failure)
  }

  mutating func backtrack(to state: SpeculationState) {
    lexer.cursor.position = state.position
    lexer.diagnostics.removeSubrange(state.lexerDiagnosticCount...)
    lexer.failure = state.lexerFailure
    token = state.token
    previousEnd = state.previousEnd
    bracketDepth = state.bracketDepth
    depth = state.depth
  }

  /// Parses what makes no nodes; goes back to the start, without findings, if it fails or says no.
  mutating func speculate(_ body: (inout Parser) throws(SyntaxFailure) -> Bool) -> Bool {
    let state = speculationState()
    let point = recoveryPoint()
    let kept = (coverProblem, arrowStart, consequentDepth)
    let wasSpeculating = isSpeculating
    isSpeculating = true
    defer { isSpeculating = wasSpeculating }
    do throws(SyntaxFailure) {
      if try body(&self) { return true }
    } catch {
      restore(point)
      (coverProblem, arrowStart, consequentDepth) = kept
    }
    backtrack(to: state)
    return false
  }
}

import CVMRuntime

/// Moments of the session by the number of the statement before them.
enum Moments {
  /// The number that a person wrote: `38` or `[38]`.
  static func statement(_ text: String) throws(CommandError) -> Int {
    var word = text[...]
    if word.hasPrefix("["), word.hasSuffix("]") { word = word.dropFirst().dropLast() }
    guard let number = Int(word), number >= 0 else {
      throw .usage("Which statement? \(text.prefix(40)) is not the number of one.")
    }
    return number
  }

  /// How many steps lead from now to the moment after a statement: negative when it is in the past.
  static func steps(to number: Int, in session: Session) throws(CommandError) -> Int {
    guard let history = session.machine.history else { throw .notFound("There is no history here.") }
    let past = history.undoable.map { ($0 as? StatementRecord)?.number ?? 0 }
    let future = history.redoable.map { ($0 as? StatementRecord)?.number ?? 0 }
    if number < session.firstStatement, number > 0 || !session.beganEmpty {
      throw .notFound("The history of this heap begins after [\(session.firstStatement)].")
    }
    if number == 0 {
      guard history.forgottenCount == 0 else {
        throw .notFound("The start of the session was given up for room; the oldest moment is [\(past.first ?? 0)].")
      }
      return -past.count
    }
    guard number <= session.statementNumber else {
      throw .notFound("There is no statement [\(number)] yet; the last one was [\(session.statementNumber)].")
    }
    // A statement that changed nothing is no step: the moment after it is the one before it.
    if let index = future.lastIndex(where: { $0 <= number }) { return index + 1 }
    if let index = past.lastIndex(where: { $0 <= number }) { return index + 1 - past.count }
    if history.forgottenCount == 0 { return -past.count }
    throw .notFound("The moment after [\(number)] was given up for room; the oldest is [\(past.first ?? 0)].")
  }
}

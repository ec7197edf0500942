/// The steps of typing, to take them back.
struct UndoStack {
  private struct Step {
    var start: Int
    var removed: [UInt32]
    var inserted: [UInt32]
    var cursorBefore: Int
    var cursorAfter: Int
  }

  private var done: [Step] = []
  private var undone: [Step] = []
  private var text: [UInt32] = []
  private static let limit = 1000

  /// Notes that the text is another one now.
  mutating func note(_ next: [UInt32], cursor: Int, cursorBefore: Int) {
    guard next != text else { return }
    var head = 0
    let shorter = min(next.count, text.count)
    while head < shorter, next[head] == text[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, next[next.count - 1 - tail] == text[text.count - 1 - tail] { tail += 1 }
    let step = Step(
      start: head, removed: Array(text[head..<text.count - tail]), inserted: Array(next[head..<next.count - tail]),
      cursorBefore: cursorBefore, cursorAfter: cursor)
    text = next
    undone = []
    if let last = done.last, let joined = Self.joined(last, step) {
      done[done.count - 1] = joined
    } else {
      done.append(step)
    }
    if done.count > Self.limit { done.removeFirst(Self.limit / 4) }
  }

  private static let longestRun = 20

  /// Letters of a word that are typed one after the other are one step.
  private static func joined(_ last: Step, _ next: Step) -> Step? {
    guard last.removed.isEmpty, next.removed.isEmpty, next.inserted.count == 1, let typed = next.inserted.first,
      next.start == last.start + last.inserted.count, last.inserted.count < longestRun,
      isWord(typed), last.inserted.allSatisfy(isWord)
    else { return nil }
    var joined = last
    joined.inserted += next.inserted
    joined.cursorAfter = next.cursorAfter
    return joined
  }

  private static func isWord(_ scalar: UInt32) -> Bool { scalar > 0x2F && scalar != 0x3B && scalar != 0x3A }

  /// The text before the last step; nil when there is none.
  mutating func undo() -> (text: [UInt32], cursor: Int)? {
    guard let step = done.popLast() else { return nil }
    text.replaceSubrange(step.start..<step.start + step.inserted.count, with: step.removed)
    undone.append(step)
    return (text, step.cursorBefore)
  }

  /// The text after the last step that was taken back.
  mutating func redo() -> (text: [UInt32], cursor: Int)? {
    guard let step = undone.popLast() else { return nil }
    text.replaceSubrange(step.start..<step.start + step.removed.count, with: step.inserted)
    done.append(step)
    return (text, step.cursorAfter)
  }
}

/// What was cut, to insert it again.
struct KillRing {
  private var pieces: [[UInt32]] = []
  private var position = 0
  private static let limit = 30

  var current: [UInt32]? { pieces.isEmpty ? nil : pieces[position] }

  enum Side { case before, after }

  /// Adds a piece, to the last one if that was cut just before.
  mutating func add(_ piece: [UInt32], _ side: Side, continues: Bool) {
    if continues, !pieces.isEmpty {
      pieces[0] = side == .after ? pieces[0] + piece : piece + pieces[0]
    } else {
      pieces.insert(piece, at: 0)
      if pieces.count > Self.limit { pieces.removeLast() }
    }
    position = 0
  }

  mutating func rotate() -> [UInt32]? {
    guard !pieces.isEmpty else { return nil }
    position = (position + 1) % pieces.count
    return pieces[position]
  }
}

/// What a command was, for the one after it.
enum ActionKind {
  case other, kill, vertical, complete
  /// Inserted what was cut, over a range of the text.
  case yank(Range<Int>)

  var isKill: Bool { if case .kill = self { true } else { false } }
  var isVertical: Bool { if case .vertical = self { true } else { false } }
  var isComplete: Bool { if case .complete = self { true } else { false } }
}

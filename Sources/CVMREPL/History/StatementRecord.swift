import CVMBytecode
import CVMRuntime
import CVMSyntax

/// A statement as the history keeps it.
final class StatementRecord: HistoryLabel {
  /// How the statement came to its end.
  enum Ending {
    case completed
    /// It waits for the answer to a `CC`; with what it needs to go on.
    case paused(RunningStatement)
    case answered(String)
    /// It stands still for the person who debugs it.
    case stopped(StoppedRun)
    case failed
  }
  let number: Int
  let text: String
  let ending: Ending
  /// Lines that the program printed, which can't be taken back.
  let printedLines: Int
  /// Files that it wrote, which can't be taken back either.
  let writtenPaths: [String]
  let before: ResultNames.Mark
  let after: ResultNames.Mark
  /// The values that the statement gave names to.
  let added: [Value]

  init(_ statement: RunningStatement, _ ending: Ending, session: Session) {
    number = statement.number
    text = String(decoding: statement.tree.source.bytes.prefix(Session.titleLength), as: UTF8.self)
    self.ending = ending
    printedLines = session.printedLines - statement.printedBefore
    writtenPaths = session.writtenPaths(since: statement.writtenBefore)
    before = statement.resultsBefore
    after = session.results.mark
    added = session.results.added(since: before)
  }

  var values: [Value] { added + before.values + after.values }

  /// `[41] pts.push({x: 9, y: 9})`, cut to one line.
  var title: String {
    let lines = text.split(separator: "\n", maxSplits: 1)
    let line = lines.first.map(String.init) ?? ""
    let head = "[\(number)] \(line)\(lines.count > 1 ? " ..." : "")"
    switch ending {
    case .paused: return head + " (up to its CC)"
    case .stopped: return head + " (up to a stop)"
    case .answered(let answer): return head + " (answered '\(answer.prefix(30))')"
    case .completed, .failed: return head
    }
  }
}

/// A statement that runs, or waits for an answer.
struct RunningStatement {
  let number: Int
  let tree: SyntaxTree
  let declared: [GlobalDeclaration]
  let replaced: [Machine.ReplacedBinding]
  let use: ResultUse
  var firstID: UInt64
  let resultsBefore: ResultNames.Mark
  let printedBefore: Int
  /// How many files programs had written before.
  let writtenBefore: Int
  /// The answer that it goes on with, after a `CC`.
  var answer: String?
  /// The number of its code; 0 when that is not known any more.
  var code = 0
  /// What it began with, or went on with after a `CC`.
  var origin: RunOrigin
  /// What it got from outside.
  var inputs = InputLog()
}

/// What a run begins with beside the heap, so that it can be run again.
struct RunOrigin {
  var ids: Machine.ObjectIDs
  /// How many answers for `CC` were used up.
  var nextAnswer: Int
  var inputs = InputLog.Position()

  init(_ session: Session) {
    ids = session.machine.objectIDs
    nextAnswer = session.nextAnswer
  }

  init(_ machine: Machine, nextAnswer: Int, _ inputs: InputLog) {
    ids = machine.objectIDs
    self.nextAnswer = nextAnswer
    self.inputs = inputs.position
  }
}

extension Session {
  /// The files that programs wrote from a moment on, each once, in order.
  func writtenPaths(since count: Int) -> [String] {
    var seen: Set<String> = []
    return files.writtenPaths.dropFirst(count).filter { seen.insert($0).inserted }
  }
}

/// What becomes of a statement's value.
enum ResultUse {
  /// It gets a name and is shown with it.
  case shown
  /// It is `_`.
  case remembered
  case ignored
}

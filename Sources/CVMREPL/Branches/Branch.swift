import CVMRuntime
import CVMSnapshot

/// The lines that a session's history has: each with a heap of its own. One is in use; the others are parked.
struct Branches {
  /// Where a branch began.
  struct Origin {
    let branch: String
    /// The statement before it.
    let statement: Int
  }

  /// A branch in the order in which they were made.
  struct Entry {
    let name: String
    let origin: Origin?
    /// Nil of the one in use.
    var parked: ParkedBranch?
  }

  static let first = "main"

  private(set) var entries = [Entry(name: first, origin: nil, parked: nil)]
  private(set) var current = first

  func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// Adds one that is not in use.
  mutating func add(_ name: String, origin: Origin?, _ parked: ParkedBranch) {
    entries.append(Entry(name: name, origin: origin, parked: parked))
  }

  /// Makes another one that in use, whose place takes what was in use; what was parked there.
  mutating func exchange(_ parked: ParkedBranch, for name: String) -> ParkedBranch? {
    guard let leaving = entries.firstIndex(where: { $0.name == current }),
      let entering = entries.firstIndex(where: { $0.name == name }), let found = entries[entering].parked
    else { return nil }
    entries[leaving].parked = parked
    entries[entering].parked = nil
    current = name
    return found
  }

  mutating func remove(_ name: String) { entries.removeAll { $0.name == name } }

  /// Gives the one in use another name and origin, and forgets the others.
  mutating func restart(as name: String, origin: Origin?) {
    entries = [Entry(name: name, origin: origin, parked: nil)]
    current = name
  }
}

/// A branch that is not in use: its machine, with what can be undone there, and what the prompt calls its values.
struct ParkedBranch {
  let machine: Machine
  let results: ResultNames
  let waiting: RunningStatement?
  let stopped: StoppedRun?
  let heapLineage: Int
  /// What the machine was saved as last.
  let savedImage: KeptImage?
  /// The statement after which its history begins.
  let firstStatement: Int

  /// The number of the statement after which its heap is as it is; 0 at the start.
  var statement: Int { (machine.history?.newestUndoable as? StatementRecord)?.number ?? firstStatement }
}

extension Session {
  /// The branch in use, about to be parked.
  var parkedNow: ParkedBranch {
    ParkedBranch(
      machine: machine, results: results, waiting: waiting, stopped: stopped, heapLineage: heapLineage,
      savedImage: savedImage,
      firstStatement: firstStatement)
  }

  /// Begins a branch at this moment and goes on there. The one that was in use goes to its end: what was undone there is
  /// done again.
  func fork(_ name: String) throws(CommandError) {
    let origin = Branches.Origin(branch: branches.current, statement: currentStatement)
    let copy = try copied(from: try makeImage())
    var copiedResults = results
    copiedResults.restore(results.mark, in: copy)
    if let history = machine.history { copy.history?.copyDone(from: history) }
    branches.add(
      name, origin: origin,
      ParkedBranch(
        machine: copy, results: copiedResults, waiting: waiting, stopped: stopped, heapLineage: heapLineage,
        savedImage: savedImage,
        firstStatement: firstStatement))
    move(by: machine.history?.redoableCount ?? 0)
    switchBranch(to: name)
  }

  /// A second machine with the state of an image, ready for the prompt.
  private func copied(from image: KeptImage) throws(CommandError) -> Machine {
    let copy = freshMachine()
    do throws(SnapshotError) { try image.restore(into: copy, makeSource: Self.source) } catch {
      throw CommandError(status: .error, message: "\(error)")
    }
    if machine.objectWithID != nil { startPrompt(on: copy) }
    return copy
  }

  /// Goes on with another branch. Ids of objects are never given twice, whichever branch makes them.
  func switchBranch(to name: String) {
    machine.history?.showFailure(false)
    noteInJournal()
    let leaving = parkedNow
    guard let entering = branches.exchange(leaving, for: name) else { return }
    entering.machine.skipObjectIDs(of: leaving.machine)
    enter(entering)
  }

  /// Goes on with a branch, which is parked no more.
  func enter(_ branch: ParkedBranch) {
    exchangeMachine(branch.machine)
    (results, waiting, stopped, heapLineage, savedImage, firstStatement) =
      (branch.results, branch.waiting, branch.stopped, branch.heapLineage, branch.savedImage, branch.firstStatement)
    // What it makes from now on stands behind what others made meanwhile.
    waiting?.firstID = machine.lastObjectID + 1
    stopped?.statement.firstID = machine.lastObjectID + 1
    stopped?.origin.ids = machine.objectIDs
  }

  /// A view of what a branch is now, for the commands that compare.
  func parkedBranch(named name: String) -> ParkedBranch? { branches.entry(name)?.parked }
}

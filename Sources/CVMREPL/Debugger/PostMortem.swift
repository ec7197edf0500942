import CVMHeapGraph
import CVMReport
import CVMRuntime

/// The stack of a run that an uncaught exception has ended, as it was when that was thrown: texts, since what the run made
/// is gone.
struct PostMortem {
  struct Frame {
    var title: String
    var place: String
    var text: String
    var locals: [[ResultCell]]
  }

  /// `[3] threw TypeError: ...`
  let title: String
  let frames: [Frame]
  static let frameLimit = 20

  /// Objects with ids from `firstGone` on were taken back with the run.
  init?(_ machine: Machine, _ number: Int, _ exception: Value, firstGone: UInt64) {
    let frames = machine.framesOfThrow(limit: Self.frameLimit)
    guard !frames.isEmpty else { return nil }
    let error = machine.isError(exception) ? machine.errorTitle(exception) : machine.preview(exception, limit: 60)
    title = "[\(number)] is over: it threw \(error.split(separator: "\n").first ?? "")"
    self.frames = frames.map { frame in
      let (place, text) = Frames.place(frame)
      let locals = Frames.locals(frame, machine).map { row in
        row.map { cell -> ResultCell in
          if case .object(let id) = cell, !id.isInternal, id.number >= firstGone { return .none }
          return cell
        }
      }
      return Frame(title: StopReport.call(frame, machine), place: place, text: text, locals: locals)
    }
  }
}

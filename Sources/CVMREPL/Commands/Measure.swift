import CVMCompiler
import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSyntax

/// `:time`: how long a statement or a command takes.
enum TimeCommand: Command {
  static let spec = CommandSpec(
    name: "time", category: .measure, argument: "CODE", kind: .code, rule: .required,
    summary: "runs code, and says how long it took and what it made",
    discussion:
      "A step is a round of a loop or a call. The result takes a name as usual. Commands are timed, too: :time :heap.",
    examples: [.init(":time Array.from({length: 1000}, (_, i) => i * i).length")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if call.argument.hasPrefix(":") { return try timed(command: call.argument, in: session) }
    let machine = session.machine
    let before = (objects: machine.lastObjectID, collections: machine.collectionCount)
    var seconds = 0.0
    let status = session.evaluate(bytes: Array(call.argument.utf8), whenRun: { seconds = $0 })
    let objects = machine.lastObjectID &- min(before.objects, machine.lastObjectID)
    let collections = machine.collectionCount - before.collections
    let steps = machine.stepsTaken
    var parts = [
      Numbers.fineDuration(seconds: seconds), Numbers.counted(UInt64(steps), "step"),
      Numbers.counted(objects, "new object"),
    ]
    if collections > 0 { parts.append(Numbers.counted(UInt64(collections), "collection")) }
    var answer = CommandAnswer(parts.joined(separator: "   "), "time", options: session.options.rendering) {
      $0.member("ok", status == .done)
      $0.member("seconds", seconds)
      $0.member("steps", steps)
      $0.member("objects", objects)
      $0.member("collections", collections)
    }
    answer.status = status
    return answer
  }

  private static func timed(command line: String, in session: Session) throws(CommandError) -> CommandAnswer {
    // One in another would be as deep as the line is long.
    let word = line.dropFirst().prefix { !$0.isWhitespace }
    if (try? CommandTable.find(String(word)))?.spec.name == spec.name { throw .usage(":time times one command") }
    let clock = Stopwatch()
    let status = session.runCommand(line)
    let seconds = clock.seconds
    var answer = CommandAnswer(Numbers.fineDuration(seconds: seconds), "time", options: session.options.rendering) {
      $0.member("ok", status == .done)
      $0.member("seconds", seconds)
    }
    answer.status = status
    return answer
  }
}

/// `:bench`: how long an expression takes when it runs often.
enum BenchCommand: Command {
  static let spec = CommandSpec(
    name: "bench", category: .measure, argument: "CODE", kind: .code, rule: .required,
    options: [
      .init("runs", value: "N", "runs it N times"),
      .init("for", value: "TIME", "goes on for a time such as 5s; for 1s unless told"),
    ],
    summary: "runs code many times: median, spread and steps",
    discussion: "Objects that it makes take no ids, and what it changes is taken back at the end.",
    examples: [.init(":bench --runs 5 Math.sqrt(2)"), .init(":bench --for 20ms [3, 1, 2].sort()")])

  private static let mostRuns = 1_000_000
  private static let fewestRuns = 3

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let runs = try call.count("runs")
    var limit = runs == nil ? 1.0 : Double.infinity
    if let text = call.value("for") {
      guard let seconds = Quantity.seconds(text), seconds > 0 else {
        throw .usage("--for needs a time such as 5s, not \(text.prefix(40))")
      }
      limit = seconds
    }
    let mark = session.results.mark
    defer { session.takeBackExpression(mark) }
    guard let code = session.loadQuietly(call.argument) else { throw CommandError(status: .error, message: "") }
    var measurement = Measurement()
    let clock = Stopwatch()
    var status = ExitStatus.done
    session.machine.withoutTakingIDs {
      while measurement.times.count < min(runs ?? mostRuns, mostRuns) {
        let start = clock.seconds
        status = session.runQuietly(code)
        guard status == .done else { break }
        let end = clock.seconds
        measurement.times.append(end - start)
        measurement.steps = session.machine.stepsTaken
        if end > limit, measurement.times.count >= fewestRuns { break }
      }
    }
    session.heapChanged()
    guard !measurement.times.isEmpty else { throw CommandError(status: status, message: "") }
    measurement.finish()
    let isPartial = status != .done
    var answer = CommandAnswer(
      measurement.sentence(isPartial), "bench", options: session.options.rendering
    ) { [measurement] in measurement.write(&$0, isPartial) }
    answer.status = status
    return answer
  }
}

/// The times of many runs.
private struct Measurement {
  var times: [Double] = []
  var steps = 0

  mutating func finish() { times.sort() }

  private func quantile(_ share: Double) -> Double {
    times[min(Int((Double(times.count - 1) * share).rounded()), times.count - 1)]
  }

  func sentence(_ isPartial: Bool) -> String {
    let runs = Numbers.counted(UInt64(times.count), "run")
    return "median \(text(quantile(0.5)))   half between \(text(quantile(0.25))) and \(text(quantile(0.75)))   "
      + "all between \(text(times[0])) and \(text(times[times.count - 1]))   \(runs)"
      + "   \(Numbers.counted(UInt64(steps), "step")) each" + (isPartial ? "   (not complete)" : "")
  }

  private func text(_ seconds: Double) -> String { Numbers.fineDuration(seconds: seconds) }

  func write(_ writer: inout JSONWriter, _ isPartial: Bool) {
    writer.member("runs", times.count)
    writer.member("median", quantile(0.5))
    writer.member("lowerQuartile", quantile(0.25))
    writer.member("upperQuartile", quantile(0.75))
    writer.member("minimum", times[0])
    writer.member("maximum", times[times.count - 1])
    writer.member("steps", steps)
    if isPartial { writer.member("partial", true) }
  }
}

extension Numbers {
  /// A time down to hundredths of a microsecond.
  fileprivate static func fineDuration(seconds: Double) -> String {
    seconds < 0.001 ? fixed(seconds * 1e6, decimals: seconds < 1e-5 ? 2 : 0) + " us" : duration(seconds: seconds)
  }
}

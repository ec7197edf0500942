import CVMReport

/// What a session knows of who learns with it.
struct TeachingState {
  /// How `:view` draws.
  var form = PictureDrawing.Form.boxes
  /// A picture follows each statement.
  var drawsEachStep = false
  /// Objects whose change through another name was told.
  var toldMutations: Set<UInt64> = []
  /// Objects whose loss was told.
  var toldLosses: Set<UInt64> = []
  /// Kinds of events that were explained at length.
  var explainedEvents: Set<String> = []
  /// Questions come before results.
  var isPredicting = false
  var score = PredictionScore()
  /// Where questions come from.
  var random = SeededNumbers(seed: UInt64.random(in: .min ... .max))
  /// The lesson that is on.
  var lesson: LessonRun?
  /// The lessons that were gone through, and those that were begun.
  var progress = LessonProgress()
  /// What was typed and answered.
  var log = SessionLog()
  /// Why objects are out of reach, by id, as far as it was found out.
  var deaths = Deaths()

  /// Forgets what it knows of objects, whose ids now belong to others.
  mutating func forgetObjects() { (toldMutations, toldLosses, deaths, tooLarge) = ([], [], Deaths(), nil) }

  /// When the heap was found too large to be looked at around each statement, and how large it was.
  var tooLarge: (bytes: Int, statement: Int)?
  /// It was said that remarks rest.
  var isTooLargeTold = false

  /// Whether statements are looked at before and after.
  func watches(_ options: SessionOptions) -> Bool { options.mode == .teach || drawsEachStep || isPredicting }
}

extension Session {
  /// Runs a statement, says what there is to learn from it, and keeps its output for a transcript.
  func teach(around run: () -> ExitStatus, _ bytes: [UInt8]) -> ExitStatus {
    guard machine.history != nil else { return run() }
    let number = statementNumber
    let wasInLesson = isInLesson
    let text = String(decoding: bytes, as: UTF8.self)
    let (status, output) = console.recording { () -> ExitStatus in
      let status = watch(run, bytes)
      checkLesson(after: text, status)
      return status
    }
    // The last line of a lesson is no line of the session.
    if isInLesson || !wasInLesson { teaching.log.add(number, text, output) }
    return status
  }

  private func watch(_ run: () -> ExitStatus, _ bytes: [UInt8]) -> ExitStatus {
    guard machine.history != nil, waiting == nil, stopped == nil, teaching.watches(options) else { return run() }
    let before = pictureForRemarks()
    let firstID = machine.lastObjectID
    let asks = teaching.isPredicting && askForLine != nil && before != nil && teaching.lesson?.isBusy != true
    if asks { console.holdBack() }
    // What somebody had to see meanwhile is no question any more.
    defer { if asks { console.release() } }
    let status = run()
    guard status == .done, waiting == nil, stopped == nil, let before, let after = pictureForRemarks() else {
      return status
    }
    // What changed nothing needs no words.
    if after == before, !teaching.drawsEachStep, !asks { return status }
    let sentences = ReferenceSentences(from: before, to: after)
    let text = String(decoding: bytes.prefix(2000), as: UTF8.self)
    if asks, console.isHoldingBack {
      let made = Int(machine.lastObjectID - firstID)
      askPredictions(
        PredictionMaker(from: before, to: after, statement: text, madeCount: made).questions())
      console.release()
    }
    noteDeaths(sentences, at: statementNumber, text)
    if options.mode == .teach { sayEvents(sentences) }
    if teaching.drawsEachStep {
      write(viewText(after, sentences.difference, teaching.form))
    }
    return status
  }

  // MARK: Events

  private func sayEvents(_ sentences: ReferenceSentences) {
    var lines: [String] = []
    if let alias = sentences.aliases().first(where: { !toldAliases.contains($0.object) }) {
      toldAliases.insert(alias.object)
      lines.append(
        "\(alias.name) and \(alias.other) are ONE \(noun(alias.object)), #\(alias.object): what changes one changes "
          + "the other." + firstTime("alias", " (:view draws it)"))
    }
    if let mutation = sentences.sharedMutations().first(where: { !teaching.toldMutations.contains($0.object) }) {
      teaching.toldMutations.insert(mutation.object)
      toldAliases.insert(mutation.object)
      let names = ReferenceSentences.list(mutation.names)
      lines.append(
        "#\(mutation.object)\(mutation.slot) changed, and \(names) \(mutation.names.count == 2 ? "both" : "all") show it: they are ONE "
          + "\(noun(mutation.object))." + firstTime("mutation", " (:explain says more)"))
    }
    let lost = sentences.difference.lost.filter { !teaching.toldLosses.contains($0) }
    teaching.toldLosses.formUnion(lost)
    if let first = lost.first {
      let more = lost.count > 1 ? " With it \(lost.count - 1) more went out of reach." : ""
      lines.append(
        sentences.lossSentence(first) + more + firstTime("loss", " It is garbage: no program can use it again."))
    }
    for line in lines {
      for part in TextLayout.wrapped(TextLayout.printable(line, isASCII: options.isASCII), to: options.width) {
        write(ResultColors.note(part, options) + "\n")
      }
    }
  }

  private func noun(_ id: UInt64) -> String { picture()?.object(id)?.noun ?? "object" }

  private func firstTime(_ event: String, _ text: String) -> String {
    teaching.explainedEvents.insert(event).inserted ? text : ""
  }
}

/// Why objects are out of reach.
struct Deaths {
  struct Death {
    /// The statement that let it go: `[5] a = null`.
    var statement: String
    var number: Int
    /// It went with another, whose way in was lost.
    var isConsequence = false
    /// It never had a name.
    var wasUnnamed = false
    var sentence: String
    var remark: String
  }

  private(set) var byID: [UInt64: Death] = [:]

  mutating func note(_ id: UInt64, _ death: Death) { byID[id] = death }
  mutating func forget(_ id: UInt64) { byID[id] = nil }
}

extension Session {
  /// Keeps why objects went out of reach.
  func noteDeaths(_ sentences: ReferenceSentences, at number: Int, _ text: String) {
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    for id in sentences.difference.lost {
      teaching.deaths.note(
        id,
        Deaths.Death(
          statement: "[\(number)] \(line)", number: number, isConsequence: !sentences.isReleased(id),
          sentence: sentences.lossSentence(id),
          remark: "\(sentences.lossRemark(id)) [\(number)]"))
    }
  }

  /// How far back it is looked for the statement that let an object go.
  private static let searchedSteps = 40

  /// Finds out when and why the objects of a picture that nothing reaches got lost, going back step by step.
  func findDeaths(in picture: ReferencePicture) {
    var wanted = Set(picture.objects.filter { $0.life != .alive }.map(\.id))
    for id in picture.aliveIDs { teaching.deaths.forget(id) }
    wanted.subtract(teaching.deaths.byID.keys)
    guard !wanted.isEmpty, let history = machine.history else { return }
    let records = history.undoable.compactMap { $0 as? StatementRecord }
    var later = picture
    for step in 1...max(1, min(Self.searchedSteps, records.count)) where !wanted.isEmpty && step <= records.count {
      guard let earlier = atMoment(-step, { self.picture() }) else { return }
      let record = records[records.count - step]
      let alive = earlier.aliveIDs
      let found = wanted.filter { alive.contains($0) || earlier.object($0) == nil }
      if !found.isEmpty {
        let sentences = ReferenceSentences(from: earlier, to: later)
        for id in found {
          let wasAlive = alive.contains(id)
          teaching.deaths.note(
            id,
            Deaths.Death(
              statement: record.title, number: record.number, isConsequence: !sentences.isReleased(id),
              wasUnnamed: !wasAlive,
              sentence: wasAlive
                ? sentences.lossSentence(id)
                : "\(picture.object(id)?.heading ?? "#\(id)") never had a name: nothing of the program referred to it "
                  + "when its statement was done.",
              remark: wasAlive ? "\(sentences.lossRemark(id)) [\(record.number)]" : "unnamed [\(record.number)]"))
        }
        wanted.subtract(found)
      }
      later = earlier
    }
  }
}

import CVMReport
import CVMRuntime

/// A session as a document: what was typed, what was answered, and the heap after each statement.
struct TranscriptDocument {
  struct Step {
    /// The number of a statement; nil for a command.
    var number: Int?
    var text: String
    var output: String
    /// The heap after the statement, where it is known.
    var picture: ReferencePicture?
    var difference: PictureDifference?
    /// What the statement did, in words.
    var sentences: [String] = []

    var title: String {
      let lines = text.split(separator: "\n", maxSplits: 1)
      let first = lines.first.map(String.init) ?? ""
      return (number.map { "[\($0)] " } ?? "") + first + (lines.count > 1 ? " ..." : "")
    }
  }

  var title: String
  var steps: [Step]
  /// Steps in front that were given up for room.
  var missingCount: Int

  /// The heaps that the history still has, walked through once.
  init(_ session: Session, title: String) {
    self.title = title
    missingCount = session.teaching.log.forgottenCount
    let moments = session.moments()
    var last: ReferencePicture?
    steps = session.teaching.log.entries.map { entry in
      var step = Step(number: entry.number, text: entry.text, output: entry.output.withoutColors)
      guard let number = entry.number else { return step }
      if let moment = moments[number] {
        step.picture = moment.after
        if let before = moment.before, before.isWhole, let after = moment.after, after.isWhole {
          let sentences = ReferenceSentences(from: before, to: after)
          step.difference = sentences.difference
          step.sentences = sentences.all(limit: 6)
        }
        last = moment.after
      } else {
        step.picture = last
      }
      return step
    }
  }

  /// Whether there is something to draw.
  func draws(_ step: Step) -> Bool {
    guard let picture = step.picture else { return false }
    return step.number != nil && !(picture.variables.isEmpty && picture.objects.isEmpty)
  }

  // MARK: Text

  static let prompt = "cvm> "
  static let continuation = "...> "

  /// As it stood on the screen.
  var sessionText: String {
    steps.map { step in
      let lines = step.text.split(separator: "\n", omittingEmptySubsequences: false)
      let typed = lines.enumerated().map { ($0 == 0 ? Self.prompt : Self.continuation) + $1 + "\n" }.joined()
      let output = step.output
      return typed + output + (output.isEmpty || output.hasSuffix("\n") ? "" : "\n")
    }.joined()
  }

  /// As notes in Markdown, with the heap after each statement that changed it.
  func markdown(_ options: RenderOptions) -> String {
    var text = "# \(title)\n\n\(Self.notesMark)\n\n"
    if missingCount > 0 { text += "The first \(missingCount) steps are missing.\n\n" }
    for step in steps {
      let single = TranscriptDocument(title: "", steps: [step])
      text += Self.fenced(single.sessionText, "text")
      text += step.sentences.map { "- \(Self.plain($0))\n" }.joined()
      if !step.sentences.isEmpty { text += "\n" }
      if draws(step), let picture = step.picture, let difference = step.difference, !difference.isEmpty {
        text += Self.fenced(Self.drawing(picture, difference, options), Self.pictureLanguage)
      }
    }
    return text
  }

  /// Stands in notes that hold all sentences and drawings of their steps.
  static let notesMark = "<!-- written by :transcript -->"
  static let pictureLanguage = "picture"

  /// A picture in characters, as wide as a page, whatever the terminal is.
  static func drawing(
    _ picture: ReferencePicture, _ difference: PictureDifference, _ options: RenderOptions
  ) -> String {
    let options = RenderOptions(width: 80, isASCII: options.isASCII)
    return PictureDrawing(picture, difference: difference, options: options).lines(.boxes)
      .map { $0.text + "\n" }.joined()
  }

  private init(title: String, steps: [Step]) {
    (self.title, self.steps, missingCount) = (title, steps, 0)
  }

  /// A block that no line of the text ends.
  private static func fenced(_ text: String, _ language: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(text)\(fence)\n\n"
  }

  static func plain(_ text: String) -> String {
    text.map { "*_<`[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension Session {
  /// The heaps before and after each statement that can be undone, by its number.
  fileprivate func moments() -> [Int: (before: ReferencePicture?, after: ReferencePicture?)] {
    guard let history = machine.history else { return [:] }
    let records = history.undoable.compactMap { $0 as? StatementRecord }
    var result: [Int: (ReferencePicture?, ReferencePicture?)] = [:]
    var before = atMoment(-records.count) { picture() }
    var everAlive: Set<UInt64> = before?.aliveIDs ?? []
    for (index, record) in records.enumerated() {
      var after = atMoment(index + 1 - records.count) { picture() }
      everAlive.formUnion(after?.aliveIDs ?? [])
      // What only its own statement used is not drawn for ever.
      after?.objects.removeAll { object in
        object.life != .alive && !everAlive.contains(object.id) && maker(of: object.id)?.number != record.number
      }
      let first = result[record.number]
      result[record.number] = (first == nil ? before : first!.0, after)
      before = after
    }
    return result
  }
}

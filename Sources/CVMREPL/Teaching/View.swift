import CVMReport

/// `:view`: variables, objects and arrows, and what the last statement changed.
enum ViewCommand: Command {
  static let forms = PictureDrawing.Form.allCases.map(\.rawValue)

  static let spec = CommandSpec(
    name: "view", category: .teach, argument: "FORM", kind: .choice(forms + ["off"]), rule: .optional,
    options: [.init("each", "draws again after each statement; :view off ends that")],
    summary: "draws your variables, objects and arrows",
    discussion:
      "What the last statement changed is marked. boxes: names, boxes and arrows. inline: each variable with its whole value. flat: a line for each object. "
      + "Objects stand in the order in which they were made. Those out of reach stay, marked with x, until a "
      + "collection takes them, with the reason; what never had a name, until the next statement.",
    examples: [.init(":view", setup: ["let pts = [p, p]"]), .init(":view inline"), .init(":view flat --each")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":view")
    if call.argument == "off" {
      session.teaching.drawsEachStep = false
      return CommandAnswer("No drawing after each statement any more.", "view", options: session.options.rendering) {
        $0.member("each", false)
      }
    }
    if !call.argument.isEmpty {
      guard let form = PictureDrawing.Form(rawValue: call.argument) else {
        throw .usage(":view needs one of \((forms + ["off"]).joined(separator: ", "))")
      }
      session.teaching.form = form
    }
    if call.has("each") { session.teaching.drawsEachStep = true }
    guard let picture = session.picture() else {
      throw .usage("The heap is too large to be drawn: :heap shows it by class, :graph OBJECT a part of it.")
    }
    let difference = session.lastDifference(to: picture)
    let (text, json) = (
      session.viewText(picture, difference, session.teaching.form),
      PictureJSON.text(picture, difference, "view", session)
    )
    return CommandAnswer(text: { text }, json: { json })
  }
}

extension Session {
  /// What the newest statement did to the heap; nil when there is none, or the heap was too large.
  func lastDifference(to picture: ReferencePicture) -> PictureDifference? {
    guard let (before, record) = pictureBeforeLast(), before.isWhole, picture.isWhole,
      record.number == statementNumber || machine.history?.redoableCount ?? 0 > 0
    else { return nil }
    return PictureDifference(from: before, to: picture)
  }

  /// The picture as text with its legend, and why dead objects are dead.
  func viewText(
    _ picture: ReferencePicture, _ difference: PictureDifference?, _ form: PictureDrawing.Form
  ) -> String {
    findDeaths(in: picture)
    var picture = picture
    // What only its own statement used is not drawn for ever.
    picture.objects.removeAll { object in
      object.life != .alive
        && teaching.deaths.byID[object.id].map { $0.wasUnnamed && $0.number != statementNumber } ?? true
    }
    let dead = picture.objects.filter { $0.life != .alive }
    let deaths = dead.compactMap { object in teaching.deaths.byID[object.id].map { (object, $0) } }
    let remarks = Dictionary(
      deaths.map { ($0.0.id, $0.1.remark) }, uniquingKeysWith: { first, _ in first })
    let lines = PictureDrawing(picture, difference: difference, remarks: remarks, options: options.rendering).lines(
      form)
    var text = lines.map { coloured($0) + "\n" }.joined()
    var notes: [String] = []
    let legend = PictureDrawing.legend(lines)
    if !legend.isEmpty {
      notes.append(legend + (difference?.isEmpty == false ? "   (by [\(currentStatement)])" : ""))
    }
    let latest = deaths.sorted { a, b in
      (b.1.number, a.1.isConsequence ? 1 : 0, a.0.id) < (a.1.number, b.1.isConsequence ? 1 : 0, b.0.id)
    }
    for (object, death) in latest.prefix(3) {
      let prompt = object.life == .promptOnly ? " Only \(promptHolder(of: object.id, picture)) still shows it." : ""
      notes.append("\(death.sentence)\(prompt)   \(death.statement)")
    }
    if latest.count > 3 { notes.append("... and \(latest.count - 3) more, marked with x.") }
    if dead.contains(where: { $0.life == .promptOnly }) {
      notes.append(":gc --no-repl frees what only the prompt's results hold.")
    } else if !dead.isEmpty {
      notes.append(":gc frees what is out of reach.")
    }
    for note in notes {
      for line in TextLayout.wrapped(
        TextLayout.printable(note, isASCII: options.isASCII), to: options.width, indent: "  ")
      {
        text += ResultColors.note(line, options) + "\n"
      }
    }
    return text
  }

  private func promptHolder(of id: UInt64, _ picture: ReferencePicture) -> String {
    picture.promptNames.first { $0.content == .reference(id) }?.name ?? "the prompt"
  }

  func coloured(_ line: DrawnLine) -> String {
    guard options.usesColor, !line.text.isEmpty else { return line.text }
    switch line.emphasis {
    case .plain: return DrawingColors.text(line.text)
    case .changed: return "\u{1B}[1;33m\(line.text)\u{1B}[0m"
    case .dead: return ResultColors.note(line.text, options)
    }
  }
}

/// A picture for programs.
enum PictureJSON {
  static func text(
    _ picture: ReferencePicture, _ difference: PictureDifference?, _ command: String, _ session: Session
  ) -> String {
    JSONWriter.text(isASCII: session.options.isASCII) { writer in
      writer.report(command) { writer in
        write(picture, to: &writer)
        if let difference { write(difference, to: &writer) }
      }
    }
  }

  static func write(_ picture: ReferencePicture, to writer: inout JSONWriter) {
    writer.list("variables") { writer in
      for variable in picture.variables {
        writer.object { writer in
          writer.member("name", variable.name)
          write(variable.content, to: &writer)
        }
      }
    }
    writer.list("objects") { writer in
      for object in picture.objects {
        writer.object { writer in
          writer.member("id", object.id)
          writer.member("class", object.className)
          writer.member("alive", object.life == .alive)
          writer.list("slots") { writer in
            for slot in object.slots {
              writer.object { writer in
                writer.member("name", slot.name)
                write(slot.content, to: &writer)
              }
            }
          }
        }
      }
    }
    if picture.hiddenObjects > 0 { writer.member("hidden", picture.hiddenObjects) }
  }

  private static func write(_ content: ReferencePicture.Content, to writer: inout JSONWriter) {
    switch content {
    case .text(let text): writer.member("value", text)
    case .reference(let id): writer.member("to", id)
    }
  }

  static func write(_ difference: PictureDifference, to writer: inout JSONWriter) {
    writer.list("changed") { writer in
      for change in difference.changes {
        writer.object { writer in
          if let id = change.object { writer.member("object", id) }
          writer.member("name", change.name)
        }
      }
    }
    for (name, ids) in [("made", difference.made), ("lost", difference.lost), ("collected", difference.collected)] {
      writer.list(name) { writer in for id in ids { writer.integer(id) } }
    }
  }
}

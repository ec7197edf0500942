import CVMHeapGraph

/// Draws a small heap for beginners: names at the left, boxes in the middle, arrows between boxes at the right.
public struct HeapDrawing {
  /// A line of the drawing, before the arrows between boxes are added.
  private struct Row {
    var left = ""
    var text = ""
    /// The lane into which an arrow leaves here.
    var leaving: Int?
    /// The lane whose arrows end here.
    var arriving: Int?
    var remark = ""
    var emphasis = DrawnLine.Emphasis.plain
  }

  /// A vertical line that collects the arrows to one object.
  private struct Lane {
    var target: Int
    var first: Int
    var last: Int
    var place = 0
  }

  private static let slotLimit = 6
  private static let laneLimit = 4
  private static let remarkWidth = 22
  private static let usualLanePosition = 52

  private let scene: HeapScene
  private let options: RenderOptions

  public init(scene: HeapScene, options: RenderOptions = RenderOptions()) {
    self.scene = scene
    self.options = options
  }

  /// The whole answer of `:heap`: the count, the drawing, and what it teaches.
  public func text(next suggestions: [String]? = nil, style: (DrawnLine) -> String = { $0.text }) -> String {
    var lines = TextLayout.wrapped(countSentence(), to: options.width)
    if !scene.objects.isEmpty { lines += [""] + drawing().map(style) }
    let remarks = remarkLines()
    if !remarks.isEmpty { lines += [""] + remarks }
    let next = suggestions ?? suggestedCommands()
    if !next.isEmpty { lines += TextLayout.wrapped("Next: " + next.joined(separator: "   "), to: options.width) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The drawing and what it teaches, without the count of the whole heap.
  public func drawingText(heading: String, style: (DrawnLine) -> String = { $0.text }) -> String {
    let drawn = drawing()
    let legend = PictureDrawing.legend(drawn)
    let remarks = (legend.isEmpty ? [] : [legend]) + remarkLines()
    let lines = [heading, ""] + drawn.map(style) + (remarks.isEmpty ? [] : [""] + remarks)
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: Sentences

  private func countSentence() -> String {
    let builtIns = scene.builtInCount == 0 ? "" : " (\(Numbers.grouped(scene.builtInCount)) built in: :heap --all)"
    if scene.objectCount == 0 { return "No objects made by you yet." + builtIns }
    return "\(Numbers.counted(scene.objectCount, "object")) made by you, "
      + "\(Numbers.counted(scene.bytes, "byte"))." + builtIns
  }

  private func remarkLines() -> [String] {
    var sentences = Array(scene.aliasSentences().prefix(3))
    if !scene.unreachable.isEmpty {
      let shown = scene.unreachable.prefix(5).joined(separator: ", ")
      let more = scene.unreachable.count > 5 ? " and \(Numbers.grouped(UInt64(scene.unreachable.count - 5))) more" : ""
      sentences.append("Nothing holds \(shown)\(more): :gc frees \(scene.unreachable.count == 1 ? "it" : "them").")
    }
    let missing = Int(scene.objectCount) - scene.objects.count
    if missing > 0 {
      sentences.insert("... and \(Numbers.counted(UInt64(missing), "more object")).", at: 0)
    }
    return sentences.flatMap { TextLayout.wrapped(options.text($0), to: options.width) }
  }

  private func suggestedCommands() -> [String] {
    let most = scene.objects.indices.max { scene.incomingCount(of: $0) < scene.incomingCount(of: $1) }
    guard let most else { return [] }
    let number = scene.objects[most].heading.prefix { $0 != " " }.dropFirst()
    return [":refs \(number)"]
      + (scene.objects[most].names.first.map { [":show \(options.cut(options.text($0), to: 20))"] } ?? [])
  }

  // MARK: Drawing

  /// The picture itself: what changed and what is dead has a sign in the first column.
  func drawing() -> [DrawnLine] {
    let longest = scene.objects.flatMap(\.names).map { displayWidth(options.text($0)) }.max() ?? 0
    let nameWidth = min(max(16, longest + 5), 24, options.width / 2 - 2)
    for laneLimit in [Self.laneLimit, 0] where laneLimit == 0 || options.width >= 72 {
      var rows: [Row] = []
      var lanes: [Lane] = laneLimit == 0 ? [] : laneTargets().map { Lane(target: $0, first: .max, last: 0) }
      for position in scene.objects.indices { appendRows(of: position, &rows, lanes, nameWidth) }
      let laneCount = place(&lanes, rows)
      if laneCount <= laneLimit { return render(rows, lanes, laneCount, nameWidth) }
    }
    return []
  }

  private func laneTargets() -> [Int] {
    scene.objects.indices.filter { target in scene.objects.contains { $0.arrows.contains { $0.target == target } } }
  }

  private func appendRows(of position: Int, _ rows: inout [Row], _ lanes: [Lane], _ nameWidth: Int) {
    let object = scene.objects[position]
    let lane = lanes.firstIndex { $0.target == position }
    let start = rows.count
    var heading = Row(text: options.text(object.heading))
    heading.arriving = lane
    let count = scene.incomingCount(of: position)
    if lane != nil, count > 1 { heading.remark = "\(count) arrows end here" }
    if !object.marks.remark.isEmpty { heading.remark = object.marks.remark }
    let changed = object.marks.changed
    if object.marks.isDead {
      heading.emphasis = .dead
    } else if object.marks.isNew || object.primitives.contains(where: { changed.contains($0.name) })
      || (object.names.first.map(changed.contains) ?? false)
    {
      heading.emphasis = .changed
    }
    let indent = object.arrows.isEmpty ? 0 : min(displayWidth(heading.text), 18) + 1
    if object.arrows.isEmpty {
      if !object.preview.isEmpty { heading.text += " " + options.text(object.preview) }
    } else if !object.primitives.isEmpty {
      heading.text += " " + object.primitives.map { options.text("\($0.name) \($0.text)") }.joined(separator: ", ")
    }
    let slots = slotTexts(of: object, lanes)
    let sharesLine = lane == nil && object.primitives.isEmpty && !slots.isEmpty
    if sharesLine {
      heading.text += " " + slots[0].text
      heading.leaving = slots[0].lane
      if heading.emphasis == .plain { heading.emphasis = slots[0].emphasis }
    }
    rows.append(heading)
    let padding = String(repeating: " ", count: indent)
    for slot in slots.dropFirst(sharesLine ? 1 : 0) {
      rows.append(Row(text: padding + slot.text, leaving: slot.lane, emphasis: slot.emphasis))
    }
    attachNames(object.names, to: &rows, from: start, nameWidth, changed)
  }

  private struct SlotText {
    var text: String
    var lane: Int?
    var emphasis = DrawnLine.Emphasis.plain
  }

  private func slotTexts(of object: HeapScene.Object, _ lanes: [Lane]) -> [SlotText] {
    var slots = object.arrows.prefix(Self.slotLimit).map { arrow -> SlotText in
      let emphasis: DrawnLine.Emphasis =
        object.marks.isDead
        ? .dead : object.marks.isNew || object.marks.changed.contains(arrow.slot) ? .changed : .plain
      if let lane = lanes.firstIndex(where: { $0.target == arrow.target }) {
        return SlotText(text: options.text(arrow.slot), lane: lane, emphasis: emphasis)
      }
      let heading = scene.objects[arrow.target].heading.prefix { $0 != " " }
      return SlotText(text: "\(options.text(arrow.slot)) -> \(heading)", emphasis: emphasis)
    }
    let hidden = object.arrows.count - slots.count
    if hidden > 0 { slots.append(SlotText(text: "... \(Numbers.counted(UInt64(hidden), "more arrow"))")) }
    return slots
  }

  /// Puts the first name beside the heading, and the others below it, pointing up.
  private func attachNames(
    _ names: [String], to rows: inout [Row], from start: Int, _ width: Int, _ changed: Set<String>
  ) {
    for (index, name) in names.enumerated() {
      let label = options.cut(options.text(name), to: width - 5)
      let room = width - displayWidth(label) - 1
      if index == 0 {
        rows[start].left = label + " " + String(repeating: "-", count: room - 2) + "> "
        continue
      }
      if start + index == rows.count { rows.append(Row()) }
      rows[start + index].left = label + " " + String(repeating: "-", count: room)
      let text = rows[start + index].text
      rows[start + index].text = "^" + (text.hasPrefix(" ") ? String(text.dropFirst()) : text)
      if changed.contains(name) { rows[start + index].emphasis = .changed }
    }
  }

  /// Gives lanes that overlap different places, and returns how many places there are.
  private func place(_ lanes: inout [Lane], _ rows: [Row]) -> Int {
    for (index, row) in rows.enumerated() {
      for lane in [row.leaving, row.arriving].compactMap({ $0 }) {
        lanes[lane].first = min(lanes[lane].first, index)
        lanes[lane].last = max(lanes[lane].last, index)
      }
    }
    var ends: [Int] = []
    for index in lanes.indices.sorted(by: { (lanes[$0].first, $0) < (lanes[$1].first, $1) }) {
      if let free = ends.firstIndex(where: { $0 + 1 < lanes[index].first }) {
        lanes[index].place = free
        ends[free] = lanes[index].last
      } else {
        lanes[index].place = ends.count
        ends.append(lanes[index].last)
      }
    }
    return ends.count
  }

  private func render(_ rows: [Row], _ lanes: [Lane], _ laneCount: Int, _ nameWidth: Int) -> [DrawnLine] {
    let reserved = laneCount == 0 ? 0 : 2 * (laneCount - 1) + Self.remarkWidth
    let textLimit = options.width - 2 - nameWidth - (laneCount == 0 ? 0 : reserved + 3)
    let widest = rows.map { displayWidth($0.text) }.max() ?? 0
    let needed = 2 + nameWidth + min(widest, textLimit) + 3
    let firstLane = min(max(Self.usualLanePosition, needed), options.width - reserved)
    let heading = "  " + TextLayout.padded("names", to: nameWidth) + "objects"
    return [DrawnLine(heading)]
      + rows.enumerated().map { index, row in
        let text = options.cut(row.text, to: textLimit)
        let line = row.emphasis.sign + " " + TextLayout.padded(row.left, to: nameWidth) + text
        let tail = tail(of: row, at: index, lanes, laneCount, from: displayWidth(line), firstLane)
        return DrawnLine(TextLayout.withoutTrailingSpaces(line + tail), row.emphasis)
      }
  }

  /// The part of a line at the right of the boxes.
  private func tail(
    of row: Row, at index: Int, _ lanes: [Lane], _ laneCount: Int, from start: Int, _ firstLane: Int
  ) -> String {
    guard laneCount > 0 else { return "" }
    let end = firstLane + 2 * (laneCount - 1)
    var cells = [Character](repeating: " ", count: max(0, end + 1 - start))
    func put(_ character: Character, _ column: Int) {
      if column >= start, column <= end { cells[column - start] = character }
    }
    let own = row.leaving ?? row.arriving
    if let own {
      let stop = firstLane + 2 * lanes[own].place
      let begin = row.arriving == nil ? start + 1 : firstLane - 2
      for column in begin..<max(begin, stop) { put("-", column) }
      if row.arriving != nil { put("<", begin) }
      put("+", stop)
    }
    for (number, lane) in lanes.enumerated() where number != own && lane.first < index && index < lane.last {
      put("|", firstLane + 2 * lane.place)
    }
    var text = String(cells)
    if !row.remark.isEmpty { text += "  " + row.remark }
    return text
  }
}

/// A line of a drawing, and how it stands out.
public struct DrawnLine: Equatable, Sendable {
  public enum Emphasis: Sendable {
    case plain
    /// The last statement changed something here.
    case changed
    /// Nobody needs this any more.
    case dead

    /// What stands in the first column, for those who see no colours.
    var sign: String {
      switch self {
      case .plain: " "
      case .changed: "*"
      case .dead: "x"
      }
    }
  }

  public var text: String
  public var emphasis: Emphasis

  public init(_ text: String, _ emphasis: Emphasis = .plain) {
    self.text = text
    self.emphasis = emphasis
  }
}

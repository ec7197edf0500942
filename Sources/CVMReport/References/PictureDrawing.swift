/// Draws a picture in characters.
public struct PictureDrawing {
  public enum Form: String, CaseIterable, Sendable {
    /// Each variable with its whole value; what was there before is only named.
    case inline
    /// Names, boxes and arrows.
    case boxes
    /// Variables, then objects, a line each.
    case flat
  }

  private static let boxLimit = 14
  private static let inlineDepth = 6

  private let picture: ReferencePicture
  /// What the last statement did, which is marked.
  private let difference: PictureDifference?
  /// Why objects died, in a few words.
  private let remarks: [UInt64: String]
  private let options: RenderOptions

  public init(
    _ picture: ReferencePicture, difference: PictureDifference? = nil, remarks: [UInt64: String] = [:],
    options: RenderOptions = RenderOptions()
  ) {
    self.picture = picture
    self.difference = difference
    self.remarks = remarks
    self.options = options
  }

  public func lines(_ form: Form) -> [DrawnLine] {
    let lines =
      switch form {
      case .boxes: boxes()
      case .inline: inlineLines()
      case .flat: flatLines()
      }
    return lines.isEmpty ? [DrawnLine("  Nothing yet: no variables, no objects.")] : lines
  }

  /// What the signs in the first column mean, as far as they are used.
  public static func legend(_ lines: [DrawnLine]) -> String {
    var parts: [String] = []
    if lines.contains(where: { $0.emphasis == .changed }) { parts.append("* new or changed") }
    if lines.contains(where: { $0.emphasis == .dead }) { parts.append("x out of reach") }
    return parts.joined(separator: "   ")
  }

  // MARK: Parts

  private func isChanged(_ variable: ReferencePicture.Variable) -> Bool {
    difference?.changes.contains { $0.object == nil && $0.name == variable.name } ?? false
  }

  private func isNew(_ id: UInt64) -> Bool { difference?.made.contains(id) ?? false }

  private func changedSlots(_ id: UInt64) -> Set<String> { difference?.changedSlots(of: id) ?? [] }

  private func emphasis(_ object: ReferencePicture.Object) -> DrawnLine.Emphasis {
    if object.life != .alive { return .dead }
    return isNew(object.id) || !changedSlots(object.id).isEmpty ? .changed : .plain
  }

  private func line(_ text: String, _ emphasis: DrawnLine.Emphasis = .plain) -> DrawnLine {
    let whole = emphasis.sign + " " + options.text(text)
    return DrawnLine(TextLayout.withoutTrailingSpaces(options.cut(whole, to: options.width)), emphasis)
  }

  /// Objects that a drawing has room for: those that the program reaches, before those that nobody does.
  private func shown(limit: Int) -> [ReferencePicture.Object] {
    if picture.objects.count <= limit { return picture.objects }
    let touched = Set(difference?.changes.compactMap(\.object) ?? [])
    let ranked = picture.objects.enumerated().sorted { a, b in
      func rank(_ object: ReferencePicture.Object) -> Int {
        if isNew(object.id) || touched.contains(object.id) { return 0 }
        return object.life == .alive ? 1 : 2
      }
      return (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }
    return ranked.prefix(limit).map(\.element).sorted { $0.id < $1.id }
  }

  private func remainder(_ count: Int) -> [DrawnLine] {
    let missing = picture.objects.count + picture.hiddenObjects - count
    return missing > 0 ? [line("... and \(Numbers.counted(UInt64(missing), "more object")): :heap lists them")] : []
  }

  // MARK: Boxes

  private func boxes() -> [DrawnLine] {
    let objects = shown(limit: Self.boxLimit)
    var lines = valueLines(shown: Set(objects.map(\.id)))
    guard !objects.isEmpty else { return lines }
    if !lines.isEmpty { lines.append(DrawnLine("")) }
    let positions = Dictionary(uniqueKeysWithValues: objects.enumerated().map { ($1.id, $0) })
    let expressions = picture.expressions()
    let scene = HeapScene(
      objects: objects.map { sceneObject($0, positions, expressions) }, objectCount: picture.objects.count)
    return lines + HeapDrawing(scene: scene, options: options).drawing() + remainder(objects.count)
  }

  /// Variables without an arrow into the drawing: their value stands in the variable itself.
  private func valueLines(shown: Set<UInt64>) -> [DrawnLine] {
    let values = picture.variables.filter { $0.content.target.map { !shown.contains($0) } ?? true }
    var lines: [DrawnLine] = []
    var row = ""
    func finish(_ emphasis: DrawnLine.Emphasis = .plain) {
      if !row.isEmpty { lines.append(line(row, emphasis)) }
      row = ""
    }
    for variable in values {
      let text = "\(variable.name) = \(self.text(variable.content))"
      let cut = TextLayout.ellipsized(text, to: options.width - 4, isASCII: options.isASCII)
      if isChanged(variable) {
        finish()
        row = cut
        finish(.changed)
        continue
      }
      if !row.isEmpty, displayWidth(row) + displayWidth(cut) + 5 > options.width { finish() }
      row += (row.isEmpty ? "" : "   ") + cut
    }
    finish()
    return lines
  }

  private func sceneObject(
    _ object: ReferencePicture.Object, _ positions: [UInt64: Int], _ expressions: [UInt64: String]
  ) -> HeapScene.Object {
    let target = ReferencePicture.Content.reference(object.id)
    let variables = picture.variables.filter { $0.content == target }.map(\.name)
    var names = variables
    if names.isEmpty, object.life == .promptOnly {
      names = picture.promptNames.filter { $0.content == target && $0.name.hasPrefix("$") }.prefix(1).map(\.name)
    }
    let arrows = object.slots.compactMap { slot -> HeapScene.Arrow? in
      guard let id = slot.content.target, let position = positions[id] else { return nil }
      return HeapScene.Arrow(slot: slot.name, target: position, isExpression: slot.isExpression)
    }
    let primitives = object.slots.compactMap { slot -> ObjectTexts.PrimitiveSlot? in
      guard slot.content.target.map({ positions[$0] == nil }) ?? true else { return nil }
      return ObjectTexts.PrimitiveSlot(slot.name, text(slot.content))
    }
    var result = HeapScene.Object(
      node: 0, heading: object.heading, noun: object.noun, names: names,
      preview: object.slots.isEmpty ? object.preview : text(of: object), primitives: primitives, arrows: arrows,
      expression: expressions[object.id])
    let changed = changedSlots(object.id)
    result.marks.changed = changed.union(
      variables.filter { name in
        difference?.changes.contains { $0.object == nil && $0.name == name } ?? false
      })
    // What stands in the heading changes with it; arrows have lines of their own.
    result.marks.isNew =
      isNew(object.id) || (arrows.isEmpty && !changed.isEmpty)
      || (!changed.isEmpty && changed.isDisjoint(with: object.slots.map(\.name)))
    result.marks.isDead = object.life != .alive
    result.marks.remark = remarks[object.id] ?? ""
    return result
  }

  // MARK: Texts

  private func text(_ content: ReferencePicture.Content) -> String {
    switch content {
    case .text(let text): text
    case .reference(let id): "#\(id)"
    }
  }

  /// `{x: 1, next: #2}`
  private func text(of object: ReferencePicture.Object) -> String {
    body(object) { self.text($0) }
  }

  private func body(
    _ object: ReferencePicture.Object, _ content: (ReferencePicture.Content) -> String
  ) -> String {
    let isArray = object.noun == "array"
    var parts = object.slots.prefix(12).map { slot -> String in
      if isArray, slot.name.hasPrefix("[") { return content(slot.content) }
      let name = slot.name.hasPrefix(".") ? String(slot.name.dropFirst()) : slot.name
      return "\(name): \(content(slot.content))"
    }
    if object.slots.count > 12 || object.hiddenSlots > 0 { parts.append("...") }
    return (isArray ? "[" : "{") + parts.joined(separator: ", ") + (isArray ? "]" : "}")
  }

  // MARK: Inline

  private func inlineLines() -> [DrawnLine] {
    var seen: Set<UInt64> = []
    let width = min(picture.variables.map { displayWidth($0.name) }.max() ?? 0, 20)
    var lines = picture.variables.flatMap { variable -> [DrawnLine] in
      let name = TextLayout.padded(options.cut(options.text(variable.name), to: 20), to: width)
      let isTouched = isChanged(variable) || touches(variable.content, [])
      let text = "\(name) = " + nested(variable.content, &seen, 0)
      let wrapped = TextLayout.wrapped(options.text(text), to: options.width - 2, indent: "    ")
      return wrapped.prefix(6).map { line($0, isTouched ? .changed : .plain) }
        + (wrapped.count > 6 ? [line("    ... :show \(variable.name) --all")] : [])
    }
    for object in picture.objects.filter({ $0.life != .alive }).prefix(8) {
      let remark = remarks[object.id].map { "  (\($0))" } ?? ""
      lines.append(line("\(object.heading) \(text(of: object))\(remark)", .dead))
    }
    return lines
  }

  private func nested(_ content: ReferencePicture.Content, _ seen: inout Set<UInt64>, _ depth: Int) -> String {
    guard case .reference(let id) = content, let object = picture.object(id) else { return text(content) }
    guard seen.insert(id).inserted else { return "#\(id) (the same object)" }
    if object.noun == "function" && object.slots.allSatisfy({ !$0.name.hasPrefix("`") }) { return object.heading }
    guard depth < Self.inlineDepth else { return "#\(id) ..." }
    var known = seen
    let label = object.className == "Object" || object.className == "Array" ? "#\(id)" : object.heading
    let text = body(object) { nested($0, &known, depth + 1) }
    seen = known
    return "\(label) \(text)"
  }

  /// Whether something that a value shows was changed.
  private func touches(_ content: ReferencePicture.Content, _ path: Set<UInt64>) -> Bool {
    guard case .reference(let id) = content, !path.contains(id), path.count < Self.inlineDepth,
      let object = picture.object(id), let difference
    else { return false }
    if difference.changes.contains(where: { $0.object == id }) { return true }
    return object.slots.contains { touches($0.content, path.union([id])) }
  }

  // MARK: Flat

  private func flatLines() -> [DrawnLine] {
    let width = min(picture.variables.map { displayWidth($0.name) }.max() ?? 0, 20)
    var lines = picture.variables.map { variable -> DrawnLine in
      let name = TextLayout.padded(options.cut(options.text(variable.name), to: 20), to: width)
      let sign = variable.content.target == nil ? "=" : "->"
      return line(
        "\(name) \(TextLayout.padded(sign, to: 2)) \(text(variable.content))", isChanged(variable) ? .changed : .plain)
    }
    if !lines.isEmpty, !picture.objects.isEmpty { lines.append(DrawnLine("")) }
    let objects = shown(limit: 40)
    let headings = min(objects.map { displayWidth($0.heading) }.max() ?? 0, 24)
    for object in objects {
      let remark = remarks[object.id].map { "  (\($0))" } ?? ""
      let content = object.slots.isEmpty ? object.preview : text(of: object)
      let heading = TextLayout.padded(options.cut(object.heading, to: 24), to: headings)
      lines.append(line("\(heading)  \(content)\(remark)", emphasis(object)))
    }
    return lines + remainder(objects.count)
  }
}

/// Draws a picture as SVG, whose colours come from the page around it.
public struct PictureSVG {
  private let picture: ReferencePicture
  private let difference: PictureDifference?
  private let layout: PictureLayout
  /// What makes ids unique in a page.
  private let name: String

  public init(
    _ picture: ReferencePicture, difference: PictureDifference?, layout: PictureLayout, name: String
  ) {
    self.picture = picture
    self.difference = difference
    self.layout = layout
    self.name = name
  }

  /// The element, with a title and a description for those who do not see it.
  public func element(title: String, description: String) -> String {
    var parts = [
      "<svg viewBox=\"0 0 \(layout.width) \(height)\" role=\"img\" aria-labelledby=\"\(name)-t \(name)-d\" "
        + "style=\"max-width:\(layout.width)px\">",
      "<title id=\"\(name)-t\">\(Markup.escaped(title))</title>",
      "<desc id=\"\(name)-d\">\(Markup.escaped(description))</desc>",
      "<defs>" + ["plain", "changed", "dead"].map(marker).joined() + "</defs>",
    ]
    parts += picture.objects.compactMap(object)
    parts += picture.variables.compactMap(variable)
    parts += arrows()
    parts.append("</svg>")
    return parts.joined(separator: "\n")
  }

  /// The lower end of what is there; places and scale are those of all pictures.
  private var height: Int {
    let boxes =
      picture.objects.compactMap { layout.objects[$0.id] } + picture.variables.compactMap { layout.variables[$0.name] }
    return (boxes.map { $0.y + $0.height }.max() ?? 20) + 12
  }

  private func marker(_ kind: String) -> String {
    "<marker id=\"\(name)-\(kind)\" class=\"head \(kind)\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"10\" "
      + "markerHeight=\"10\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10z\"/></marker>"
  }

  // MARK: Boxes

  private func isChanged(_ object: UInt64?, _ slot: String) -> Bool {
    guard let difference else { return false }
    if let object, difference.made.contains(object) { return true }
    return difference.changes.contains { $0.object == object && $0.name == slot }
  }

  private func variable(_ variable: ReferencePicture.Variable) -> String? {
    guard let box = layout.variables[variable.name] else { return nil }
    let kind = isChanged(nil, variable.name) ? " changed" : ""
    let half = 100
    var text = "<g class=\"variable\(kind)\">"
    text += Self.text(box.x + half - 8, box.y + 19, Self.cut(variable.name, 11), anchor: "end", kind: "name")
    text += Self.rect(box.x + half, box.y, box.width - half, box.height)
    switch variable.content {
    case .text(let value): text += Self.text(box.x + half + 8, box.y + 19, Self.cut(value, 11), kind: "value")
    case .reference(let id):
      if layout.objects[id] == nil {
        text += Self.text(box.x + half + 8, box.y + 19, "#\(id)", kind: "value")
      } else {
        text += Self.dot(box.x + box.width - 12, box.y + box.height / 2)
      }
    }
    if variable.isConstant {
      text += Self.text(box.x + half + 8, box.y + 19, variable.content.target == nil ? "" : "const", kind: "note")
    }
    return text + "</g>"
  }

  private func object(_ object: ReferencePicture.Object) -> String? {
    guard let box = layout.objects[object.id] else { return nil }
    let isNew = difference?.made.contains(object.id) ?? false
    let kind = object.life != .alive ? " dead" : isNew ? " changed" : ""
    let rows = PictureLayout.rowCount(object)
    let height = PictureLayout.headingHeight + rows * PictureLayout.slotHeight + 6
    var text = "<g class=\"object\(kind)\">" + Self.rect(box.x, box.y, box.width, height)
    text += Self.text(box.x + 8, box.y + 17, Self.cut(object.heading, object.life == .alive ? 25 : 12), kind: "heading")
    if object.life != .alive {
      text += Self.text(box.x + box.width - 8, box.y + 17, "out of reach", anchor: "end", kind: "note")
    }
    if object.slots.isEmpty, !object.preview.isEmpty {
      text += Self.text(box.x + 8, rowBase(box, 0), Self.cut(object.preview, 25), kind: "value")
    }
    for (index, slot) in object.slots.prefix(PictureLayout.slotLimit).enumerated() {
      let y = rowBase(box, index)
      let changed = isChanged(object.id, slot.name) ? " changed" : ""
      text += "<g class=\"slot\(changed)\">" + Self.text(box.x + 8, y, Self.cut(slot.name, 11), kind: "key")
      switch slot.content {
      case .text(let value): text += Self.text(box.x + 100, y, Self.cut(value, 13), kind: "value")
      case .reference(let id):
        text +=
          layout.objects[id] == nil
          ? Self.text(box.x + 100, y, "#\(id)", kind: "value") : Self.dot(start(box, toward: id), y - 5)
      }
      text += "</g>"
    }
    let hidden = object.slots.count - PictureLayout.slotLimit + object.hiddenSlots
    if object.slots.count > PictureLayout.slotLimit || object.hiddenSlots > 0 {
      text += Self.text(box.x + 8, rowBase(box, PictureLayout.slotLimit), "... \(max(hidden, 1)) more", kind: "note")
    }
    return text + "</g>"
  }

  private func rowBase(_ box: PictureLayout.Box, _ row: Int) -> Int {
    box.y + PictureLayout.headingHeight + row * PictureLayout.slotHeight + 15
  }

  // MARK: Arrows

  private func arrows() -> [String] {
    var result: [String] = []
    for variable in picture.variables {
      guard let id = variable.content.target, let box = layout.variables[variable.name], let target = layout.objects[id]
      else { continue }
      let kind = isChanged(nil, variable.name) ? "changed" : "plain"
      result.append(
        arrow(box.x + box.width - 12, box.y + box.height / 2, box, to: target, kind))
    }
    for object in picture.objects {
      guard let box = layout.objects[object.id] else { continue }
      for (index, slot) in object.slots.prefix(PictureLayout.slotLimit).enumerated() {
        guard let id = slot.content.target, let target = layout.objects[id] else { continue }
        let kind = object.life != .alive ? "dead" : isChanged(object.id, slot.name) ? "changed" : "plain"
        result.append(arrow(start(box, toward: id), rowBase(box, index) - 5, box, to: target, kind))
      }
    }
    return result
  }

  /// Where an arrow leaves a box: at the left when it goes back.
  private func start(_ box: PictureLayout.Box, toward id: UInt64) -> Int {
    layout.objects[id].map { $0.x < box.x } ?? false ? box.x : box.x + box.width - 12
  }

  /// From a dot of a box to another box: to its left side when that lies ahead, else around to its right.
  private func arrow(
    _ x: Int, _ y: Int, _ source: PictureLayout.Box, to target: PictureLayout.Box, _ kind: String
  ) -> String {
    let arrival = target.y + PictureLayout.headingHeight / 2
    let path: String
    if target.x > source.x {
      let bend = max((target.x - x) / 2, 30)
      path = "M\(x) \(y)C\(x + bend) \(y) \(target.x - bend) \(arrival) \(target.x) \(arrival)"
    } else if target.x < source.x {
      let end = target.x + target.width
      let bend = max((x - end) / 2, 30)
      path = "M\(x) \(y)C\(x - bend) \(y) \(end + bend) \(arrival) \(end) \(arrival)"
    } else {
      let end = target.x + target.width
      let bend = 44
      path = "M\(x) \(y)C\(x + bend) \(y) \(end + bend) \(arrival) \(end) \(arrival)"
    }
    return "<path class=\"arrow \(kind)\" d=\"\(path)\" marker-end=\"url(#\(name)-\(kind))\"/>"
  }

  // MARK: Elements

  private static func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"5\"/>"
  }

  private static func dot(_ x: Int, _ y: Int) -> String { "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>" }

  private static func text(_ x: Int, _ y: Int, _ text: String, anchor: String = "start", kind: String) -> String {
    if text.isEmpty { return "" }
    let side = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    return "<text x=\"\(x)\" y=\"\(y)\" class=\"\(kind)\"\(side)>\(Markup.escaped(TextLayout.printable(text)))</text>"
  }

  private static func cut(_ text: String, _ width: Int) -> String { TextLayout.ellipsized(text, to: width) }
}

/// Text in pages.
public enum Markup {
  /// A text that is no markup, whatever is in it.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        // No page may hold the other control characters.
        if scalar.value >= 0x20, scalar.value != 0x7F, !(0x80...0x9F).contains(scalar.value) {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// What `escaped` made a text of.
  public static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}

import CVMHeapGraph

/// Draws a picture of a heap as one SVG file: from left to right who keeps what alive, with all other references.
public struct SVGRenderer: Sendable {
  public var title: String

  public init(title: String) { self.title = title }

  private static let boxWidth = 210.0
  private static let boxHeight = 38.0
  private static let columnWidth = 300.0
  private static let rowHeight = 58.0
  private static let top = 64.0
  private static let margin = 24.0

  private struct Place {
    var x: Double
    var y: Double
  }

  /// The whole file.
  public func render(_ picture: HeapPicture) -> String {
    let places = places(picture)
    let width = (places.map(\.x).max() ?? 0) + Self.boxWidth + Self.margin
    let height = (places.map(\.y).max() ?? Self.top) + Self.boxHeight + Self.margin
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(height))" \
      viewBox="0 0 \(Int(width)) \(Int(height))" font-family="system-ui, sans-serif" font-size="12">
      <title>\(Markup.escaped(title))</title>
      <style>\(Self.style)</style>
      <rect class="page" width="100%" height="100%" fill="#ffffff"/>
      <text class="head" x="\(Int(Self.margin))" y="24" font-size="15" font-weight="600">\(Markup.escaped(title))</text>
      <text class="note" x="\(Int(Self.margin))" y="43" fill="#666666">\(Markup.escaped(Self.caption(picture)))</text>

      """
    for (number, box) in picture.boxes.enumerated() {
      if let parent = box.parent { text += branch(places[parent], places[number], box) }
    }
    for arrow in picture.arrows { text += self.arrow(places[arrow.from], places[arrow.to], arrow, picture) }
    for (number, box) in picture.boxes.enumerated() { text += self.box(box, places[number], picture) }
    return text + "</svg>\n"
  }

  static func caption(_ picture: HeapPicture) -> String {
    "\(Numbers.grouped(UInt64(picture.objectCount))) of \(Numbers.counted(UInt64(picture.heapObjects), "object")), "
      + "\(ByteCount.text(picture.bytes)). "
      + (picture.isOfProgram ? "Only the program's, not Node's own. " : "")
      + (picture.isOfReferences
        ? "An object refers to what stands to its right; "
        : "What stands to the right of an object lives only because of it; ")
      + "curves are other references; the bar is its part of the heap."
  }

  /// Places parents in the middle of their children; the children of a box stand in one column.
  private func places(_ picture: HeapPicture) -> [Place] {
    var children = [[Int]](repeating: [], count: picture.boxes.count)
    var tops: [Int] = []
    var levels = [Int](repeating: 0, count: picture.boxes.count)
    for (number, box) in picture.boxes.enumerated() {
      if let parent = box.parent {
        children[parent].append(number)
        levels[number] = levels[parent] + 1
      } else {
        tops.append(number)
      }
    }
    var order: [Int] = []
    var pending = Array(tops.reversed())
    while let next = pending.popLast() {
      order.append(next)
      pending += children[next].reversed()
    }
    var places = [Place](repeating: Place(x: 0, y: 0), count: picture.boxes.count)
    var row = Self.top
    for number in order {
      places[number].x = Self.margin + Double(levels[number]) * Self.columnWidth
      guard children[number].isEmpty else { continue }
      places[number].y = row
      row += Self.rowHeight
    }
    for number in order.reversed() {
      if let first = children[number].first, let last = children[number].last {
        places[number].y = (places[first].y + places[last].y) / 2
      }
    }
    return places
  }

  // MARK: Pieces

  private func box(_ box: HeapPicture.Box, _ place: Place, _ picture: HeapPicture) -> String {
    let hue = PictureMarkup.hue(box.className)
    let (x, y) = (PictureMarkup.number(place.x), PictureMarkup.number(place.y))
    let share = picture.bytes == 0 ? 0 : min(Double(box.retained) / Double(picture.bytes), 1)
    var text =
      "<g class=\"box\(box.isFolded ? " folded" : "")\" style=\"--h:\(hue)\" transform=\"translate(\(x) \(y))\">"
    text += "<title>\(Markup.escaped(tip(box)))</title>"
    if !box.names.isEmpty {
      text +=
        "<text class=\"name\" x=\"2\" y=\"-4\" font-size=\"11\" font-weight=\"600\">"
        + "\(Markup.escaped(PictureMarkup.fitted(box.names.joined(separator: ", "), to: Self.boxWidth - 4, size: 11.7)))</text>"
    }
    text +=
      "<rect class=\"body\" width=\"\(Int(Self.boxWidth))\" height=\"\(Int(Self.boxHeight))\" rx=\"5\" "
      + "fill=\"#f2f4f8\" stroke=\"#8a94a6\"\(box.isFolded ? " stroke-dasharray=\"4 3\"" : "")/>"
    if share > 0.004 {
      text +=
        "<rect class=\"bar\" x=\"3\" y=\"\(Int(Self.boxHeight) - 5)\" height=\"3\" rx=\"1\" fill=\"#5a6b8c\" "
        + "width=\"\(PictureMarkup.number(max((Self.boxWidth - 6) * share, 1)))\"/>"
    }
    text +=
      "<text class=\"title\" x=\"8\" y=\"15\" font-weight=\"600\">"
      + "\(Markup.escaped(PictureMarkup.fitted(box.title, to: Self.boxWidth - 14, size: 12.8)))</text>"
    let figures = ByteCount.text(box.retained) + (box.detail.isEmpty ? "" : "  \(box.detail)")
    text +=
      "<text class=\"note\" x=\"8\" y=\"29\" font-size=\"10.5\" fill=\"#666666\">"
      + "\(Markup.escaped(PictureMarkup.fitted(figures, to: Self.boxWidth - 14, size: 10.5)))</text></g>\n"
    return text
  }

  private func tip(_ box: HeapPicture.Box) -> String {
    var lines = [box.title]
    if !box.detail.isEmpty { lines.append(box.detail) }
    lines.append("keeps \(ByteCount.text(box.retained)), \(Numbers.counted(UInt64(box.objects), "object"))")
    if !box.isFolded { lines.append("itself \(ByteCount.text(box.shallow))") }
    if !box.names.isEmpty { lines.append("held by \(box.names.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }

  private func branch(_ from: Place, _ to: Place, _ box: HeapPicture.Box) -> String {
    let (x, y) = (from.x + Self.boxWidth, from.y + Self.boxHeight / 2)
    let (endX, endY) = (to.x, to.y + Self.boxHeight / 2)
    let middle = x + 22
    let isDirect = !box.link.isEmpty || box.isFolded
    var text =
      "<path class=\"branch\" d=\"M\(PictureMarkup.number(x)) \(PictureMarkup.number(y))"
      + "C\(PictureMarkup.number(middle)) \(PictureMarkup.number(y)) \(PictureMarkup.number(middle - 12)) \(PictureMarkup.number(endY)) "
      + "\(PictureMarkup.number(x + 34)) \(PictureMarkup.number(endY))H\(PictureMarkup.number(endX))\" fill=\"none\" stroke=\"#8a94a6\""
      + "\(isDirect ? "" : " stroke-dasharray=\"2 3\"")/>\n"
    if !box.link.isEmpty {
      text +=
        "<text class=\"link\" x=\"\(PictureMarkup.number(endX - 4))\" y=\"\(PictureMarkup.number(endY - 3))\" text-anchor=\"end\" "
        + "font-size=\"10\" fill=\"#666666\">\(Markup.escaped(TextLayout.ellipsized(box.link, to: 12)))</text>\n"
    }
    return text
  }

  private func arrow(_ from: Place, _ to: Place, _ arrow: HeapPicture.Arrow, _ picture: HeapPicture) -> String {
    let (x, y) = (from.x + Self.boxWidth, from.y + Self.boxHeight * 0.75)
    let (endX, endY) = (to.x + Self.boxWidth, to.y + Self.boxHeight * 0.75)
    let bend = max(x, endX) + 26
    let label = "\(picture.boxes[arrow.from].title)\(arrow.label) is \(picture.boxes[arrow.to].title)"
    return
      "<path class=\"arrow\" d=\"M\(PictureMarkup.number(x)) \(PictureMarkup.number(y))C\(PictureMarkup.number(bend)) \(PictureMarkup.number(y)) "
      + "\(PictureMarkup.number(bend)) \(PictureMarkup.number(endY)) \(PictureMarkup.number(endX + 5)) \(PictureMarkup.number(endY))\" fill=\"none\" "
      + "stroke=\"#c2702d\" stroke-opacity=\"0.55\"><title>\(Markup.escaped(label))</title></path>"
      + "<path class=\"head\" d=\"M\(PictureMarkup.number(endX + 1)) \(PictureMarkup.number(endY))l6 -3v6z\" fill=\"#c2702d\"/>\n"
  }

  private static let style = """
    .page{fill:#fff}.head,.title{fill:#1d2433}.note,.link{fill:#5f6878}.name{fill:#0b5cad}
    .body{fill:hsl(var(--h) 60% 94%);stroke:hsl(var(--h) 35% 62%)}.bar{fill:hsl(var(--h) 55% 48%)}
    .box:hover .body{stroke-width:2}.arrow:hover{stroke-opacity:1;stroke-width:2}
    @media(prefers-color-scheme:dark){.page{fill:#14181f}svg .head,.title{fill:#e6eaf2}.note,.link{fill:#9aa4b5}
    .name{fill:#7ab8ff}.body{fill:hsl(var(--h) 28% 20%);stroke:hsl(var(--h) 30% 45%)}
    .bar{fill:hsl(var(--h) 55% 60%)}.branch{stroke:#5d6778}path.head{fill:#e0914f}.arrow{stroke:#e0914f}}
    """
}

/// Figures in pictures.
enum PictureMarkup {
  /// A coordinate with at most one digit behind the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// As much of a text as fits into a width, with the letters of the wider ones of the usual fonts without serifs.
  static func fitted(_ text: String, to width: Double, size: Double) -> String {
    let available = width / size
    var used = 0.0
    var room = text.endIndex
    var index = text.startIndex
    while index < text.endIndex {
      // Where there is no room left for the sign, the text would be cut.
      if used <= available - 1 { room = index }
      used += advance(text[index])
      if used > available { return String(text[..<room]) + "…" }
      index = text.index(after: index)
    }
    return text
  }

  /// The width of a character, of the letters' size.
  private static func advance(_ character: Character) -> Double {
    guard let ascii = character.asciiValue else { return Double(displayWidth(character)) * 0.7 + 0.1 }
    switch ascii {
    case UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "M"), UInt8(ascii: "W"), UInt8(ascii: "@"),
      UInt8(ascii: "%"):
      return 1
    case UInt8(ascii: "i"), UInt8(ascii: "j"), UInt8(ascii: "l"), UInt8(ascii: "I"), UInt8(ascii: "."),
      UInt8(ascii: ","),
      UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "'"), UInt8(ascii: " "), UInt8(ascii: "|"), UInt8(ascii: "!"):
      return 0.36
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "="): return 0.8
    case UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\""):
      return 0.5
    default: return 0.66
    }
  }

  /// A colour for a class, the same in every picture.
  static func hue(_ className: String) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in className.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((hash >> 8) % 360)
  }
}

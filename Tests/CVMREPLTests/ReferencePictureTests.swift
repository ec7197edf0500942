import CVMTestSupport
import Testing

@testable import CVMREPL
@testable import CVMReport

/// What pictures say is what the heap is, over random programs.
@Suite struct ReferencePictureTests {
  // MARK: Programs

  private static let names = ["a", "b", "c", "d", "e"]

  /// A statement that moves references about.
  private func statement(_ numbers: inout SeededGenerator) -> String {
    func name() -> String { Self.names.randomElement(using: &numbers) ?? "a" }
    let (x, y, z, k) = (name(), name(), name(), Int.random(in: 0...9, using: &numbers))
    let forms = [
      "\(x) = {n: \(k)}", "\(x) = \(y)", "\(x) = {p: \(y), q: \(z), n: \(k)}", "\(x) = [\(y), \(k), \(z)]",
      "\(x) = null",
      "if (\(x)) \(x).p = \(y)", "if (\(x)) \(x).n = \(k)", "if (Array.isArray(\(x))) \(x).push(\(y))",
      "if (\(x)) delete \(x).p", "\(x) = {...\(y)}", "if (Array.isArray(\(x))) \(x).pop()",
      "\(x) = structuredClone(\(y))", "if (\(x)) \(x).self = \(x)", "\(x) = new Map([['k', \(y)]])",
      "if (Array.isArray(\(x))) \(x).length = 0", "(function (o) { if (o) o.q = \(z) })(\(y))",
      "if (\(x) && \(y)) \(x).p = {q: \(y)}", "[\(x), \(y)] = [\(y), \(x)]", "\(x) = \(k)",
    ]
    return (forms.randomElement(using: &numbers) ?? forms[0]) + "; 0"
  }

  // MARK: The heap itself

  /// Code that holds when the picture is right, for the program itself to judge.
  private func claims(_ picture: ReferencePicture) -> String {
    var facts: [String] = []
    let alive = picture.objects.filter { $0.life == .alive }
    for variable in picture.variables where Self.names.contains(variable.name) {
      facts.append(
        variable.content.target.map { "\(variable.name) === o[\($0)]" }
          ?? "Object.is(\(variable.name), \(variable.content.literal))")
    }
    for object in alive {
      var arrows = 0
      for slot in object.slots {
        let isEntry = slot.name.hasPrefix("[[")
        guard let target = slot.content.target else {
          facts.append(
            "Object.is(o[\(object.id)]\(isEntry ? ".get('k')" : slot.name), \(slot.content.literal))")
          continue
        }
        if !isEntry { arrows += 1 }
        facts.append("o[\(object.id)]\(isEntry ? ".get('k')" : slot.name) === o[\(target)]")
      }
      facts.append("Reflect.ownKeys(o[\(object.id)]).filter(k => isObject(o[\(object.id)][k])).length === \(arrows)")
    }
    facts.append("new Set(Object.values(o)).size === \(alive.count)")
    // What lives is what the arrows lead to, all of which were compared.
    let reached = picture.reachable(from: picture.variables.compactMap(\.content.target))
    facts.append("\(reached == picture.aliveIDs)")
    let objects = alive.map { "\($0.id): heap(\($0.id))" }.joined(separator: ", ")
    let list = facts.map { "() => \($0)" }.joined(separator: ",\n")
    return """
      (o => {
        const isObject = v => (typeof v === 'object' && v !== null) || typeof v === 'function';
        return [\(list)].findIndex(fact => !fact());
      })({\(objects)})
      """
  }

  // MARK: Drawings

  private struct Arrow: Hashable {
    /// A variable, or `#3.p`.
    var from: String
    var to: UInt64
  }

  private func arrows(_ picture: ReferencePicture) -> Set<Arrow> {
    let shown = Set(picture.objects.map(\.id))
    var result: Set<Arrow> = []
    for variable in picture.variables {
      if let id = variable.content.target { result.insert(Arrow(from: variable.name, to: id)) }
    }
    for object in picture.objects {
      for slot in object.slots {
        if let id = slot.content.target, shown.contains(id) {
          result.insert(Arrow(from: "#\(object.id)\(slot.name)", to: id))
        }
      }
    }
    return result
  }

  /// Follows the lines of a drawing with the eyes of a reader.
  private func tracedArrows(_ lines: [String]) throws -> Set<Arrow> {
    let start = try #require(
      lines.firstIndex { $0.contains("names ") && $0.contains("objects") }, "\(lines.joined(separator: "\n"))")
    let rows = lines.dropFirst(start + 1).map(Array.init)
    var result: Set<Arrow> = []
    var object: UInt64?
    var objects: [UInt64?] = []
    var leaving: [(row: Int, column: Int, from: String)] = []
    for (index, row) in rows.enumerated() {
      var text = String(row.dropFirst(2))
      if let name = text.prefixMatch(of: /(\w+) -+(> |\^)/) {
        let isFirst = name.output.2 == "> "
        text = String(text[name.range.upperBound...])
        if isFirst { object = text.prefixMatch(of: /#(\d+)/).flatMap { UInt64($0.output.1) } }
        result.insert(Arrow(from: String(name.output.1), to: try #require(object)))
      } else if let heading = text.firstMatch(of: /^\s{10,}#(\d+) [A-Z]/) {
        object = UInt64(heading.output.1)
      }
      objects.append(object)
      for match in text.matches(of: /(\[\[[^\]]*\]\]|\S+) -> #(\d+)/) {
        result.insert(Arrow(from: "#\(object ?? 0)\(match.output.1)", to: try #require(UInt64(match.output.2))))
      }
      if let match = text.firstMatch(of: /(\[\[[^\]]*\]\]|\S+) (-[-|]*)\+/), !match.output.2.contains("<") {
        let column = row.count - text.count + text.distance(from: text.startIndex, to: match.range.upperBound) - 1
        leaving.append((index, column, "#\(object ?? 0)\(match.output.1)"))
      }
    }
    for arrow in leaving {
      var ends: Set<UInt64> = []
      for step in [-1, 1] {
        var row = arrow.row + step
        while rows.indices.contains(row), rows[row].indices.contains(arrow.column),
          "|+".contains(rows[row][arrow.column])
        {
          if rows[row][arrow.column] == "+", rows[row][..<arrow.column].contains("<"), let id = objects[row] {
            ends.insert(id)
          }
          row += step
        }
      }
      #expect(ends.count == 1, "\(arrow.from) leads to \(ends) in\n\(lines.joined(separator: "\n"))")
      if let end = ends.first { result.insert(Arrow(from: arrow.from, to: end)) }
    }
    return result
  }

  /// One object with one name is a tree of at most one level.
  private func treeArrows(_ lines: [String]) throws -> Set<Arrow> {
    let root = try #require(lines.first?.prefixMatch(of: /(\w+) \w+#(\d+)\s/))
    let id = try #require(UInt64(root.output.2))
    let slots = lines.dropFirst().compactMap { $0.prefixMatch(of: /\s+[|`]- (\S+) \w+#(\d+)\s/) }
    let arrows = try slots.map { Arrow(from: "#\(id)\($0.output.1)", to: try #require(UInt64($0.output.2))) }
    return Set(arrows + [Arrow(from: String(root.output.1), to: id)])
  }

  /// What the lines of the flat form say.
  private func flatArrows(_ lines: [String], _ picture: ReferencePicture) -> Set<Arrow> {
    var result: Set<Arrow> = []
    for line in lines {
      if let variable = line.wholeMatch(of: /..(\w+) +-> #(\d+)/) {
        result.insert(Arrow(from: String(variable.output.1), to: UInt64(variable.output.2) ?? 0))
      }
      guard let heading = line.prefixMatch(of: /..#(\d+) \w+ +[\[{]/), let id = UInt64(heading.output.1) else {
        continue
      }
      let text = line[heading.range.upperBound...].dropLast()
      for (index, part) in text.split(separator: ", ").enumerated() {
        guard let arrow = part.wholeMatch(of: /(?:(.+): )?#(\d+)/) else { continue }
        let isArray = picture.object(id)?.noun == "array"
        let slot = arrow.output.1.map { $0.hasPrefix("[") ? String($0) : ".\($0)" } ?? "[\(index)]"
        #expect(isArray == (arrow.output.1 == nil) || slot == ".self" || slot == ".p" || slot == ".q")
        result.insert(Arrow(from: "#\(id)\(slot)", to: UInt64(arrow.output.2) ?? 0))
      }
    }
    return result
  }

  /// Each variable of the inline form names its object first, and each object is written out once.
  private func checkInline(_ lines: [String], _ picture: ReferencePicture, _ place: String) throws {
    let text = lines.joined(separator: "\n")
    for variable in picture.variables {
      let line = try #require(lines.first { $0.dropFirst(2).hasPrefix("\(variable.name) ") }, "\(place)\n\(text)")
      let said = line.firstMatch(of: /= #(\d+)/).flatMap { UInt64($0.output.1) }
      #expect(said == variable.content.target, "\(place)\n\(text)")
    }
    for object in picture.objects where object.life == .alive {
      let written = text.matches(of: /#(\d+) (?:Map )?[\[{]/).count { UInt64($0.output.1) == object.id }
      // Deeper than some levels only the number stands.
      #expect(
        written == 1 || (written == 0 && text.contains("#\(object.id) ...")) || text.contains(" ..."),
        "\(place)\n\(text)")
    }
  }

  /// Follows the paths of an SVG from the dot of a row to the side of a box.
  private func svgArrows(_ svg: String, _ picture: ReferencePicture, _ layout: PictureLayout) throws -> Set<Arrow> {
    var result: Set<Arrow> = []
    for path in svg.matches(of: /<path class="arrow [a-z]+" d="M(-?\d+) (-?\d+)C[-\d ]+? (-?\d+) (-?\d+)"/) {
      let numbers = [path.output.1, path.output.2, path.output.3, path.output.4].compactMap { Int($0) }
      let (x, y, endX, endY) = (numbers[0], numbers[1], numbers[2], numbers[3])
      func holds(_ box: PictureLayout.Box, _ x: Int, _ y: Int) -> Bool {
        (box.x...(box.x + box.width)).contains(x) && (box.y...(box.y + box.height)).contains(y)
      }
      let target = try #require(layout.objects.first { holds($0.value, endX, endY) }?.key)
      if let variable = layout.variables.first(where: { holds($0.value, x, y) })?.key {
        result.insert(Arrow(from: variable, to: target))
        continue
      }
      let (id, box) = try #require(layout.objects.first { holds($0.value, x, y) })
      let slots = try #require(picture.object(id)?.slots)
      let row = (y - box.y - PictureLayout.headingHeight) / PictureLayout.slotHeight
      result.insert(Arrow(from: "#\(id)\(slots[row].name)", to: target))
    }
    return result
  }

  @Test(arguments: 0..<12)
  func `each arrow of a picture exists, none is missing, and one object is one box`(seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let session = TestSession("let a = {n: 1}, b = [a], c = null, d = {p: b}, e = [[]]; 0")
    for _ in 0..<12 {
      let line = statement(&numbers)
      session(line)
      let picture = try #require(session.session.picture())
      let first = try #require(session.session.quietValue(claims(picture)), "\(line): \(session.errors)")
      #expect(
        session.session.machine.literal(first, limit: 20) == "-1", "seed \(seed), after \(line)\n\(claims(picture))")
      try checkDrawings(picture, "seed \(seed), after \(line)")
    }
  }

  @Test(arguments: 0..<8)
  func `what :graph draws is what its object leads to`(seed: UInt64) throws {
    var numbers = SeededGenerator(seed: 2000 + seed)
    let session = TestSession("let a = {n: 1}, b = [a], c = null, d = {p: b}, e = [[]]; 0")
    for _ in 0..<12 {
      session(statement(&numbers))
      let picture = try #require(session.session.picture())
      for variable in picture.variables where Self.names.contains(variable.name) {
        guard let target = variable.content.target else { continue }
        var part = picture
        let shown = picture.reachable(from: [target])
        part.objects.removeAll { !shown.contains($0.id) }
        part.variables.removeAll { $0.content.target.map(shown.contains) != true }
        guard part.objects.count <= 14, part.objects.allSatisfy({ $0.slots.count <= 6 }) else { continue }
        let lines = session.lines(":graph \(variable.name) --depth 20")
        let isTree = part.objects.count == 1 && part.variables.count == 1
        let drawn = try isTree ? treeArrows(lines) : tracedArrows(lines)
        #expect(drawn == arrows(part), "seed \(seed)\n\(lines.joined(separator: "\n"))")
      }
    }
  }

  private func checkDrawings(_ picture: ReferencePicture, _ place: String) throws {
    let arrows = arrows(picture)
    let isSmall = picture.objects.count <= 14 && picture.objects.allSatisfy { $0.slots.count <= 6 }
    if isSmall, !picture.objects.isEmpty {
      let lines = PictureDrawing(picture).lines(.boxes).map(\.text)
      let traced = try tracedArrows(lines)
      #expect(traced == arrows, "\(place)\n\(lines.joined(separator: "\n"))")
    }
    if isSmall {
      let wide = RenderOptions(width: 2000)
      let flat = PictureDrawing(picture, options: wide).lines(.flat).map(\.text)
      #expect(flatArrows(flat, picture) == arrows, "\(place)\n\(flat.joined(separator: "\n"))")
      let inline = PictureDrawing(picture, options: wide).lines(.inline).map(\.text)
      try checkInline(inline, picture, place)
    }
    let layout = PictureLayout(of: [picture])
    let svg = PictureSVG(picture, difference: nil, layout: layout, name: "p").element(title: "", description: "")
    if picture.objects.allSatisfy({ $0.slots.count <= 8 }) {
      #expect(try svgArrows(svg, picture, layout) == arrows, "\(place)\n\(svg)")
      #expect(svg.components(separatedBy: "<g class=\"object").count - 1 == picture.objects.count, "\(place)")
    }
    // Boxes lie apart.
    let boxes = Array(layout.objects.values) + Array(layout.variables.values)
    for (index, one) in boxes.enumerated() {
      for other in boxes[(index + 1)...] {
        let isApart =
          one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y
          || other.y + other.height <= one.y
        #expect(isApart, "\(place)")
      }
    }
  }

  @Test(arguments: 0..<6)
  func `what a statement is said to have done is what differs`(seed: UInt64) throws {
    var numbers = SeededGenerator(seed: 1000 + seed)
    let session = TestSession("let a = {n: 1}, b = [a], c = null, d = {p: b}, e = [[]]; 0")
    for _ in 0..<12 {
      let before = try #require(session.session.picture())
      let line = statement(&numbers)
      session(line)
      let after = try #require(session.session.picture())
      let sentences = ReferenceSentences(from: before, to: after)
      #expect(Set(sentences.difference.lost) == before.aliveIDs.subtracting(after.aliveIDs))
      for id in sentences.difference.made { #expect(before.object(id) == nil && after.object(id) != nil) }
      for alias in sentences.aliases() {
        #expect(session.session.isTrue("\(alias.name) === \(alias.other)"), "seed \(seed), after \(line): \(alias)")
      }
      for mutation in sentences.sharedMutations() {
        for name in mutation.names {
          #expect(session.session.isTrue("\(name) === \(mutation.names[0])"), "seed \(seed), after \(line)")
        }
      }
      // A statement that changed nothing, after which something was collected, is none to go back to.
      if !sentences.difference.changes.isEmpty {
        let told = try #require(session.session.pictureBeforeLast())
        #expect(PictureDifference(from: told.picture, to: after).changes == sentences.difference.changes)
      }
    }
  }
}

extension ReferencePicture.Content {
  /// A value as a program writes it.
  fileprivate var literal: String {
    if case .text(let text) = self { text } else { "undefined" }
  }
}

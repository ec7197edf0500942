import CVMTestSupport
import Foundation
import Testing

@testable import CVMTerminal

@Suite struct `The edited text as lines` {
  private func update(_ document: inout TextDocument, _ text: String) {
    makeScalars(text).withUnsafeBufferPointer { _ = document.update($0) }
  }

  @Test(arguments: 0..<50) func `any change gives the lines of the text`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var document = TextDocument()
    var text: [UInt32] = []
    for _ in 0..<60 {
      let start = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 0...3, using: &generator))
      let inserted = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        [0x61, 0x62, 0x0A].randomElement(using: &generator)!
      }
      text.replaceSubrange(start..<end, with: inserted.map(UInt32.init))
      text.withUnsafeBufferPointer { _ = document.update($0) }
      #expect(document.text == makeString(text))
      #expect(
        document.lines.map(\.text)
          == makeString(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      #expect(document.count == text.count)
    }
  }

  @Test func `only lines that changed, or whose beginning did, are highlighted again`() {
    var document = TextDocument()
    var seen: [String] = []
    // The state is whether a comment is open.
    func highlight(_ line: String, _ state: Int) -> (spans: [StyledSpan], state: Int) {
      seen.append(line)
      return ([], line.contains("/*") ? 1 : line.contains("*/") ? 0 : state)
    }
    update(&document, "a\nb\nc\nd")
    document.highlight(highlight)
    #expect(seen == ["a", "b", "c", "d"])
    seen = []
    update(&document, "a\nbx\nc\nd")
    document.highlight(highlight)
    #expect(seen == ["bx"])
    seen = []
    update(&document, "a\nbx/*\nc\nd")
    document.highlight(highlight)
    #expect(seen == ["bx/*", "c", "d"])
    seen = []
    update(&document, "a\nbx/*\nc*/\nd")
    document.highlight(highlight)
    #expect(seen == ["c*/", "d"])
  }

  @Test func `a range of the text is found in its lines`() {
    var document = TextDocument()
    update(&document, "é1\n22\n\n4")
    #expect(document.rangesByLine(0..<3) == [0: 0..<3])
    #expect(document.rangesByLine(1..<5) == [0: 1..<4, 1: 0..<1])
    #expect(document.rangesByLine(8..<9) == [3: 0..<1])
  }
}

@Suite struct `Typing taken back` {
  @Test(arguments: 0..<30) func `undo and redo give every text again`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var stack = UndoStack()
    var texts: [[UInt32]] = [[]]
    for _ in 0..<40 {
      var text = texts.last!
      let start = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 0...2, using: &generator))
      // Blanks are steps of their own.
      text.replaceSubrange(
        start..<end,
        with: [0x20, 0x20].prefix(Int.random(in: 0...2, using: &generator)).map { $0 + UInt32(texts.count) * 0 })
      guard text != texts.last! else { continue }
      texts.append(text)
      stack.note(text, cursor: 0, cursorBefore: 0)
    }
    for text in texts.dropLast().reversed() { #expect(stack.undo()?.text == text) }
    #expect(stack.undo() == nil)
    for text in texts.dropFirst() { #expect(stack.redo()?.text == text) }
    #expect(stack.redo() == nil)
  }

  @Test func `a word is one step`() {
    var stack = UndoStack()
    for text in ["h", "hi", "hi ", "hi y", "hi yo"] { stack.note(makeScalars(text), cursor: 0, cursorBefore: 0) }
    #expect(stack.undo().map { makeString($0.text) } == "hi ")
    #expect(stack.undo().map { makeString($0.text) } == "hi")
    #expect(stack.undo().map { makeString($0.text) } == "")
  }
}

@Suite struct `The history file` {
  @Test(arguments: ["plain", "two\nlines", "back\\slash", "\\n", "a\\\nb", "é中"]) func `entries survive`(text: String) {
    let line = History.encoded(text)
    #expect(!line.contains("\n"))
    #expect(History.decoded(Array(line.utf8)[...]) == text)
  }

  @Test func `entries are added, found once, and limited`() throws {
    let folder = try ScratchDirectory()
    let path = folder.path + "/new/folder/history"
    let history = History(path: path, limit: 4)
    for entry in ["a", "b", "a", " blank", "", "c", "d", "e"] { history.add(entry) }
    #expect(history.entries == ["a", "c", "d", "e"])
    #expect(History(path: path, limit: 4).entries == ["a", "c", "d", "e"])
  }

  @Test func `a file that grew too long is replaced by a short one`() throws {
    let folder = try ScratchDirectory()
    let path = try folder.write("history", (1...50).map { "entry \($0)\n" }.joined())
    let history = History(path: path, limit: 5)
    #expect(history.entries == (46...50).map { "entry \($0)" })
    #expect(try String(contentsOfFile: path, encoding: .utf8) == (46...50).map { "entry \($0)\n" }.joined())
    history.add("more")
    #expect(History(path: path, limit: 5).entries.last == "more")
  }

  @Test func `what others add is seen, in order`() throws {
    let folder = try ScratchDirectory()
    let path = folder.path + "/history"
    let one = History(path: path)
    let other = History(path: path)
    one.add("1")
    other.add("2")
    one.add("3")
    other.refresh()
    one.refresh()
    #expect(one.entries == ["1", "2", "3"])
    #expect(other.entries == ["1", "2", "3"])
  }

  @Test func `a symbolic link is not followed`() throws {
    let folder = try ScratchDirectory()
    let target = try folder.write("target", "kept\n")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/history", withDestinationPath: target)
    let history = History(path: folder.path + "/history")
    history.add("entry")
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept\n")
    #expect(history.entries == ["entry"])
    #expect(history.problem != nil)
  }
}

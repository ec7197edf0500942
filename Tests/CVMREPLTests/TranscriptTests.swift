import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL
@testable import CVMReport

/// Sessions as pages and notes, and running them again.
@Suite struct TranscriptTests {
  private func lesson() -> TestSession {
    TestSession(
      "let a = [1, {x: 2}], n = 5", "let b = a", "b.push({y: '<b>&'})", "console.log('a\\u001b[31m </pre>')",
      "const o = {a, self: null}", "o.self = o", "a = null", "null.x", "b = 7")
  }

  private func written(_ session: TestSession, _ name: String) throws -> String {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/" + name
    #expect(session.session.command(":transcript \(path)") == .done, "\(session.errors)")
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `a page holds each statement, its answer and a picture, and asks nothing of the network`() throws {
    let page = try written(lesson(), "lesson.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.components(separatedBy: "<section class=\"step\"").count == 10)
    #expect(page.components(separatedBy: "<svg ").count == 10)
    #expect(page.contains("let b = a") && page.contains("Uncaught TypeError"))
    #expect(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"))
    for sign in ["http:", "https:", "src=", "@import", "url(h"] { #expect(!page.contains(sign), "\(sign)") }
    #expect(!page.contains("<b>"))
    #expect(!page.contains("\u{1B}"))
  }

  @Test func `each variable and object has one place in all pictures`() throws {
    let page = try written(lesson(), "lesson.html")
    for heading in ["#1 Object", "#2 Array", "#3 Object", "#4 Object"] {
      let places = page.components(separatedBy: "<g class=\"object").dropFirst().filter {
        $0.prefix(while: { $0 != "\n" }).contains(">\(heading)<")
      }.compactMap { part in part.firstRange(of: "<rect x=\"").map { part[$0.upperBound...].prefix { $0 != "w" } } }
      #expect(Set(places).count == 1, "\(heading): \(places)")
      #expect(places.count > 1)
    }
  }

  @Test func `what changed and what is out of reach is marked`() throws {
    let session = TestSession("let a = {x: 1}", "a.x = 2", "a = null")
    let page = try written(session, "lesson.html")
    #expect(page.contains("<g class=\"slot changed\">"))
    #expect(page.contains("<g class=\"object dead\">"))
    #expect(page.contains("<g class=\"variable changed\">"))
    #expect(page.contains("out of reach: its last way in was a"))
  }

  @Test func `the page says in words what its pictures show`() throws {
    let page = try written(lesson(), "lesson.html")
    #expect(page.contains("Variable b refers to #2 Array."))
    #expect(page.contains("role=\"img\" aria-labelledby=\"p1-t p1-d\""))
    let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `notes hold the drawings in characters`() throws {
    let notes = try written(lesson(), "lesson.md")
    #expect(notes.hasPrefix("# lesson\n"))
    #expect(notes.contains("```text\ncvm> let b = a\n"))
    #expect(notes.contains("- b refers to #2 Array now"))
    #expect(notes.contains("a ------------> #2 Array"))
  }

  @Test(arguments: ["lesson.html", "lesson.md", "lesson.txt"])
  func `a transcript runs again with the same answers`(name: String) throws {
    let scratch = try ScratchDirectory()
    let session = lesson()
    session("function make() {\n  let count = 0\n\n  return () => ++count\n}")
    session(":view")
    session(":explain")
    let path = scratch.path + "/" + name
    session(":transcript \(path)")
    let other = TestSession("let mine = 1")
    #expect(other.session.command(":doctest \(path)") == .done, "\(other.output)")
    #expect(other(":doctest \(path)").contains("12 steps, 12 compared: all as written."))
    #expect(other(":vars").contains("mine"))
  }

  @Test(arguments: [
    ("lesson.html", "Variable b refers to #2 Array.", "Variable b refers to #3 Array.", "picture"),
    ("lesson.html", "<li>b refers to #2 Array now", "<li>b refers to a copy now", "sentences"),
    ("lesson.md", "- b refers to #2 Array now", "- b refers to a copy now", "sentences"),
    ("lesson.md", "b --------------^", "c --------------^", "picture"),
    ("lesson.md", "- New: #3 Object", "New: #3 Object", "sentences"),
  ])
  func `pictures and sentences are compared, too`(name: String, old: String, new: String, part: String) throws {
    let scratch = try ScratchDirectory()
    let text = try written(lesson(), name)
    #expect(text.contains(old), "\(text.prefix(3000))")
    let path = try scratch.write(name, text.replacing(old, with: new))
    let session = TestSession()
    #expect(session.session.command(":doctest \(path)") == .error)
    let report = session.output
    #expect(report.contains("(its \(part))") && report.contains(" different."), "\(report)")
    let json = try session.json(":doctest", argument: path)
    let failures = json["failures"] as? [[String: Any]] ?? []
    #expect(Set(failures.compactMap { $0["part"] as? String }) == [part])
  }

  @Test(arguments: ["lesson.html", "lesson.md", "lesson.txt"])
  func `a session with a lesson in it runs again`(name: String) throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let a = {x: 1}")
    session.session.askForLine = { _ in "3" }
    session(":learn 2")
    session("let b = a")
    session(":transcript \(scratch.path)/inside-\(name)")
    session(":learn stop")
    session("let b = a")
    session(":transcript \(scratch.path)/\(name)")
    let other = TestSession()
    #expect(other.session.command(":doctest \(scratch.path)/\(name)") == .done, "\(other.output)")
    #expect(other(":doctest \(scratch.path)/\(name)").contains("4 steps, 2 compared: all as written."))
    #expect(other.session.command(":doctest \(scratch.path)/inside-\(name)") == .done, "\(other.output)")
    #expect(!other.session.isInLesson)
  }

  @Test func `errors that were typed at a terminal run again`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession { $0.isInteractive = true }
    for line in ["let o = {}", "o.x.y", "let = 5"] {
      _ = session.session.evaluateTyped(Array(line.utf8), promptWidth: 5)
    }
    session(":transcript \(scratch.path)/typed.md")
    #expect(try String(contentsOfFile: scratch.path + "/typed.md", encoding: .utf8).contains("  ^"))
    let other = TestSession()
    #expect(other.session.command(":doctest \(scratch.path)/typed.md") == .done, "\(other.output)")
  }

  @Test func `the command that writes a transcript is not part of it`() throws {
    let scratch = try ScratchDirectory()
    let session = lesson()
    session(":transcript \(scratch.path)/first.txt")
    session("1 + 1")
    let text = try written(session, "second.txt")
    #expect(text.contains("1 + 1") && !text.contains("transcript"))
  }

  @Test func `what differs is told with its line`() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write(
      "notes.md", "# Notes\n\n```\ncvm> let a = 1\n$1 = 1\ncvm> a + 1\n$2 = 3\n```\n\ncvm> [1,\n...> 2]\n...\n")
    let session = TestSession()
    #expect(session.session.command(":doctest \(file)") == .error)
    let text = session.output
    #expect(text.contains("notes.md:6: a + 1\n  written  $2 = 3\n  now      $2 = 2\n"))
    #expect(text.contains("3 steps, 3 compared: 1 different."))
    let none = try scratch.write("none.md", "nothing here\n")
    #expect(session.session.command(":doctest \(none)") == .usage)
    #expect(session.session.command(":doctest \(scratch.path)/missing.md") == .notFound)
  }

  @Test(arguments: [
    ("a\nb\n", "a\nb\n", true), ("a\n...\n", "a\nx\ny\n", true), ("...\nz\n", "a\nz\n", true), ("a  b\n", "a b", true),
    ("...\nb\n...\nd\n", "a\nb\nc\nd\n", true), ("a\n", "b\n", false), ("a\n...\nb\n", "a\n", false),
    ("", "x\n", false),
  ])
  func `three dots stand for any lines`(written: String, now: String, isSame: Bool) {
    #expect(Doctest.isSame(written, now) == isSame)
  }

  @Test func `other endings are refused`() {
    let session = lesson()
    #expect(session.session.command(":transcript /tmp/lesson.pdf") == .usage)
    #expect(session.session.command(":transcript /nonexistent/lesson.html") == .notFound)
  }

  @Test func `making a transcript leaves no trace`() throws {
    let session = lesson()
    let before = try session.json(":checkpoint")["hash"] as? String
    _ = try written(session, "lesson.html")
    #expect(try session.json(":checkpoint")["hash"] as? String == before)
    #expect(session("b").contains("= 7"))
  }

  // MARK: In a browser

  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private func browse(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
    process.arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test(.enabled(if: browser != nil))
  func `a browser steps through the page by keys, buttons and address`() throws {
    let scratch = try ScratchDirectory()
    let page = try written(lesson(), "lesson.html")
    func dom(_ script: String, _ address: String = "") throws -> String {
      let path = try scratch.write(
        "page.html", page.replacing("</body>", with: "<script>\(script)</script></body>"))
      return try browse(["--dump-dom", "file://\(path)\(address)"])
    }
    func key(_ name: String) -> String {
      "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '\(name)', bubbles: true}));"
    }
    #expect(try dom("").contains(">Step 1 of 9</span>"))
    #expect(try dom("", "#step-4").contains(">Step 4 of 9</span>"))
    let moved = try dom(key("ArrowRight") + key("n") + key("ArrowLeft"))
    #expect(moved.contains(">Step 2 of 9</span>"))
    #expect(moved.contains("<section class=\"step shown\" id=\"step-2\""))
    #expect(try dom(key("End")).contains(">Step 9 of 9</span>"))
    #expect(try dom("document.getElementById('forward').click()").contains(">Step 2 of 9</span>"))
    #expect(try dom(key("a")).contains("aria-pressed=\"true\""))
  }

  @Test(.enabled(if: browser != nil), arguments: [500, 1000, 1400])
  func `what is typed, the picture and its boxes keep their places, and no answer needs scrolling`(width: Int) throws {
    let scratch = try ScratchDirectory()
    let session = lesson()
    session("const text = '\(String(repeating: "x", count: 200))'")
    session(":view")
    for number in 0..<9 { session("\(number) + 1") }
    let script = """
      const seen = [];
      const steps = document.querySelectorAll('.step');
      for (let n = 0; n < steps.length; n++) {
        const step = document.querySelector('.step.shown');
        const figure = step.querySelector('figure'), output = step.querySelector('.output');
        if (figure) {
          const box = figure.getBoundingClientRect();
          seen.push([step.querySelector('.typed').getBoundingClientRect().top, box.top, box.height,
            figure.querySelector('svg').getBoundingClientRect().width].join(' '));
        }
        const mayScroll = innerWidth < 800 && output && !output.classList.contains('said');
        if (output && !mayScroll && output.scrollWidth > output.clientWidth) document.body.dataset.scrolls = step.id;
        const item = document.querySelector('nav [aria-current]'), list = item.closest('ol').getBoundingClientRect();
        const place = item.getBoundingClientRect();
        if (place.top < list.top - 1 || place.bottom > list.bottom + 1) document.body.dataset.hides = step.id;
        document.getElementById('forward').click();
      }
      if (document.documentElement.scrollWidth > innerWidth) document.body.dataset.scrolls = 'page';
      document.body.dataset.places = new Set(seen).size + ' of ' + seen.length;
      """
    let page = try written(session, "lesson.html").replacing("</body>", with: "<script>\(script)</script></body>")
    let path = try scratch.write("page.html", page)
    let dom = try browse(["--window-size=\(width),900", "--dump-dom", "file://\(path)"])
    #expect(dom.contains("data-places=\"1 of 19\""), "\(dom.split(separator: "<body").last?.prefix(200) ?? "")")
    #expect(!dom.contains("data-scrolls"))
    #expect(!dom.contains("data-hides"))
  }

  @Test(.enabled(if: browser != nil))
  func `a browser draws the page, light and dark`() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write("page.html", try written(lesson(), "lesson.html"))
    var sizes: [Int] = []
    for (name, options) in [("light", []), ("dark", ["--blink-settings=preferredColorScheme=0"])] {
      let picture = scratch.path + "/\(name).png"
      _ = try browse(options + ["--window-size=1200,900", "--screenshot=\(picture)", "file://\(path)"])
      let data = try Data(contentsOf: URL(fileURLWithPath: picture))
      #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      sizes.append(data.count)
    }
    // An empty page is much smaller.
    #expect(sizes.allSatisfy { $0 > 20_000 }, "\(sizes)")
  }
}

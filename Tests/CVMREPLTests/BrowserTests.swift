import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Pictures in a real browser, where one is installed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")))
struct BrowserTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// What a browser makes of a page.
  private func browser(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments =
      [
        "60", "/usr/bin/chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=\(scratch.path)/profile",
      ] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static let heap = """
    class User { constructor(n) { this.name = ['user', n].join('-'); this.tags = [n] } }
    let app = {users: Array.from({length: 40}, (_, n) => new User(n)), odd: '</script>' + 1}; app.first = app.users[0]
    """

  /// Presses boxes and types, and writes down what it saw.
  private static let visitor = """
    <script>
    const seen = [];
    const count = () => document.querySelectorAll(".box").length;
    const named = text => [...document.querySelectorAll(".box")].find(
      box => box.querySelector(".title").textContent.startsWith(text));
    const press = box => {
      box.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true, clientX: 5, clientY: 5}));
      window.dispatchEvent(new PointerEvent("pointerup", {bubbles: true, clientX: 5, clientY: 5}));
    };
    document.getElementById("close").click();
    seen.push("closed " + (count() < 6));
    press(named("Object#"));
    seen.push("opened " + (count() > 3));
    press(named("Array#"));
    press(named("+ "));
    seen.push("unfolded " + (count() > 20));
    search.value = "user-7";
    search.dispatchEvent(new Event("input"));
    search.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
    seen.push("found " + (document.querySelectorAll(".hit").length > 0) + " " + detail.textContent.includes("user-7"));
    const theme = document.documentElement.dataset.theme;
    document.getElementById("theme").click();
    seen.push("theme " + (theme !== document.documentElement.dataset.theme));
    const before = scene.getAttribute("transform");
    view.dispatchEvent(new WheelEvent("wheel", {deltaY: -200, clientX: 9, clientY: 9, cancelable: true}));
    seen.push("zoom " + (before !== scene.getAttribute("transform")));
    document.body.dataset.seen = seen.join(", ");
    </script>
    """

  @Test func `the page opens, unfolds, finds, zooms and changes its colours`() throws {
    let session = TestSession(Self.heap)
    session(":export \(scratch.path)/heap.html")
    var page = try String(contentsOfFile: scratch.path + "/heap.html", encoding: .utf8)
    page = page.replacingOccurrences(of: "</body>", with: Self.visitor + "</body>")
    let visited = try scratch.write("visited.html", page)
    let document = try browser("--dump-dom", "file://\(visited)")
    let seen = document.split(separator: "data-seen=\"").dropFirst().first?.split(separator: "\"").first
    #expect(seen == "closed true, opened true, unfolded true, found true true, theme true, zoom true")
  }

  @Test func `the drawing is one that a browser draws`() throws {
    let session = TestSession(Self.heap)
    session(":export \(scratch.path)/heap.svg")
    let picture = scratch.path + "/heap.png"
    _ = try browser("--screenshot=\(picture)", "--window-size=1200,800", "file://\(scratch.path)/heap.svg")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: picture))
    // An empty page, or a browser's report of an error, takes much less.
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 20_000)
    let document = try browser("--dump-dom", "file://\(scratch.path)/heap.svg")
    #expect(document.contains("User#") && !document.contains("parsererror"))
  }
}

import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// What is written from the table of commands.
@Suite struct ManualTests {
  @Test func `the reference page is up to date`() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/CVMREPL/CVMREPL.docc/Commands.md")
    #expect(
      try String(contentsOf: page, encoding: .utf8) == Manual.commandsPage,
      "Commands.md is out of date: run Scripts/generate.sh")
  }

  @Test func `what the pages name is there`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    let sources = root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    let pages = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "md" }
    #expect(pages.count > 10)
    for page in pages {
      let text = try String(contentsOf: page, encoding: .utf8)
      for path in text.matches(of: /`((?:Sources|Tests|Scripts)\/[\w.\/+-]*)`/).map(\.1) {
        let isThere = FileManager.default.fileExists(atPath: root.path + "/" + path)
        #expect(isThere, "\(page.lastPathComponent) names \(path)")
      }
      for name in text.matches(of: /<doc:([\w-]+)>/).map(\.1) {
        let isThere = pages.contains { $0.lastPathComponent == "\(name).md" }
        #expect(isThere, "\(page.lastPathComponent) names the page \(name)")
      }
    }
  }

  @Test func `the manual page names every command and option`() {
    let page = Manual.manualPage(help: "OPTIONS:\n  -e <code>               Evaluate.\n  --json\n      Answer.\n")
    let plain = page.replacingOccurrences(of: "\\-", with: "-")
    for spec in CommandTable.specs {
      #expect(plain.contains(".B \(spec.heading)\n"))
      for option in spec.options { #expect(plain.contains(option.usage)) }
    }
    #expect(plain.contains(".B -e <code>\nEvaluate.\n.TP\n.B --json\nAnswer.\n"))
  }

  @Test func `a line of the manual page begins with nothing that the formatter would obey`() {
    for line in Manual.manualPage(help: "").split(separator: "\n") where line.hasPrefix(".") {
      #expect([".TH", ".SH", ".SS", ".TP", ".B ", ".I ", ".br"].contains(where: line.hasPrefix), "\(line)")
    }
  }
}

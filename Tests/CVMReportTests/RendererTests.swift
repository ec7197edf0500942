import CVMHeapGraph
import CVMReport
import CVMTestSupport
import Testing

@Suite struct RendererTests {
  private let table = AnalysisResult(
    name: "histogram", facts: [.init("objects", .count(5000)), .init("ok", .flag(true))],
    body: .table(
      ResultTable(
        columns: [
          .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("share", title: "%"),
          .init("bytes", title: "shallow"), .init("delta", title: "since c7"),
        ],
        rows: [
          [.text("Node"), .count(4000), .share(0.8), .bytes(64_277_504), .delta(17_004)],
          [.text("{id, \"n\"}"), .count(1000), .share(0.2), .bytes(512), .delta(-2)],
        ], totalRowCount: 212, isNumbered: true)))

  private let tree = AnalysisResult(
    name: "graph",
    body: .tree(
      ResultTree(lines: [
        .init(depth: 0, link: "pts", label: "Array#13", identity: "n1", values: [.init("shallow", .bytes(72))]),
        .init(depth: 1, link: "[0]", label: "Object#12", identity: "n2", values: [.init("shallow", .bytes(64))]),
        .init(depth: 2, link: ".a", label: "Map#3", identity: "n3", values: [.init("shallow", .bytes(8))]),
        .init(depth: 1, link: "[1]", label: "Object#12", identity: "n2", isRepeated: true),
      ])))

  @Test func tablesAreAligned() {
    #expect(
      OutputFormat.terminal.render(table) == """
        objects 5,000
         #  class      objects   %  shallow  since c7
         1  Node         4,000  80  61.3 MB   +17,004
         2  {id, "n"}    1,000  20    512 B        -2
        -- 2 of 212 rows (--all)

        """)
  }

  @Test func treesAreDrawn() {
    #expect(
      OutputFormat.terminal.render(tree) == """
        pts Array#13  72 B
         ├─ [0] Object#12  64 B
         │   └─ .a Map#3  8 B
         └─ [1] Object#12 (same object as [0])

        """)
    #expect(
      OutputFormat.terminal.render(tree, options: RenderOptions(isASCII: true)) == """
        pts Array#13  72 B
         |- [0] Object#12  64 B
         |   `- .a Map#3  8 B
         `- [1] Object#12 (same object as [0])

        """)
  }

  @Test func programsGetExactFigures() {
    #expect(
      OutputFormat.json.render(table) == """
        {"v":1,"cmd":"histogram","objects":5000,"ok":true,"totalRows":212,"rows":[\
        {"class":"Node","n":4000,"share":0.8,"bytes":64277504,"delta":17004},\
        {"class":"{id, \\"n\\"}","n":1000,"share":0.2,"bytes":512,"delta":-2}]}

        """)
    #expect(
      OutputFormat.jsonLines.render(table) == """
        {"class":"Node","n":4000,"share":0.8,"bytes":64277504,"delta":17004}
        {"class":"{id, \\"n\\"}","n":1000,"share":0.2,"bytes":512,"delta":-2}

        """)
    #expect(
      OutputFormat.csv.render(table) == """
        class,n,share,bytes,delta
        Node,4000,0.8,64277504,17004
        "{id, ""n""}",1000,0.2,512,-2

        """)
  }

  @Test func treesAreLinesForPrograms() {
    #expect(
      OutputFormat.jsonLines.render(tree) == """
        {"depth":0,"link":"pts","label":"Array#13","identity":"n1","shallow":72}
        {"depth":1,"link":"[0]","label":"Object#12","identity":"n2","shallow":64}
        {"depth":2,"link":".a","label":"Map#3","identity":"n3","shallow":8}
        {"depth":1,"link":"[1]","label":"Object#12","identity":"n2","repeated":true}

        """)
    #expect(OutputFormat.csv.render(tree)?.hasPrefix("depth,link,label,shallow\n0,pts,Array#13,72\n") == true)
  }

  @Test func graphsJoinWhatIsOneObject() {
    #expect(
      OutputFormat.dot.render(tree) == """
        digraph "graph" {
          node [shape=box, fontname="monospace"];
          "n1" [label="Array#13"];
          "variable pts" [label="pts", shape=plaintext];
          "variable pts" -> "n1";
          "n2" [label="Object#12"];
          "n1" -> "n2" [label="[0]"];
          "n3" [label="Map#3"];
          "n2" -> "n3" [label=".a"];
          "n1" -> "n2" [label="[1]"];
        }

        """)
    #expect(OutputFormat.dot.render(table) == nil)
  }

  @Test func markdownIsEscaped() {
    #expect(
      OutputFormat.markdown.render(table) == """
        | class | objects | % | shallow | since c7 |
        | :--- | ---: | ---: | ---: | ---: |
        | Node | 4,000 | 80 | 61.3 MB | +17,004 |
        | \\{id, "n"\\} | 1,000 | 20 | 512 B | -2 |

        """)
    #expect(
      OutputFormat.markdown.render(tree) == """
        - pts Array\\#13 72 B
          - \\[0\\] Object\\#12 64 B
            - .a Map\\#3 8 B
          - \\[1\\] Object\\#12

        """)
  }

  @Test func aPartialResultSaysSo() {
    var result = table
    result.isPartial = true
    #expect(OutputFormat.terminal.render(result)?.contains("interrupted") == true)
    #expect(OutputFormat.json.render(result)?.contains("\"partial\":true") == true)
    #expect(OutputFormat.markdown.render(result)?.contains("Interrupted") == true)
  }

  @Test func longTextsGiveWayToNumbers() {
    let name = String(repeating: "長い名前", count: 20)
    let result = AnalysisResult(
      name: "x",
      body: .table(
        ResultTable(
          columns: [.init("a", .left, isFlexible: true), .init("b", .left, isFlexible: true), .init("n")],
          rows: [[.text(name), .text("short"), .count(1_234_567)], [.text("b"), .text(name), .none]])))
    let text = OutputFormat.terminal.render(result) ?? ""
    expectWidth(of: text, atMost: 80)
    #expect(text.contains("1,234,567"))
    #expect(text.contains("…"))
  }

  @Test func columnsThatCannotFitAreNamed() {
    let columns = (1...20).map { ResultTable.Column("column\($0)") }
    let result = AnalysisResult(
      name: "x", body: .table(ResultTable(columns: columns, rows: [columns.map { _ in .count(1) }])))
    let text = OutputFormat.terminal.render(result) ?? ""
    expectWidth(of: text, atMost: 80)
    #expect(text.contains("column20"))
  }

  @Test func aPathOfAThousandStepsIsDrawn() {
    let lines = (0..<1_000).map { ResultTree.Line(depth: $0, link: ".next", label: "Node#\($0)") }
    let text = OutputFormat.terminal.render(AnalysisResult(name: "x", body: .tree(ResultTree(lines: lines)))) ?? ""
    expectWidth(of: text, atMost: 80)
    #expect(text.contains(" ..999.. .next Node#999\n"))
  }
}

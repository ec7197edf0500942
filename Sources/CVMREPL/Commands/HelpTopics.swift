/// What `:help` explains beside commands.
struct HelpTopic: Sendable {
  let name: String
  let summary: String
  /// A paragraph each; those that begin with a blank stay as they are.
  let lines: [String]
}

enum HelpTopics {
  static func topic(_ name: String) -> HelpTopic? { all.first { $0.name == name } }

  static let all = [keys, names, objects, output, row]

  private static let keys = HelpTopic(
    name: "keys", summary: "what keys do while you type",
    lines: [
      "  Enter                runs what is complete, else begins a new line",
      "  Alt-Enter            begins a new line",
      "  Tab                  completes; again: lists what is possible, with types",
      "  Up, Down             a line up or down, then what was typed before or after;",
      "                       with text typed, only what begins with it",
      "  Page Up, Page Down   what was typed before or after, out of any line",
      "  Ctrl-R, Ctrl-S       searches what was typed, backwards or forwards",
      "  Right, End           at the end: takes the grey suggestion; Alt-F a word",
      "  Ctrl-C               drops what is typed; interrupts a running program",
      "  Ctrl-D               leaves, at an empty prompt",
      "  Ctrl-L, Ctrl-Z       clears the screen; suspends, fg comes back",
      "  Ctrl-A, Ctrl-E       the start and the end of the line; Alt-B, Alt-F a word",
      "  Ctrl-K, U, W, Y      cuts to the end, to the start, a word; puts it back",
      "  Ctrl-_, Alt-_        takes back typing; types it again",
      "  Ctrl-X Ctrl-E        edits what is typed in $EDITOR",
      "  Ctrl-X Ctrl-U        :undo", "",
      "Keys of vi: a line `bind -v` in ~/.editrc, which also binds other keys.",
    ])

  private static let names = HelpTopic(
    name: "names", summary: "_, $1, _error, heap(12): results by name",
    lines: [
      "  _          the last value, until you bind the name yourself",
      "  $1, $2     the first result, the second",
      "  _error     the last error",
      "  heap(12)   the object #12, in code", "",
      "Results count as holders of their objects: :heap --no-repl and :refs --no-repl leave them out.",
    ])

  private static let objects = HelpTopic(
    name: "objects", summary: "how commands are told which object is meant",
    lines: [
      "  12, #12, @12         the object with that id",
      "  pts[0].x             a name or path; no getter runs",
      "  _, $3                a result",
      "  (pts.find(f))        an expression in parentheses",
      "  row 3                what row 3 of the last table is about",
    ])

  private static let output = HelpTopic(
    name: "output", summary: "tables, files, pipes and pages",
    lines: [
      "  --top N, --all       the first N rows of a table; all rows",
      "  --by COLUMN          sorted by a column",
      "  --json --jsonl --csv for programs",
      "  > FILE, >> FILE      into a file, or behind what is in it",
      "  | COMMAND            into a shell command", "",
      "What is longer than the screen stops when the screen is full: Enter goes on, a shows all, /word goes to a "
        + "word, q leaves, and any other key begins the next input. With PAGER set, that program shows it. "
        + ":set pager off does without.",
    ])

  private static let row = HelpTopic(
    name: "row", summary: "row 3: what a row of the last table is about",
    lines: [
      "Where a command takes an object, `row 3` is what row 3 of the last table with numbered rows is about; where it "
        + "takes a class, the class of the row.", "",
      "for example", "  :find Array", "  :refs row 1", "  :heap --expert", "  :find row 1",
    ])
}

import CVMTestSupport
import Testing

@Suite struct `vi mode` {
  private func start(_ text: String = "") throws -> PseudoTerminal {
    let home = try ScratchDirectory()
    _ = try home.write(".editrc", "bind -v\n" + text)
    return try TerminalSession.startProbe(home: home, columns: 60, rows: 14)
  }

  /// Types lines, changes them with keys of command mode, and looks at what becomes of them and where the cursor is:
  /// after `|`.
  private func expect(
    _ text: String, _ keys: String, _ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let terminal = try start()
    terminal.send(text.replacing("\n", with: Key.altEnter) + Key.escape)
    // A mark that the keys before it must have been worked on to show.
    terminal.send(keys)
    let lines = wanted.map { $0.replacing("|", with: "") }
    let row = wanted.firstIndex { $0.contains("|") }!
    let column = wanted[row].prefix { $0 != "|" }.count + (row == 0 ? 7 : 6)
    func shown(_ number: Int) -> String {
      let line = (number == 0 ? "probe> " : "  ... ") + lines[number]
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    try terminal.wait("\(keys.debugDescription) gives \(wanted)") { terminal in
      terminal.screen.lines.map { $0 } == lines.indices.map(shown) && terminal.screen.cursorRow == row
        && terminal.screen.cursorColumn == column
    }
  }

  @Test(arguments: [
    ("one\ntwo\nthree", "dd", ["one", "|two"]), ("one\ntwo\nthree", "kdd", ["one", "|three"]),
    ("one\ntwo\nthree", "gg2dd", ["|three"]), ("one\ntwo\nthree", "ggd2d", ["|three"]),
    ("one\ntwo\nthree", "kccx\u{1b}", ["one", "|x", "three"]), ("one\n  two", "ccx\u{1b}", ["one", "  |x"]),
    ("one\ntwo", "yyp", ["one", "two", "|two"]), ("one\ntwo", "ggyyP", ["|one", "one", "two"]),
    ("one\ntwo\nthree", "ggdjP", ["|one", "two", "three"]), ("one\ntwo", "dk", ["|"]),
    ("one\ntwo\nthree", "k0d$", ["one", "|", "three"]), ("one\ntwo", "D", ["one", "t|w"]),
    ("one\ntwo", "kCx\u{1b}", ["on|x", "two"]), ("one\ntwo", "Sx\u{1b}", ["one", "|x"]),
    ("one\ntwo", "kYjp", ["one", "two", "|one"]),
  ])
  func `lines are cut, changed and put as lines`(text: String, keys: String, wanted: [String]) throws {
    try expect(text, keys, wanted)
  }

  @Test(arguments: [
    ("one\ntwo", "0", ["one", "|two"]), ("one\n  two", "^", ["one", "  |two"]), ("one\ntwo", "0$", ["one", "tw|o"]),
    ("one\ntwo", "k$", ["on|e", "two"]), ("one\ntwo", "kl", ["on|e", "two"]), ("one\ntwo", "0h", ["one", "|two"]),
    ("a b\nc", "gg0ww", ["a b", "|c"]), ("one\ntwo", "b", ["one", "|two"]), ("one\ntwo", "bb", ["|one", "two"]),
    ("a.b cd", "0w", ["a|.b cd"]), ("a.b cd", "0W", ["a.b |cd"]), ("a.b cd", "0e", ["a|.b cd"]),
    ("a.b cd", "0E", ["a.|b cd"]),
    ("a.b cd", "$B", ["a.b |cd"]), ("f(a(b), c)", "0%", ["f(a(b), c|)"]), ("f(a(b), c)", "%", ["f|(a(b), c)"]),
    ("abcabc", "0fc", ["ab|cabc"]), ("abcabc", "0fc;", ["abcab|c"]), ("abcabc", "0tc;", ["abca|bc"]),
    ("abcabc", "Fa", ["abc|abc"]), ("abcabc", "Ta", ["abca|bc"]), ("abcabc", "0fc;,", ["ab|cabc"]),
    ("abcabc", "02fc", ["abcab|c"]), ("abcabc", "4|", ["abc|abc"]), ("ab", "5G", ["|ab"]),
    ("one\ntwo\nthree", "2G", ["one", "|two", "three"]),
  ])
  func `motions know lines and words`(text: String, keys: String, wanted: [String]) throws {
    try expect(text, keys, wanted)
  }

  @Test(arguments: [
    ("one two", "bdw", ["one| "]), ("one two three", "0wdw", ["one |three"]), ("one two three", "0d2w", ["|three"]),
    ("one two three", "02dw", ["|three"]), ("one\ntwo", "gg0dw", ["|", "two"]), ("one two", "0cwx\u{1b}", ["|x two"]),
    ("abc", "x", ["a|b"]), ("abc", "0x", ["|bc"]), ("abc", "03x", ["|"]), ("abc", "X", ["a|c"]),
    ("abc", "0rx", ["|xbc"]),
    ("abc", "02rx", ["x|xc"]), ("abc", "0r中", ["|中bc"]), ("abc", "0~~", ["AB|c"]), ("one\n  two", "kJ", ["one| two"]),
    ("abc", "0dfb", ["|c"]), ("abc", "0dtc", ["|c"]), ("f(a, b)", "0f,di(", ["f(|)"]), ("f(a, b)", "0f,da(", ["|f"]),
    ("x = 'abc' + 1", "0ci'z\u{1b}", ["x = '|z' + 1"]), ("one two three", "0wciwx\u{1b}", ["one |x three"]),
    ("one two three", "0wdaw", ["one |three"]), ("abc", "0xp", ["b|ac"]), ("abc", "0xP", ["|abc"]),
    ("abc", "0x3p", ["baa|ac"]),
    ("abc", "0ylp", ["a|abc"]), ("abc", "sx\u{1b}", ["ab|x"]), ("a b", "dbu", ["a |b"]),
  ])
  func `operators, counts and objects`(text: String, keys: String, wanted: [String]) throws {
    try expect(text, keys, wanted)
  }

  @Test(arguments: [
    ("bc", "0ia\u{1b}", ["|abc"]), ("bc", "Ia\u{1b}", ["|abc"]), ("ab", "0ax\u{1b}", ["a|xb"]),
    ("ab", "0Ac\u{1b}", ["ab|c"]),
    ("one", "otwo\u{1b}", ["one", "tw|o"]), ("  one", "0Otwo\u{1b}", ["  tw|o", "  one"]),
    ("ab", "03ix\u{1b}", ["xx|xab"]),
    ("abcd", "0Rxy\u{1b}", ["x|ycd"]), ("ab", "Rxyz\u{1b}", ["axy|z"]), ("abcd", "0Rxyz\u{7f}\u{7f}\u{1b}", ["|xbcd"]),
    ("abcd", "0R中\u{1b}", ["|中bcd"]), ("ab\ncd", "ggRxyz\u{1b}", ["xy|z", "cd"]),
  ])
  func `text is inserted, appended and typed over`(text: String, keys: String, wanted: [String]) throws {
    try expect(text, keys, wanted)
  }

  @Test(arguments: [
    ("abcd", "0x.", ["|cd"]), ("one two three", "0dw.", ["|three"]), ("a\nb\nc\nd", "ggdd.", ["|c", "d"]),
    ("ab ab", "0cwx\u{1b}w.", ["x |x"]), ("a\nb", "ggA;\u{1b}j.", ["a;", "b|;"]), ("abcd", "0Rxy\u{1b}l.", ["xyx|y"]),
    ("abcdef", "0x3.", ["|ef"]),
  ])
  func `a change is made again`(text: String, keys: String, wanted: [String]) throws {
    try expect(text, keys, wanted)
  }

  @Test func `libedit's commands that know no lines are ours whatever key they are bound to`() throws {
    let terminal = try start(
      "bind -a K vi-to-column\nbind -a + vi-zero\nbind -a Q vi-delete-meta\nbind jj vi-command-mode\n")
    terminal.send("one" + Key.altEnter + "twojj+x")
    try terminal.waitForLine("  ... wo")
    terminal.send("QQ")
    try terminal.waitForLine("  ... wo")
    terminal.send("dd")
    try terminal.waitForLine("probe> one")
  }
}

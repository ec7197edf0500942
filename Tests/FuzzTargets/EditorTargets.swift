import CVMTerminal
import Glibc

extension FuzzTarget {
  /// A whole `.editrc`: an editor is made of it, which says what is wrong, and then reads keys.
  static let editorConfiguration = FuzzTarget(
    "editrc",
    words: [
      "bind ", "bind -a ", "bind -s ", "bind -v\n", "bind -e\n", "bind -r ", "bind -k up ", "bind -l\n", "fuzz:bind ",
      "echotc ", "settc ", "setty ", "edit on\n", "edit off\n", "telltc\n", "history ", "ed-next-char", "vi-cmd-mode",
      "em-kill-line",
      "\"^X\"", "\\e[A", "^[[1;5C", "\\033", "\\M-x", "# ", "\\\n",
    ],
    seeds: {
      [
        "bind -v\nbind -s ^X^A \"text\"\n", "fuzz:bind \\e[A ed-prev-history\nsettc li 5\n",
        "bind \"^T\" em-toggle-overwrite\n# x\n",
        "bind -e\nbind -r ^A\nbind -a j ed-next-line\nsetty -d +isig\nechotc bl\nedit on\n",
        "other:bind a b\nbind 'unfinished\n",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    guard let path = InputFile.configuration.path(holding: bytes) else { return }
    setenv("EDITRC", path, 1)
    type(Array("ab\u{1}c\u{1b}[A\u{1b}[D\u{18}\u{1}\r".utf8))
    setenv("EDITRC", "", 1)
  }

  /// Whatever is typed, in both editing modes: the editor comes to an end with its input.
  static let keys = FuzzTarget(
    "keys",
    words: [
      "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}[1;5C", "\u{1b}[3~", "\u{1b}[200~", "\u{1b}[201~",
      "\u{1b}b", "\u{1b}d",
      "\u{1b}y", "\u{1b}3", "\u{12}", "\u{7}", "\u{16}", "\u{19}", "\u{1f}", "中", "😀", "e\u{301}", "👨‍👩‍👧", "🇯🇵", "dd",
      "3dw", "ci(",
      "f(", "\u{1b}\r", "\t", "`${", "function f(", "%", "R", "~",
    ],
    seeds: {
      let texts = [
        "let a = 1\r\u{1b}[A\u{1}x\u{b}\u{19}\r", "(\u{1b}\r[中😀\u{1b}[D\u{7f}\t\t\u{12}let\u{7}",
        "\u{1b}[200~pasted\r\ttext\u{1b}[201~\u{1f}\u{1f}\r",
        "hello world\u{1b}0dwPu.3x~rxfo;,$iend\r\u{1b}k/wor\rn",
        "a\u{16}\u{3}b\u{14}\u{17}\u{15}\u{1b}b\u{1b}f\u{1b}d\u{1b}y\u{4}",
      ]
      return texts.flatMap { text in [0, 1].map { [UInt8($0)] + Array(text.utf8) } }
    }
  ) { bytes in
    let isVi = (bytes.first ?? 0) & 1 == 1
    if let path = InputFile.configuration.path(holding: Array((isVi ? "bind -v\n" : "bind -e\n").utf8)) {
      setenv("EDITRC", path, 1)
    }
    type(Array(bytes.dropFirst().prefix(2_000)))
    setenv("EDITRC", "", 1)
  }

  /// Gives keys to a new editor on a terminal of its own, until they are used up.
  private static func type(_ keys: [UInt8]) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 10, ws_col: 30, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0 else { fatalError("no terminal: \(errno)") }
    var settings = termios()
    tcgetattr(slave, &settings)
    cfmakeraw(&settings)
    tcsetattr(slave, TCSANOW, &settings)
    _ = write(master, keys, keys.count)
    let screen = Screen(master: master, slave: slave)
    let history = History(path: nil)
    for text in ["let first = 1", "second(\n  1)", "word in [history]"] { history.add(text) }
    if let editor = LineEditor(program: "fuzz", history: history, input: slave, output: slave) {
      editor.support.completeness = { $0.hasSuffix("(") ? .incomplete(indentation: 2) : .complete }
      while case .text(let text) = nextText(editor) { history.add(text) }
    }
    screen.end()
    close(slave)
  }

  private static func nextText(_ editor: LineEditor) -> LineEditor.Outcome {
    var outcome = editor.readText()
    while outcome == .interrupted { outcome = editor.readText() }
    return outcome
  }
}

/// Takes what is written to a terminal, and hangs up when all that was typed has been read.
private final class Screen: @unchecked Sendable {
  private let master: Int32
  private let slave: Int32
  private var thread = pthread_t()

  init(master: Int32, slave: Int32) {
    (self.master, self.slave) = (master, slave)
    pthread_create(
      &thread, nil,
      { screen in
        guard let screen else { return nil }
        Unmanaged<Screen>.fromOpaque(screen).takeRetainedValue().watch()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  private func watch() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, 1) > 0, read(master, &buffer, buffer.count) > 0 { continue }
      var unread: Int32 = 0
      if ioctl(slave, UInt(FIONREAD), &unread) != 0 || unread == 0 { break }
    }
    close(master)
  }

  /// An editor may end before its input does.
  func end() {
    tcflush(slave, TCIFLUSH)
    pthread_join(thread, nil)
  }
}

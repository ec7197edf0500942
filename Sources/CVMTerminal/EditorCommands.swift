import CLineEdit

extension EditorCommand {
  /// All own commands with their keys.
  static let all: [EditorCommand] =
    typing + moving + cutting + leaving + [
      EditorCommand("complete", "Complete the word at the cursor; again: list what is possible", keys: ["\t"]) {
        editor, _ in editor.complete()
      },
      EditorCommand("search-back", "Search the history backwards", keys: ["^R"]) { editor, _ in
        editor.searchHistory(-1)
      },
      EditorCommand("search-forward", "Search the history forwards", keys: ["^S"]) { editor, _ in
        editor.searchHistory(1)
      },
      EditorCommand("older", "The entry of the history before", keys: ["\u{1b}[5~", "\u{1b}p"]) { editor, _ in
        editor.recallEntry(-1)
      },
      EditorCommand("newer", "The entry of the history after", keys: ["\u{1b}[6~", "\u{1b}n"]) { editor, _ in
        editor.recallEntry(1)
      },
    ]

  private static let typing: [EditorCommand] = [
    EditorCommand("accept", "Run the text, or begin a new line of it", keys: ["^J", "^M"]) { editor, _ in
      editor.accept()
    },
    EditorCommand(
      "newline", "Begin a new line", keys: ["\u{1b}^J", "\u{1b}^M", "\u{1b}[13;2u", "\u{1b}[27;2;13~", "\u{1b}OM"]
    ) { editor, _ in
      editor.breakLine()
    },
    EditorCommand("insert", "Insert the key", insertKeys: (UInt32(0x20)...0x7E).map { LineEditor.octal($0) }) {
      editor, key in editor.type([key])
    },
    EditorCommand("insert-text", "Insert a character", keys: [LineEditor.octal(CLE_KEY_TEXT)]) { editor, _ in
      editor.type(editor.takePendingText())
    },
    EditorCommand("insert-macro", "Insert a text of a macro", keys: [LineEditor.octal(CLE_KEY_MACRO)]) { editor, _ in
      editor.insertMacroText()
    },
    EditorCommand("insert-paste", "Insert what is pasted", keys: [LineEditor.octal(CLE_KEY_PASTE)]) { editor, _ in
      editor.insertPaste()
    },
    EditorCommand("insert-closing", "Insert a closing bracket", insertKeys: [")", "]", "}"]) { editor, key in
      editor.insertClosing(key)
    },
    EditorCommand("quote", "Insert the next key as it is", insertKeys: ["^V", "^Q"]) { editor, _ in editor.quote() },
    EditorCommand("vi-key", "A key of vi's command mode", viKeys: LineEditor.viCommandKeys) { editor, key in
      editor.viKey(key)
    },
    EditorCommand("vi-escape", "Leave vi's insert mode") { editor, _ in editor.viEscape() },
    EditorCommand("vi-settle", "Put the cursor where insert mode leaves it") { editor, _ in editor.viSettle() },
    EditorCommand("undo", "Take back what was typed", keys: ["^_"]) { editor, _ in
      editor.takeBack(editor.undo.undo())
    },
    EditorCommand("redo", "Type again what was taken back", keys: ["\u{1b}_", "\u{1b}/"]) { editor, _ in
      editor.takeBack(editor.undo.redo())
    },
    EditorCommand("argument", "Repeat the next key", insertKeys: (0...9).map { "\u{1b}\($0)" }) { editor, key in
      editor.readArgument(key)
    },
  ]

  private static let moving: [EditorCommand] = [
    EditorCommand("left", "A character to the left", keys: ["^B", "\u{1b}[D", "\u{1b}OD"]) { editor, _ in
      editor.move(editor.characterStart(_:before:))
    },
    EditorCommand(
      "right", "A character to the right; at the end, take the suggestion", keys: ["^F", "\u{1b}[C", "\u{1b}OC"]
    ) {
      editor, _ in
      if editor.edit.cursor == editor.edit.count { return editor.acceptSuggestion() ? .done : .refused }
      return editor.move(editor.characterEnd(_:after:))
    },
    EditorCommand(
      "word-left", "A word to the left",
      keys: ["\u{1b}b", "\u{1b}B", "\u{1b}[1;5D", "\u{1b}[1;3D", "\u{1b}[5D", "\u{1b}Od"]
    ) { editor, _ in
      editor.move(editor.wordStart(_:before:))
    },
    EditorCommand(
      "word-right", "A word to the right; at the end, take a word of the suggestion",
      keys: ["\u{1b}f", "\u{1b}F", "\u{1b}[1;5C", "\u{1b}[1;3C", "\u{1b}[5C", "\u{1b}Oc"]
    ) { editor, _ in
      if editor.edit.cursor == editor.edit.count { return editor.acceptSuggestedWord() ? .done : .refused }
      return editor.move(editor.wordEnd(_:after:))
    },
    EditorCommand(
      "line-start", "The start of the line", keys: ["^A", "\u{1b}[H", "\u{1b}OH", "\u{1b}[1~", "\u{1b}[7~"]
    ) { editor, _ in
      editor.move { editor.lineBounds($0, $1).lowerBound }
    },
    EditorCommand(
      "line-end", "The end of the line; there, take the suggestion",
      keys: ["^E", "\u{1b}[F", "\u{1b}OF", "\u{1b}[4~", "\u{1b}[8~"]
    ) { editor, _ in
      if editor.edit.cursor == editor.edit.count, editor.acceptSuggestion() { return .done }
      return editor.move { editor.lineBounds($0, $1).upperBound }
    },
    EditorCommand("text-start", "The start of the text", keys: ["\u{1b}<", "\u{1b}[1;5H"]) { editor, _ in
      editor.move { _, _ in 0 }
    },
    EditorCommand("text-end", "The end of the text", keys: ["\u{1b}>", "\u{1b}[1;5F"]) { editor, _ in
      editor.move { text, _ in text.count }
    },
    EditorCommand("up", "A line up, then an older entry", keys: ["^P", "\u{1b}[A", "\u{1b}OA"]) {
      editor, _ in editor.moveVertically(-1)
    },
    EditorCommand("down", "A line down, then a newer entry", keys: ["^N", "\u{1b}[B", "\u{1b}OB"]) {
      editor, _ in editor.moveVertically(1)
    },
    EditorCommand("set-mark", "Set the mark", insertKeys: ["^@"]) { editor, _ in
      editor.mark = editor.edit.cursor
      return .done
    },
    EditorCommand("exchange-mark", "Go to the mark", keys: ["^X^X"]) { editor, _ in
      guard let mark = editor.mark else { return .refused }
      editor.mark = editor.edit.cursor
      editor.edit.moveCursor(to: min(mark, editor.edit.count))
      return .done
    },
  ]

  private static let cutting: [EditorCommand] = [
    EditorCommand("backspace", "Delete the character before the cursor", insertKeys: ["^H", "^?"]) { editor, _ in
      editor.deleteBackward()
    },
    EditorCommand("delete", "Delete the character at the cursor", keys: ["\u{1b}[3~"]) { editor, _ in
      editor.deleteForward()
    },
    EditorCommand("kill-line", "Cut the rest of the line", insertKeys: ["^K"]) { editor, _ in
      let text = editor.edit.text
      let cursor = editor.edit.cursor
      let end = editor.lineBounds(text, cursor).upperBound
      // At the end of a line its line feed goes.
      return editor.cut(cursor..<(end == cursor ? min(end + 1, text.count) : end), .after)
    },
    EditorCommand("kill-line-before", "Cut the line up to the cursor", insertKeys: ["^U"]) { editor, _ in
      let cursor = editor.edit.cursor
      let start = editor.lineBounds(editor.edit.text, cursor).lowerBound
      return editor.cut((start == cursor ? max(0, start - 1) : start)..<cursor, .before)
    },
    EditorCommand("kill-text", "Cut the whole text") { editor, _ in editor.cut(0..<editor.edit.count, .after) },
    EditorCommand("kill-word", "Cut a word", keys: ["\u{1b}d", "\u{1b}D", "\u{1b}[3;5~", "\u{1b}[3;3~"]) { editor, _ in
      let cursor = editor.edit.cursor
      return editor.cut(cursor..<editor.wordEnd(editor.edit.text, after: cursor), .after)
    },
    EditorCommand("kill-word-before", "Cut the word before", keys: ["\u{1b}^H", "\u{1b}^?"]) { editor, _ in
      let cursor = editor.edit.cursor
      return editor.cut(editor.wordStart(editor.edit.text, before: cursor)..<cursor, .before)
    },
    EditorCommand("kill-blank-word-before", "Cut back to a blank", insertKeys: ["^W"]) { editor, _ in
      let cursor = editor.edit.cursor
      return editor.cut(editor.blankWordStart(editor.edit.text, before: cursor)..<cursor, .before)
    },
    EditorCommand("copy-region", "Copy from the mark to the cursor", keys: ["\u{1b}w", "\u{1b}W"]) { editor, _ in
      guard let mark = editor.mark else { return .refused }
      let cursor = editor.edit.cursor
      let other = min(mark, editor.edit.count)
      editor.killRing.add(
        Array(editor.edit.text[min(other, cursor)..<max(other, cursor)]), .after, continues: false)
      return .done
    },
    EditorCommand("kill-region", "Cut from the mark to the cursor") { editor, _ in
      guard let mark = editor.mark else { return .refused }
      let cursor = editor.edit.cursor
      let other = min(mark, editor.edit.count)
      return editor.cut(min(other, cursor)..<max(other, cursor), .after)
    },
    EditorCommand("yank", "Insert what was cut", insertKeys: ["^Y"]) { editor, _ in editor.paste() },
    EditorCommand("yank-pop", "Insert what was cut before that", insertKeys: ["\u{1b}y", "\u{1b}Y"]) { editor, _ in
      editor.rotatePaste()
    },
    EditorCommand("transpose", "Exchange two characters", insertKeys: ["^T"]) { editor, _ in editor.transpose() },
    EditorCommand("upper-case", "Make a word upper case", insertKeys: ["\u{1b}u", "\u{1b}U"]) { editor, _ in
      editor.changeCase { $0.uppercased() }
    },
    EditorCommand("lower-case", "Make a word lower case", insertKeys: ["\u{1b}l", "\u{1b}L"]) { editor, _ in
      editor.changeCase { $0.lowercased() }
    },
    EditorCommand("capitalize", "Make a word's first letter upper case", insertKeys: ["\u{1b}c", "\u{1b}C"]) {
      editor, _ in
      editor.changeCase { text in
        guard let index = text.firstIndex(where: \.isLetter) else { return text }
        let next = text.index(after: index)
        return text[..<index] + text[index..<next].uppercased() + text[next...].lowercased()
      }
    },
  ]

  private static let leaving: [EditorCommand] = [
    EditorCommand("interrupt", "Give up the text", keys: ["^C"]) { editor, _ in
      editor.outcome = .interrupted
      return .finished
    },
    EditorCommand("delete-or-end", "Delete a character, or leave if there is none", keys: ["^D"]) { editor, _ in
      guard editor.edit.count == 0 else { return editor.deleteForward() }
      editor.outcome = .end
      return .finished
    },
    EditorCommand("cancel", "Close what is open", keys: ["^G"]) { editor, _ in
      editor.closeCompletionList()
      return .done
    },
    EditorCommand("suspend", "Stop the program", keys: ["^Z"]) { editor, _ in editor.suspend() },
    EditorCommand("clear", "Clear the screen", keys: ["^L"]) { editor, _ in
      editor.clearScreen()
      return .done
    },
    EditorCommand("edit", "Edit the text in $EDITOR", keys: ["^X^E"]) { editor, _ in
      editor.editElsewhere()
    },
    EditorCommand("undo-statement", "Take back the last statement", keys: ["^X^U"]) { editor, _ in
      editor.undoStatement()
    },
  ]

  /// Own commands in place of libedit's.
  static let replacements: [String: String] = [
    "ed-insert": "cvm-insert", "ed-digit": "cvm-insert", "ed-quoted-insert": "cvm-quote",
    "ed-newline": "cvm-accept", "ed-delete-next-char": "cvm-delete", "ed-delete-prev-char": "cvm-backspace",
    "ed-delete-prev-word": "cvm-kill-word-before", "em-delete-next-word": "cvm-kill-word",
    "em-delete-prev-char": "cvm-backspace", "em-delete-or-list": "cvm-delete-or-end",
    "vi-list-or-eof": "cvm-delete-or-end", "vi-delete-prev-char": "cvm-backspace",
    "vi-kill-line-prev": "cvm-kill-line-before", "ed-kill-line": "cvm-kill-line", "em-kill-line": "cvm-kill-text",
    "em-yank": "cvm-yank", "em-set-mark": "cvm-set-mark", "em-exchange-mark": "cvm-exchange-mark",
    "em-kill-region": "cvm-kill-region", "em-copy-region": "cvm-copy-region", "ed-transpose-chars": "cvm-transpose",
    "em-upper-case": "cvm-upper-case", "em-lower-case": "cvm-lower-case", "em-capitol-case": "cvm-capitalize",
    "em-inc-search-prev": "cvm-search-back", "em-inc-search-next": "cvm-search-forward",
    "vi-search-prev": "cvm-search-back", "vi-search-next": "cvm-search-forward",
    "vi-repeat-search-prev": "cvm-search-forward", "vi-repeat-search-next": "cvm-search-back",
    "ed-prev-history": "cvm-up", "ed-next-history": "cvm-down", "ed-search-prev-history": "cvm-older",
    "ed-search-next-history": "cvm-newer", "vi-prev-history": "cvm-up", "vi-next-history": "cvm-down",
    "ed-prev-line": "cvm-up", "ed-next-line": "cvm-down", "vi-histedit": "cvm-edit", "vi-undo": "cvm-undo",
    "vi-undo-line": "cvm-undo", "vi-command-mode": "cvm-vi-escape", "ed-clear-screen": "cvm-clear",
    "ed-redisplay": "cvm-clear", "ed-tty-sigint": "cvm-interrupt", "ed-tty-sigtstp": "cvm-suspend",
    "ed-start-over": "cvm-kill-text", "ed-command": "ed-ignore", "vi-history-word": "ed-ignore",
    "vi-to-history-line": "ed-ignore", "vi-alias": "ed-ignore", "vi-comment-out": "ed-ignore",
    "em-meta-next": "ed-ignore", "em-universal-argument": "ed-ignore", "em-toggle-overwrite": "ed-ignore",
    "em-copy-prev-word": "ed-ignore", "ed-argument-digit": "cvm-argument",
  ].merging(viKeys.mapValues { "cvm-vi-" + $0.name }) { ours, _ in ours }

  /// libedit's commands of vi's command mode, which know no lines, and the keys whose meaning they get.
  private static let viKeys: [String: (key: Character, name: String)] = [
    "vi-prev-word": ("b", "word-left"), "vi-prev-big-word": ("B", "big-word-left"), "vi-next-word": ("w", "word-right"),
    "vi-next-big-word": ("W", "big-word-right"), "vi-end-word": ("e", "word-end"),
    "vi-end-big-word": ("E", "big-word-end"), "vi-paste-next": ("p", "put-after"), "vi-paste-prev": ("P", "put-before"),
    "vi-change-meta": ("c", "change"), "vi-delete-meta": ("d", "delete"), "vi-yank": ("y", "yank"),
    "vi-yank-end": ("Y", "yank-line"), "vi-insert": ("i", "insert"), "vi-insert-at-bol": ("I", "insert-at-start"),
    "vi-add": ("a", "append"), "vi-add-at-eol": ("A", "append-at-end"), "vi-substitute-char": ("s", "substitute"),
    "vi-substitute-line": ("S", "substitute-line"), "vi-change-to-eol": ("C", "change-to-end"),
    "vi-replace-char": ("r", "replace-character"), "vi-replace-mode": ("R", "replace"), "vi-next-char": ("f", "find"),
    "vi-prev-char": ("F", "find-left"), "vi-to-next-char": ("t", "find-before"),
    "vi-to-prev-char": ("T", "find-left-before"), "vi-repeat-next-char": (";", "find-again"),
    "vi-repeat-prev-char": (",", "find-back"), "vi-match": ("%", "match"), "vi-to-column": ("|", "column"),
    "vi-zero": ("0", "line-start"), "vi-redo": (".", "again"), "vi-change-case": ("~", "toggle-case"),
  ]

  /// The own commands for these; they make sense in vi mode only.
  static let vi: [EditorCommand] = viKeys.values.sorted { $0.name < $1.name }.map { key, name in
    EditorCommand("vi-" + name, "The key \(key) of vi's command mode") { editor, _ in editor.viCommand(key, nil) }
  }
}

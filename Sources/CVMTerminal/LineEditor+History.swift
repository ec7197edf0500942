import CLineEdit

/// Going through the history with Up and Down.
struct HistoryRecall {
  /// The entry that is shown; nil for what was being typed.
  var index: Int?
  var draft: [UInt32] = []
  var prefix = ""
  /// The text as it was recalled.
  var shown: [UInt32] = []
}

/// Searching the history with Ctrl-R and Ctrl-S.
struct HistorySearch {
  var pattern = ""
  var index: Int
  var hasFailed = false
}

/// The entry that the text could become.
struct SuggestionCache {
  var text: String?
  var index: Int?
}

extension LineEditor {
  // MARK: Up and Down

  /// Shows the next entry in a direction that begins as the text before the cursor did.
  func recallEntry(_ direction: Int) -> CommandResult {
    let text = edit.text
    if recall.index == nil || text != recall.shown {
      if direction > 0 { return .refused }
      recall = HistoryRecall(index: nil, draft: text, prefix: makeString(text[..<edit.cursor]))
    }
    let entries = history.entries
    let current = recall.index.flatMap { $0 < entries.count ? entries[$0] : nil }
    var index = (recall.index ?? entries.count) + direction
    while index >= 0, index < entries.count,
      !entries[index].startsWithBytes(of: recall.prefix) || entries[index] == current || isDraft(entries[index])
    {
      index += direction
    }
    guard index >= 0 else { return .refused }
    if index >= entries.count {
      recall.index = nil
      edit.setText(recall.draft, cursor: recall.draft.count)
      return .done
    }
    let entry = makeScalars(entries[index])
    guard edit.setText(entry, cursor: entry.count) else { return .refused }
    recall.index = index
    recall.shown = entry
    return .done
  }

  private func isDraft(_ entry: String) -> Bool { !recall.draft.isEmpty && makeScalars(entry) == recall.draft }

  // MARK: Suggestions

  /// What is typed at the end of a pasted program is hardly in the history.
  private static let longestSuggestedText = 2_000

  /// The rest of the newest entry that begins with the text; empty when there is none.
  func suggestedRest() -> String {
    guard search == nil, completionList == nil, document.count > 0, cursor == document.count,
      document.count <= Self.longestSuggestedText
    else { return "" }
    guard recall.index == nil || edit.text != recall.shown else { return "" }
    let text = document.text
    let entries = history.entries
    if let known = suggestion.text, text.startsWithBytes(of: known) {
      // A longer text has no entry where a shorter one has none.
      guard let index = suggestion.index, index < entries.count else { return "" }
      if isSuggestion(entries[index], text) {
        suggestion.text = text
        return rest(of: entries[index], text)
      }
    }
    suggestion = SuggestionCache(text: text, index: entries.lastIndex { isSuggestion($0, text) })
    return suggestion.index.map { rest(of: entries[$0], text) } ?? ""
  }

  private func isSuggestion(_ entry: String, _ text: String) -> Bool {
    entry.utf8.count > text.utf8.count && entry.startsWithBytes(of: text)
  }

  private func rest(of entry: String, _ text: String) -> String {
    String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
  }

  /// Takes over the next word of the suggestion.
  func acceptSuggestedWord() -> Bool {
    let rest = makeScalars(suggestedRest())
    guard !rest.isEmpty, usesColor else { return false }
    return edit.insert(rest[..<wordEnd(rest, after: 0)])
  }

  // MARK: Searching

  func searchHistory(_ direction: Int) -> CommandResult {
    let savedText = edit.text
    let savedCursor = edit.cursor
    search = HistorySearch(index: history.entries.count)
    var direction = direction
    defer {
      search = nil
      isDirty = true
    }
    while true {
      isDirty = true
      guard let key = edit.readKey() else {
        outcome = .end
        return .finished
      }
      switch key {
      case 0x12, 0x13:
        direction = key == 0x12 ? -1 : 1
        if search?.pattern.isEmpty == true { search?.pattern = lastSearch }
        findEntry(from: (search?.index ?? 0) + direction, direction)
      case 0x07, 0x03:
        edit.setText(savedText, cursor: savedCursor)
        return .done
      case 0x08, 0x7F:
        guard search?.pattern.isEmpty == false else { continue }
        search?.pattern.removeLast()
        search?.hasFailed = false
        if search?.pattern.isEmpty == true {
          edit.setText(savedText, cursor: savedCursor)
          search?.index = history.entries.count
        } else {
          findEntry(from: history.entries.count - 1, -1)
        }
      case CLE_KEY_TEXT:
        let typed = takePendingText()
        extendSearch(makeString(typed), direction)
      case 0x20...0x7E: extendSearch(makeString([key]), direction)
      case CLE_KEY_ESCAPE: return endSearch()
      default:
        // Any other key means what it means elsewhere.
        queue.putBack(key)
        return endSearch()
      }
    }
  }

  private func endSearch() -> CommandResult {
    if let pattern = search?.pattern, !pattern.isEmpty { lastSearch = pattern }
    return .done
  }

  private func extendSearch(_ text: String, _ direction: Int) {
    search?.pattern += text
    findEntry(from: min(search?.index ?? 0, history.entries.count - 1), direction)
  }

  private func findEntry(from start: Int, _ direction: Int) {
    guard let pattern = search?.pattern, !pattern.isEmpty else { return }
    let entries = history.entries
    var index = start
    while index >= 0, index < entries.count {
      if let offset = entries[index].offset(of: pattern), edit.setText(makeScalars(entries[index]), cursor: 0) {
        search?.index = index
        search?.hasFailed = false
        let before = String(decoding: entries[index].utf8.prefix(offset), as: UTF8.self)
        edit.moveCursor(to: before.unicodeScalars.count)
        return
      }
      index += direction
    }
    search?.hasFailed = true
  }
}

import CLineEdit

extension LineEditor {
  /// What a person says to the question whether to show more of a long answer.
  public enum MoreAnswer: Equatable {
    case more, all, quit
    /// Only what contains this.
    case find(String)
  }

  /// Asks with one key. A key that is no answer is the first one at the next prompt.
  public func askForMore(_ question: String) -> MoreAnswer {
    edit.prepare()
    ask(question)
    let answer = readMoreAnswer(question)
    endQuestion()
    guard answer == .find("") else { return answer }
    guard case .text(let text) = readAnswer("/"), !text.isEmpty else { return .quit }
    return .find(text)
  }

  private func ask(_ question: String) {
    edit.setRaw(true)
    cle_set_editing(1)
    painter.emit(usesColor ? "\u{1b}[2m\(question)\u{1b}[0m" : question)
    flush()
  }

  private func endQuestion() {
    painter.emit("\r\u{1b}[K")
    flush()
    cle_set_editing(0)
    edit.setRaw(false)
  }

  private func readMoreAnswer(_ question: String) -> MoreAnswer {
    while true {
      if cle_take_interrupt() != 0 { return .quit }
      guard let keys = readKeys() else { return .quit }
      switch keys {
      case [0x0A], [0x0D], [0x20], Self.downKey, Self.pageDownKey: return .more
      case [0x61], [0x41]: return .all
      case [0x2F]: return .find("")
      case [0x71], [0x51], [0x03], [0x04], [0x07], [CLE_KEY_ESCAPE]: return .quit
      case [0x1A]:
        endQuestion()
        Terminal.lend { cle_suspend() }
        ask(question)
      case []: continue
      default:
        queue.append(keys)
        return .quit
      }
    }
  }

  private static let downKey = makeScalars("\u{1b}[B")
  private static let pageDownKey = makeScalars("\u{1b}[6~")
}

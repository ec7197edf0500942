import CLineEdit
import Glibc

/// Keys that were read but not delivered.
struct KeyQueue {
  private var keys: [UInt32] = []
  private var position = 0

  var isEmpty: Bool { position == keys.count }

  mutating func take() -> UInt32? {
    guard position < keys.count else { return nil }
    defer {
      position += 1
      if position == keys.count {
        keys.removeAll(keepingCapacity: true)
        position = 0
      }
    }
    return keys[position]
  }

  mutating func append(_ more: some Sequence<UInt32>) { keys += more }
  mutating func putBack(_ key: UInt32) { keys.insert(key, at: position) }
}

/// Turns bytes into keys.
extension LineEditor {
  private static let escapeKey: UInt32 = 0x1B
  /// How long the rest of an escape sequence may take, in milliseconds.
  private static let escapeTimeout: Int32 = 40
  private static let encodingTimeout: Int32 = 100
  private static let pasteTimeout: Int32 = 2000
  /// After how many milliseconds without a key a large text is checked.
  private static let idleTime: Int32 = 150

  var hasPendingInput: Bool {
    if !queue.isEmpty || unreadByte != nil { return true }
    var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// The next key for libedit; nil at the end of the input.
  func nextKey() -> UInt32? {
    if let text = initialText {
      initialText = nil
      edit.insert(text)
    }
    while true {
      if let key = queue.take() { return key }
      paintIfDue()
      guard unreadByte != nil || wait() else { continue }
      guard let byte = readByte(timeout: -1) else {
        outcome = .end
        return nil
      }
      if let keys = keys(beginningWith: typedAhead(byte)) {
        // The list of completions goes at the next key.
        if keys != [0x09] { closeCompletionList() }
        clearNote()
        queue.append(repeated(keys))
        return queue.take()
      }
    }
  }

  /// A Ctrl-D that was typed while a program ran has become a zero; as a key of its own it does nothing on an empty line.
  private func typedAhead(_ byte: UInt8) -> UInt8 { byte == 0 && edit.count == 0 ? 0x04 : byte }

  /// The next key where no text is edited: empty if it means nothing, nil at the end of the input or a signal.
  func readKeys() -> [UInt32]? {
    if let key = queue.take() { return [key] }
    guard unreadByte != nil || wait() else { return [] }
    guard let byte = readByte(timeout: -1) else { return nil }
    return keys(beginningWith: byte) ?? []
  }

  /// A numeric argument repeats the key after it.
  private func repeated(_ keys: [UInt32]) -> [UInt32] {
    let count = repeatCount
    repeatCount = 1
    return count == 1 ? keys : Array(repeatElement(keys, count: count).joined())
  }

  /// Waits for input; false when something else came.
  private func wait() -> Bool {
    var requests = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: cle_wake_descriptor(), events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&requests, 2, hasUncheckedText ? Self.idleTime : -1)
    if count == 0 {
      checkText()
      return false
    }
    if count < 0 || requests[1].revents != 0 {
      cle_drain_wakes()
      if cle_take_resize() != 0 { resized() }
      if cle_take_interrupt() != 0 {
        // From outside: as if Ctrl-C were typed.
        queue.append([0x03])
        closeCompletionList()
        return false
      }
      showMessages()
      return false
    }
    return requests[0].revents != 0
  }

  /// One byte, so that nothing is taken that belongs to a program; nil at the end or after a time in milliseconds.
  private func readByte(timeout: Int32) -> UInt8? {
    if let byte = unreadByte {
      unreadByte = nil
      return byte
    }
    if timeout >= 0 {
      var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, timeout) <= 0 { return nil }
    }
    var byte: UInt8 = 0
    while true {
      let count = read(input, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, -1)
        continue
      }
      return nil
    }
  }

  /// The keys that bytes stand for; nil when they mean nothing.
  private func keys(beginningWith byte: UInt8) -> [UInt32]? {
    if byte == 0x1B { return escapeSequence() }
    if byte < 0x80 { return [UInt32(byte)] }
    guard let scalar = encodedScalar(byte), scalar >= 0xA0 else { return nil }
    pendingText.append(scalar)
    return [CLE_KEY_TEXT]
  }

  /// The code point whose UTF-8 begins with a byte.
  private func encodedScalar(_ first: UInt8) -> UInt32? {
    let more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0
    guard more > 0 else { return nil }
    var bytes = [first]
    for _ in 0..<more {
      guard let next = readByte(timeout: Self.encodingTimeout) else { return nil }
      guard next & 0xC0 == 0x80 else {
        // The character was cut off: the byte begins another.
        if next < 0x80, next != 0x1B { queue.append([UInt32(next)]) }
        return nil
      }
      bytes.append(next)
    }
    return String(validating: bytes, as: UTF8.self)?.unicodeScalars.first?.value
  }

  private static let longestSequence = 40

  /// A whole escape sequence, so that an unknown one leaves nothing behind.
  private func escapeSequence() -> [UInt32]? {
    guard let second = readByte(timeout: Self.escapeTimeout) else { return [CLE_KEY_ESCAPE] }
    var sequence: [UInt32] = [Self.escapeKey, UInt32(second)]
    if second == 0x1B {
      // Alt with an arrow key, as some terminals send it.
      unreadByte = second
      return [CLE_KEY_ESCAPE]
    }
    if second >= 0x80 {
      // Alt with a letter outside of ASCII.
      _ = encodedScalar(second)
      return nil
    }
    guard second == 0x5B || second == 0x4F else { return bound(sequence) }
    while sequence.count < Self.longestSequence, let next = readByte(timeout: Self.escapeTimeout) {
      // A control character breaks a sequence off, and is a key of its own.
      if next < 0x20 || next == 0x7F {
        unreadByte = next
        return nil
      }
      sequence.append(UInt32(next))
      if second == 0x4F || (0x40...0x7E).contains(next) { break }
    }
    // Alt-[ and Alt-O alone.
    if sequence.count == 2 { return bound(sequence) }
    if makeString(sequence.dropFirst()) == "[200~" {
      readPaste()
      return [CLE_KEY_PASTE]
    }
    return bound(sequence)
  }

  private func bound(_ sequence: [UInt32]) -> [UInt32]? {
    // In vi mode, a letter or digit typed right after ESC is a command.
    if edit.isVi, sequence.count == 2, (0x21...0x7E).contains(sequence[1]) { return [CLE_KEY_ESCAPE, sequence[1]] }
    let text = makeString(sequence)
    let isBound: Bool
    if let known = sequenceIsBound[text] {
      isBound = known
    } else {
      isBound = edit.isBound(text)
      sequenceIsBound[text] = isBound
    }
    return isBound ? sequence : nil
  }

  // MARK: Pasting

  private static let pasteEnd = Array("\u{1b}[201~".utf8)

  /// Reads what is pasted up to the end mark. Reads at most as many bytes as must still come.
  private func readPaste() {
    var bytes: [UInt8] = []
    var matched = 0
    var chunk = [UInt8](repeating: 0, count: Self.pasteEnd.count)
    reading: while matched < Self.pasteEnd.count {
      var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, Self.pasteTimeout) > 0 else { break }
      let count = read(input, &chunk, Self.pasteEnd.count - matched)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for byte in chunk[..<count] {
        bytes.append(byte)
        matched = byte == Self.pasteEnd[matched] ? matched + 1 : byte == Self.pasteEnd[0] ? 1 : 0
      }
    }
    if matched == Self.pasteEnd.count { bytes.removeLast(matched) }
    pendingPaste = Self.cleaned(bytes, support.cleanPaste)
  }

  /// The code points of pasted bytes: lines end with line feeds, and control characters are left out.
  static func cleaned(_ bytes: [UInt8], _ clean: (String) -> String) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(bytes.count)
    // The terminal's mode turned carriage returns into line feeds and the other way round, so that either may be the
    // first of a pair, which is one line end.
    var lineEnd: UInt32 = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars.lazy.map(\.value) {
      if scalar == 0x0D || scalar == 0x0A {
        if lineEnd != 0, lineEnd != scalar {
          lineEnd = 0
          continue
        }
        lineEnd = scalar
        scalars.append(newline)
        continue
      }
      lineEnd = 0
      switch scalar {
      case 0x09: scalars.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0xFEFF: continue
      default: scalars.append(scalar)
      }
    }
    let text = makeString(scalars)
    let cleaned = clean(text)
    return cleaned == text ? scalars : makeScalars(cleaned)
  }
}

/// Bytes as text (RFC 4648, section 4).
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var word: UInt32 = 0
    var count = 0
    for byte in bytes {
      word = word << 8 | UInt32(byte)
      count += 1
      if count == 3 {
        for shift in [18, 12, 6, 0] as [UInt32] { result.append(alphabet[Int(word >> shift & 63)]) }
        (word, count) = (0, 0)
      }
    }
    if count > 0 {
      word <<= UInt32(8 * (3 - count))
      for place in 0..<4 {
        result.append(place <= count ? alphabet[Int(word >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Nil when the text is not what `encode` writes.
  public static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count % 4 == 0 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(characters.count / 4 * 3)
    for start in stride(from: 0, to: characters.count, by: 4) {
      var word: UInt32 = 0
      var padding = 0
      for place in 0..<4 {
        let character = characters[start + place]
        if character == UInt8(ascii: "="), start + 4 == characters.count, place >= 2 {
          padding += 1
          word <<= 6
        } else {
          guard padding == 0, let digit = value(of: character) else { return nil }
          word = word << 6 | digit
        }
      }
      guard word & (1 << UInt32(8 * padding) - 1) == 0 else { return nil }
      for place in 0..<3 - padding { result.append(UInt8(truncatingIfNeeded: word >> UInt32(16 - 8 * place))) }
    }
    return result
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

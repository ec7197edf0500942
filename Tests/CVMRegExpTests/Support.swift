@testable import CVMRegExp

func compile(_ pattern: String, _ flags: String = "") throws -> RegExpProgram {
  try RegExpProgram(pattern: Array(pattern.utf16), flags: RegExpFlags(letters: flags.utf16) ?? [])
}

/// Runs a program over a text in slices of `budget` steps; nil when nothing matches.
func run(
  _ program: RegExpProgram, _ text: [UInt16], at index: Int = 0, isSticky: Bool = false, isNarrow: Bool = false,
  budget: Int = 1_000_000
) -> [Int32]? {
  let matcher = RegExpMatcher()
  let bytes = text.map { UInt8(truncatingIfNeeded: $0) }
  return bytes.withUnsafeBufferPointer { bytes in
    text.withUnsafeBufferPointer { units -> [Int32]? in
      let empty = UnsafePointer<UInt16>(bitPattern: 2)!
      let view: RegExpText =
        isNarrow
        ? .latin1(bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!, count: bytes.count)
        : .utf16(units.baseAddress ?? empty, count: units.count)
      matcher.start(program, in: view, at: index, isSticky: isSticky)
      while true {
        var steps = budget
        switch matcher.resume(budget: &steps) {
        case .matched: return Array(matcher.captures)
        case .failed, .stackExhausted: return nil
        case .notFinished: continue
        }
      }
    }
  }
}

/// The groups of the first match as text, `-` for those that took no part; nil when nothing matches.
func groups(_ pattern: String, _ flags: String = "", in text: String, at index: Int = 0) throws -> [String]? {
  let units = Array(text.utf16)
  let program = try compile(pattern, flags)
  guard let found = run(program, units, at: index, isSticky: flags.contains("y")) else { return nil }
  return stride(from: 0, to: found.count, by: 2).map { index in
    found[index] < 0
      ? "-" : String(decoding: units[Int(found[index])..<Int(found[index + 1])], as: UTF16.self)
  }
}

func message(_ pattern: String, _ flags: String = "") -> String? {
  do {
    _ = try compile(pattern, flags)
    return nil
  } catch let error as RegExpSyntaxError {
    return "\(error.message) @\(error.offset)"
  } catch { return "\(error)" }
}

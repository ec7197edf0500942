import CVMTestSupport
import Testing

@testable import CVMRegExp

/// Small random patterns over a small alphabet.
private struct PatternGenerator {
  var random: SeededGenerator
  var groupCount = 0

  mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

  mutating func disjunction(_ depth: Int) -> String {
    (0..<[1, 1, 1, 2, 3][below(5)]).map { _ in alternative(depth) }.joined(separator: "|")
  }

  private mutating func alternative(_ depth: Int) -> String {
    (0..<below(4)).map { _ in term(depth) }.joined()
  }

  private mutating func term(_ depth: Int) -> String {
    switch below(depth > 0 ? 20 : 12) {
    case 0...4: return atom() + quantifier()
    case 5, 6: return atom()
    case 7, 8: return ["^", "$", "\\b", "\\B"][below(4)]
    case 9...11: return groupCount > 0 && below(2) == 0 ? "\\\(1 + below(groupCount))" + quantifier() : atom() + atom()
    case 12...14:
      groupCount += 1
      return "(" + disjunction(depth - 1) + ")" + quantifier()
    case 15, 16: return "(?:" + disjunction(depth - 1) + ")" + quantifier()
    case 17: return "(?=" + disjunction(depth - 1) + ")"
    case 18: return ["(?!", "(?<!"][below(2)] + disjunction(depth - 1) + ")"
    default: return "(?<=" + disjunction(depth - 1) + ")"
    }
  }

  private mutating func atom() -> String {
    ["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\W", "[a-c]", "-", "A", "😀"][below(12)]
  }

  private mutating func quantifier() -> String {
    let bounds = ["", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}"][below(10)]
    return bounds.isEmpty ? "" : bounds + (below(3) == 0 ? "?" : "")
  }
}

@Suite struct `Compiled patterns` {
  @Test(arguments: 0..<16)
  func `find what the standard's matchers find`(seed: UInt64) throws {
    var generator = PatternGenerator(random: SeededGenerator(seed: seed))
    let flagChoices = ["", "i", "u", "m", "s", "iu", "v", "iv"]
    for _ in 0..<60 {
      generator.groupCount = 0
      let pattern = generator.disjunction(3)
      let flags = flagChoices[generator.below(flagChoices.count)]
      guard let program = try? compile(pattern, flags) else { continue }
      let parsed = try PatternParser.parse(Array(pattern.utf16), flags: program.flags)
      for _ in 0..<4 {
        let letters: [UInt16] = [0x61, 0x61, 0x62, 0x63, 0x2D, 0x41, 0x0A, 0xD83D, 0xDE00]
        let isNarrow = generator.below(2) == 0
        let text = (0..<generator.below(9)).map { _ in letters[generator.below(isNarrow ? 7 : 9)] }
        guard let expected = try? NaiveMatcher(parsed, text).search() as [Int32]?? else { continue }
        let comment: Comment = "seed \(seed) /\(pattern)/\(flags) on \(text)"
        #expect(run(program, text, isNarrow: isNarrow) == expected, comment)
        #expect(run(program, text, budget: 1 + generator.below(20)) == expected, comment)
      }
    }
  }
}

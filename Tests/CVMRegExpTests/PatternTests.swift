import Testing

@testable import CVMRegExp

/// Patterns, texts and what Node finds.
private let matches: [(pattern: String, flags: String, text: String, groups: [String]?)] = [
  ("(a*)*", "", "b", ["", "-"]),
  ("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", ["zaacbbbcac", "z", "ac", "a", "-", "c"]),
  ("((a)|(b))+", "", "ab", ["ab", "b", "-", "b"]),
  ("(?=(a+))a*b\\1", "", "baaabac", ["aba", "a"]),
  ("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", ["baaabaac", "ba", "-", "abaac"]),
  ("(?<=(\\d+)(\\d+))$", "", "1053", ["", "1", "053"]),
  ("(?<=\\1(\\w))d", "i", "abcCd", ["d", "C"]),
  ("\\bfoo\\b", "", "a foo b", ["foo"]),
  ("^.$", "u", "\u{1F600}", ["\u{1F600}"]),
  ("^.$", "", "\u{1F600}", nil),
  ("[^x]", "u", "\u{1F600}", ["\u{1F600}"]),
  ("\\u{1F600}", "u", "\u{1F600}", ["\u{1F600}"]),
  ("\\ud83d", "u", "\u{1F600}", nil),
  ("\\101\\08\\9", "", "A\u{0}89", ["A\u{0}89"]),
  ("a{", "", "a{", ["a{"]),
  ("a{1", "", "a{1", ["a{1"]),
  ("{", "", "{", ["{"]),
  ("x{,1}", "", "x{,1}", ["x{,1}"]),
  ("]", "", "]", ["]"]),
  ("[]", "", "a", nil),
  ("[^]", "", "\u{A}", ["\u{A}"]),
  ("\\c", "", "\\c", ["\\c"]),
  ("[\\c]+", "", "\\c", ["\\c"]),
  ("\\cA", "", "\u{1}", ["\u{1}"]),
  ("[\\c1]", "", "\u{11}", ["\u{11}"]),
  ("\\k", "", "k", ["k"]),
  ("\\k<a>", "", "k<a>", ["k<a>"]),
  ("(?=a)*b", "", "b", ["b"]),
  ("(?=a){2}a", "", "a", ["a"]),
  ("[\\w-a]+", "", "b-a", ["b-a"]),
  ("\\ca", "", "\u{1}", ["\u{1}"]),
  ("\u{17F}", "i", "S", nil),
  ("\u{17F}", "iu", "S", ["S"]),
  ("\\w", "iu", "\u{17F}", ["\u{17F}"]),
  ("[^\\W]", "iu", "\u{17F}", ["\u{17F}"]),
  ("\\W", "iu", "\u{17F}", nil),
  ("\u{DF}", "i", "\u{1E9E}", nil),
  ("\u{DF}", "iu", "\u{1E9E}", ["\u{1E9E}"]),
  ("[\\d--[3-5]]+", "v", "12345", ["12"]),
  ("[\\w&&\\d]+", "v", "ab12", ["12"]),
  ("[\\q{abc|ab|}x]", "v", "abcd", ["abc"]),
  (
    "\\p{RGI_Emoji}", "v", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}!",
    ["\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"]
  ),
  ("\\p{Lu}", "iv", "a", ["a"]),
  ("\\P{Lu}", "iv", "A", nil),
  ("\\P{Lu}", "iu", "A", ["A"]),
  ("[^\\P{Lu}]", "iu", "a", nil),
  ("\\p{Script=Greek}+", "u", "ab\u{3B3}\u{3B4}", ["\u{3B3}\u{3B4}"]),
  ("(?<year>\\d{4})-(?<m>\\d\\d)", "", "on 2024-05", ["2024-05", "2024", "05"]),
  ("(?:a|ab)(?:c|bcd)(d*)", "", "abcd", ["abcd", ""]),
  ("(a?)*?$", "", "aa", ["aa", "a"]),
  ("(?:a*?)?$", "", "aa", ["aa"]),
  ("(?:a?){3,5}?b", "", "aaab", ["aaab"]),
  ("(?!(a))b\\1", "", "b", ["b", "-"]),
  ("(?<!a)b", "", "abb", ["b"]),
  ("(\\2)(\\1)", "", "x", ["", "", ""]),
  ("^(?:(\\d+)|b)*$", "", "1b", ["1b", "-"]),
  (".*$", "m", "ab\u{A}cd", ["ab"]),
  ("$", "m", "\u{A}", [""]),
  ("\\0", "", "\u{0}", ["\u{0}"]),
  ("[\\b]", "", "\u{8}", ["\u{8}"]),
  ("\\x41\\u0042", "", "AB", ["AB"]),
  ("(?<\u{1D49C}>.)\\k<\u{1D49C}>", "", "aa", ["aa", "a"]),
  ("(?<\\u{61}>.)\\k<a>", "", "bb", ["bb", "b"]),
  ("a.c", "s", "a\u{A}c", ["a\u{A}c"]),
  ("[\\s\\S]", "", "\u{A}", ["\u{A}"]),
  ("(?:)", "", "", [""]),
  ("(a|b|ab)*bc", "", "abc", ["abc", "a"]),
  ("\\d{2,3}?", "", "1234", ["12"]),
  ("(\\w+)\\s(\\w+)", "", "John Smith", ["John Smith", "John", "Smith"]),
  ("[^\"]*\"", "", "say \"hi\"", ["say \""]),
]

/// Patterns and what Node says is wrong with them.
private let errors: [(pattern: String, flags: String, message: String?)] = [
  ("(", "", "Unterminated group"),
  (")", "", "Unmatched ')'"),
  ("a**", "", "Nothing to repeat"),
  ("[", "", "Unterminated character class"),
  ("[b-a]", "", "Range out of order in character class"),
  ("a{2,1}", "", "numbers out of order in {} quantifier"),
  ("?", "", "Nothing to repeat"),
  ("(?a)", "", "Invalid group"),
  ("\\", "", "\\ at end of pattern"),
  ("(?<a>x)(?<a>y)", "", "Duplicate capture group name"),
  ("(?<1>x)", "", "Invalid capture group name"),
  ("(?<a>x)\\k<b>", "", "Invalid named capture referenced"),
  ("(?<a>x)\\k", "", "Invalid named reference"),
  ("{", "u", "Lone quantifier brackets"),
  ("}", "u", "Lone quantifier brackets"),
  ("]", "u", "Lone quantifier brackets"),
  ("a{", "u", "Incomplete quantifier"),
  ("\\1", "u", "Invalid escape"),
  ("\\a", "u", "Invalid escape"),
  ("\\u{110000}", "u", "Invalid Unicode escape"),
  ("\\xz", "u", "Invalid escape"),
  ("\\p{Foo}", "u", "Invalid property name"),
  ("[\\p{Foo}]", "u", "Invalid property name in character class"),
  ("[\\d-a]", "u", "Invalid character class"),
  ("\\c", "u", "Invalid Unicode escape"),
  ("\\00", "u", "Invalid decimal escape"),
  ("[\\00]", "u", "Invalid class escape"),
  ("(?<=a)*", "", "Invalid quantifier"),
  ("(?=a)*", "u", "Invalid quantifier"),
  ("[a&&&b]", "v", "Invalid character in character class"),
  ("[(]", "v", "Invalid character in character class"),
  ("[^\\q{ab}]", "v", "Negated character class may contain strings"),
  ("\\P{RGI_Emoji}", "v", "Invalid property name"),
  ("[a--b&&c]", "v", "Invalid set operation in character class"),
  ("(?<a", "", "Invalid capture group name"),
  ("{1}", "", "Nothing to repeat"),
  ("a{1}{1}", "", "Nothing to repeat"),
  ("(?:a", "", "Unterminated group"),
  ("(?<n>a)|\\k<n", "", "Invalid capture group name"),
  ("\\u{", "u", "Invalid Unicode escape"),
  ("[a-\\d]", "u", "Invalid character class"),
  ("x{99999999999,1}", "", "numbers out of order in {} quantifier"),
  ("\\B*", "", "Nothing to repeat"),
]

@Suite struct `A pattern` {
  @Test(arguments: matches)
  func `matches what it matches in other engines`(
    pattern: String, flags: String, text: String, expected: [String]?
  ) throws {
    #expect(try groups(pattern, flags, in: text) == expected)
  }

  @Test(arguments: errors)
  func `that is not valid is refused with the usual words`(pattern: String, flags: String, expected: String?) {
    #expect(message(pattern, flags)?.split(separator: " @").first.map { String($0) } == expected)
  }

  @Test(arguments: [
    ("ab(", "", 2), ("(a", "", 0), ("ab)", "", 2), ("a{2,1}", "", 1), ("x[b-a]", "", 2), ("[ab", "", 0),
    ("ab**", "", 3), ("\\u{110000}", "u", 0), ("aa\\q", "u", 2), ("(?<a>.)(?<a>.)", "", 10), ("a\\k<b>(?<c>.)", "", 1),
  ])
  func `that is not valid names the place`(pattern: String, flags: String, offset: Int) {
    #expect(message(pattern, flags)?.split(separator: "@").last == "\(offset)")
  }

  @Test func `may name groups alike only in different alternatives`() throws {
    #expect(try groups("(?<a>x)|(?<a>y)\\k<a>", in: "yy") == ["yy", "-", "y"])
    #expect(message("(?<a>x)|(?:(?<a>y)(?<b>z))(?<b>w)") == "Duplicate capture group name @29")
  }

  @Test func `may change flags for a part of it`() throws {
    #expect(try groups("a(?i:b)c", in: "aBc") == ["aBc"])
    #expect(try groups("a(?-i:b)c", "i", in: "ABC") == nil)
    #expect(try groups("(?s-m:.^)", "m", in: "\n") == nil)
    #expect(message("(?i-i:a)") == "Repeated flag in modifiers @4")
    #expect(message("(?-:a)") == "Invalid group @0")
  }

  @Test func `that nests too deeply is refused`() {
    let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    #expect(message(deep)?.hasPrefix("Regular expression too large") == true)
    #expect(message(String(repeating: "[", count: 100_000), "v")?.hasPrefix("Regular expression too large") == true)
    let allowed = String(repeating: "(", count: 900) + "a" + String(repeating: ")*", count: 900)
    #expect(message(allowed) == nil)
  }
}

@Suite struct `A match` {
  @Test func `stops when its budget is used up, and goes on`() throws {
    let program = try compile("(a+)+$")
    let text = Array((String(repeating: "a", count: 18) + "!").utf16)
    #expect(run(program, text, budget: 100) == nil)
    let matcher = RegExpMatcher()
    text.withUnsafeBufferPointer { units in
      matcher.start(program, in: .utf16(units.baseAddress!, count: units.count), at: 0, isSticky: false)
      var steps = 10
      #expect(matcher.resume(budget: &steps) == .notFinished)
    }
  }

  @Test func `keeps within the memory that it may use`() throws {
    let program = try compile("(?:a|b)*?c")
    let text = [UInt16](repeating: 0x61, count: 1_000_000)
    let matcher = RegExpMatcher(stackLimit: 1 << 16)
    let greedy = try compile("(?:a|ab)*c")
    text.withUnsafeBufferPointer { units in
      for program in [program, greedy] {
        matcher.start(program, in: .utf16(units.baseAddress!, count: units.count), at: 0, isSticky: true)
        var steps = 10_000_000
        let outcome = matcher.resume(budget: &steps)
        #expect(outcome == (program === greedy ? .stackExhausted : .failed))
      }
    }
  }

  @Test func `begins at the place asked for`() throws {
    #expect(try groups("a", in: "aba", at: 1) == ["a"])
    #expect(try groups("a", "y", in: "aba", at: 1) == nil)
    #expect(try groups("^a", in: "aa", at: 1) == nil)
    #expect(try groups("^a", "m", in: "b\na", at: 1) == ["a"])
  }

  @Test func `of a literal or a class reads both kinds of text`() throws {
    let text = Array("xxabcabd1".utf16)
    for (pattern, expected) in [("abd", [Int32(5), 8]), ("[0-9]", [8, 9]), ("\\u0161", nil), ("c", [4, 5])] {
      let program = try compile(pattern)
      #expect(run(program, text, isNarrow: true) == expected)
      #expect(run(program, text) == expected)
    }
  }
}

@Suite struct `A compiled pattern` {
  @Test func `keeps no choices where none could match`() throws {
    #expect(
      try compile("\\w+\\s").disassembly == """
        0 save 0
        1 loopSet possessive [0-9A-Z_a-z] 1 *
        6 set [<9>-<d><20><a0><1680><2000>-<200a><2028>-<2029><202f><205f>...]
        8 save 1
        9 match

        """)
    #expect(
      try compile("(?:ab|cd)*x?a").disassembly == """
        0 save 0
        1 splitIf [ac] -> 13
        3 branchUnless [a] -> 9
        5 literal ab
        8 jump -> 12
        9 literal cd
        12 jump -> 1
        13 loopCharacter possessive x 0 1 a
        18 character a
        19 save 1
        20 match

        """)
  }
}

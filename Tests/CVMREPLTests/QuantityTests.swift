import Testing

@testable import CVMREPL

@Suite struct QuantityTests {
  @Test(arguments: [
    ("64MB", 64 << 20), ("64mb", 64 << 20), ("1.5G", 3 << 29), ("4096", 4096), ("10k", 10240), ("7b", 7),
    ("2TB", 2 << 40),
  ])
  func `sizes are read in units of 1024`(text: String, bytes: Int) {
    #expect(Quantity.bytes(text) == bytes)
  }

  @Test(arguments: [("1000000", 1_000_000), ("1e9", 1_000_000_000), ("10_000", 10_000)])
  func `counts are read`(text: String, count: Int) {
    #expect(Quantity.count(text) == count)
  }

  @Test(arguments: [("200ms", 0.2), ("1.5s", 1.5), ("2m", 120), ("1h", 3600), ("3", 3), ("2min", 120)])
  func `times are read in seconds`(text: String, seconds: Double) {
    #expect(Quantity.seconds(text) == seconds)
  }

  @Test(arguments: ["", "many", "-1", "1x", "MB", "inf", "nan", "0x10", "1e400"])
  func `other texts are refused`(text: String) {
    #expect(Quantity.bytes(text) == nil)
    #expect(Quantity.count(text) == nil)
    #expect(Quantity.seconds(text) == nil)
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [("mapp", "map"), ("lenght", "length"), ("forEahc", "forEach"), ("pusj", "push")])
  func `the nearest name is found`(word: String, name: String) {
    #expect(Suggestions.nearest(to: word, among: ["filter", "forEach", "length", "map", "push"]) == name)
  }

  @Test func `a word that is like nothing has no nearest name`() {
    #expect(Suggestions.nearest(to: "zebra", among: ["filter", "map"]) == nil)
  }

  @Test func `equally near names are all named`() {
    #expect(Suggestions.question("heep", among: ["help", "heap", "gc"]) == "Did you mean help or heap ?")
  }
}

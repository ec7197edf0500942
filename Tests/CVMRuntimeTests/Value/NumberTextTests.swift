import Testing

@testable import CVMRuntime

@Suite("Numbers as text") struct NumberTextTests {
  @Test("every row of the table that V8 made comes out the same")
  func table() throws {
    var rows = 0
    for line in numberTextTable.split(separator: "\n") {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      #expect(try result(fields) == fields[2], "\(line)")
      rows += 1
    }
    #expect(rows > 300)
  }

  @Test("a number read back from its shortest text is the same number", arguments: 0..<200)
  func roundTrip(seed: UInt64) {
    let number = Double(bitPattern: (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15)
    guard number.isFinite else { return }
    let back = Array(NumberFormatting.string(number).utf8).withUnsafeBufferPointer(NumberParsing.number)
    #expect(back.bitPattern == number.bitPattern)
  }

  @Test("white space of every kind around a number is ignored, inside it is not")
  func whiteSpace() {
    func number(_ text: String) -> Double { Array(text.utf16).withUnsafeBufferPointer(NumberParsing.number) }
    #expect(number("\u{feff}\u{a0}\t\u{2028}42\u{3000}\n") == 42)
    #expect(number("4\u{a0}2").isNaN)
    #expect(number("\u{180e}42").isNaN)
    #expect(number(" ") == 0)
  }

  @Test("a text of many digits is read exactly and quickly")
  func longTexts() {
    func number(_ text: String) -> Double { Array(text.utf8).withUnsafeBufferPointer(NumberParsing.number) }
    #expect(number(String(repeating: "1", count: 400)) == .infinity)
    #expect(number("0." + String(repeating: "0", count: 330) + "1") == 0)
    #expect(number("1" + String(repeating: "0", count: 300)) == 1e300)
    #expect(number("0x" + String(repeating: "f", count: 256)) == .infinity)
  }

  private func result(_ fields: [String]) throws -> String {
    let text = Array(fields[1].utf16)
    func bits(_ parse: (UnsafeBufferPointer<UInt16>) -> Double) -> String {
      String(text.withUnsafeBufferPointer(parse).bitPattern, radix: 16)
    }
    let argument = fields.count > 3 ? Int(fields[3]) : nil
    switch fields[0] {
    case "p": return bits(NumberParsing.number)
    case "f": return bits(NumberParsing.parseFloat)
    case "i": return bits { NumberParsing.parseInt($0, radix: Int32(argument ?? 0)) }
    default: return try format(fields[0], Double(bitPattern: #require(UInt64(fields[1], radix: 16))), argument)
    }
  }

  private func format(_ kind: String, _ number: Double, _ argument: Int?) -> String {
    NumberFormatting.text { target in
      switch kind {
      case "s": NumberFormatting.write(number, to: target)
      case "r": NumberFormatting.write(number, radix: argument ?? 10, to: target)
      case "x": NumberFormatting.writeFixed(number, fractionDigits: argument ?? 0, to: target)
      case "e": NumberFormatting.writeExponential(number, fractionDigits: argument, to: target)
      case "t": NumberFormatting.writePrecision(number, digits: argument ?? 1, to: target)
      default: NumberFormatting.write(Int(NumberParsing.toInt32(number)), to: target)
      }
    }
  }
}

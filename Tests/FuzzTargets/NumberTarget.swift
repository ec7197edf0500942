import Foundation

extension FuzzTarget {
  /// A digit count, a number's eight bytes and a text: numbers are written and read as the C library's exact conversions do.
  static let number = FuzzTarget(
    "number",
    words: ["Infinity", "NaN", "0x", "0b", "0o", "e-", "e+308", ".5", "_", "5e-324", "1.7976931348623157e308"],
    seeds: {
      let numbers: [Double] = [
        0, -0.0, 1, 0.1, 0.5, 1.5, 2.5, 1e21, 1e-7, 123456789.125, .leastNonzeroMagnitude, 2.2250738585072014e-308,
        .greatestFiniteMagnitude,
        9007199254740994, 4503599627370496.5, 1.0000000000000002, .infinity, .nan, 0.000001, 1.005,
      ]
      return numbers.enumerated().map { index, number in
        [UInt8(index * 5)] + withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } + Array("\(number)".utf8)
      }
    }
  ) { bytes in
    guard bytes.count >= 9 else { return }
    let digits = Int(bytes[0]) % 101
    let number = Double(bitPattern: bytes[1..<9].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    if number.isFinite { checkWriting(number, digits) }
    checkReading(String(decoding: bytes[9...].filter { $0 < 0x80 && $0 != 0 }, as: UTF8.self))
  }

  private static func checkWriting(_ number: Double, _ digits: Int) {
    let answer = ProgramFunction.call(
      """
      (text, digits) => {
        const x = Number(text), d = Number(digits);
        return [String(x), Math.abs(x) < 1e21 ? x.toFixed(d) : '-', x.toExponential(d), x.toPrecision(d || 1)].join(' ');
      }
      """, named: "write", [String(format: "%.17g", number), "\(digits)"])
    guard let parts = answer?.split(separator: " ").map(String.init), parts.count == 4 else {
      fatalError("numbers are not written: \(answer ?? "nothing")")
    }
    let exact = ExactDecimal(number)
    require(strtod(parts[0], nil) == number, "\(parts[0]) is not \(number)")
    requireShortest(parts[0], number)
    if parts[1] != "-" { requireEqual(parts[1], exact.fixed(digits), number) }
    requireEqual(parts[2], exact.exponential(digits), number)
    requireEqual(parts[3], exact.precision(max(digits, 1)), number)
  }

  private static func requireEqual(_ found: String, _ expected: String, _ number: Double) {
    require(found == expected, "\(number): \(found), not \(expected)")
  }

  /// No fewer digits give the number back.
  private static func requireShortest(_ text: String, _ number: Double) {
    let digits = text.split(separator: "e")[0].filter(\.isNumber).drop { $0 == "0" }
    var count = digits.count
    if !text.contains("e"), !text.contains(".") {
      count -= digits.reversed().prefix { $0 == "0" }.count
    }
    guard count > 1 else { return }
    let shorter = String(format: "%.\(count - 2)e", number)
    require(strtod(shorter, nil) != number, "\(text) is longer than \(shorter)")
  }

  private static func checkReading(_ text: String) {
    let answer = ProgramFunction.call(
      "text => [Number(text), parseFloat(text)].map(x => Object.is(x, -0) ? '-0' : String(x)).join(' ')", named: "read",
      [text])
    guard let parts = answer?.split(separator: " "), parts.count == 2 else {
      fatalError("numbers are not read: \(answer ?? "nothing")")
    }
    let body = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard body == text, !text.isEmpty else { return }
    if isDecimal(text) {
      let expected = strtod(text, nil)
      for part in parts {
        let found = part == "Infinity" ? Double.infinity : part == "-Infinity" ? -.infinity : strtod(String(part), nil)
        require(found.bitPattern == expected.bitPattern, "\(text) is read as \(part)")
      }
    } else if !text.lowercased().hasPrefix("0"), !text.hasSuffix("Infinity") {
      require(parts[0] == "NaN", "\(text) is read as \(parts[0])")
    }
  }

  /// StrDecimalLiteral without `Infinity`.
  private static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits() -> Int {
      let run = rest.prefix { ("0"..."9").contains($0) }.count
      rest = rest.dropFirst(run)
      return run
    }
    if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
    var count = digits()
    if rest.first == "." {
      rest.removeFirst()
      count += digits()
    }
    if count == 0 { return false }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }
}

/// All digits of a number as the C library prints them, rounded by hand: ties go up, as the standard asks.
private struct ExactDecimal {
  private let isNegative: Bool
  /// From the first that is not zero.
  private var digits: [Int] = []
  /// The power of ten of the first digit.
  private var exponent = 0
  private let isZero: Bool

  init(_ number: Double) {
    isNegative = number < 0
    isZero = number == 0
    let text = String(format: "%.1100e", number.magnitude)
    let parts = text.split(separator: "e")
    digits = parts[0].filter { $0 != "." }.map { $0.wholeNumberValue ?? 0 }
    exponent = Int(parts[1]) ?? 0
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
  }

  /// The first digits, rounded, and the power of ten of the first of them.
  private func rounded(_ count: Int) -> ([Int], Int) {
    if count < 0 { return ([], exponent) }
    var kept = Array(digits.prefix(count)) + Array(repeating: 0, count: max(0, count - digits.count))
    guard count < digits.count, digits[count] >= 5 else { return (kept, exponent) }
    var place = count - 1
    while place >= 0, kept[place] == 9 {
      kept[place] = 0
      place -= 1
    }
    if place >= 0 {
      kept[place] += 1
      return (kept, exponent)
    }
    return ([1] + kept, exponent + 1)
  }

  private func text(_ digits: [Int]) -> String { digits.map(String.init).joined() }

  func fixed(_ count: Int) -> String {
    var all = isZero ? [] : rounded(exponent + 1 + count).0
    all = Array(repeating: 0, count: max(0, count + 1 - all.count)) + all
    return sign + text(Array(all.dropLast(count))) + (count > 0 ? "." + text(Array(all.suffix(count))) : "")
  }

  func exponential(_ count: Int) -> String {
    let (kept, power) = significant(count + 1)
    return scientific(kept, power)
  }

  func precision(_ count: Int) -> String {
    let (kept, power) = significant(count)
    if power < -6 || power >= count { return scientific(kept, power) }
    if power == count - 1 { return sign + text(kept) }
    if power >= 0 {
      return sign + text(Array(kept.prefix(power + 1))) + "." + text(Array(kept.dropFirst(power + 1)))
    }
    return sign + "0." + String(repeating: "0", count: -power - 1) + text(kept)
  }

  private var sign: String { isNegative ? "-" : "" }

  private func significant(_ count: Int) -> ([Int], Int) {
    if isZero { return (Array(repeating: 0, count: count), 0) }
    let (kept, power) = rounded(count)
    return (Array(kept.prefix(count)), power)
  }

  private func scientific(_ digits: [Int], _ power: Int) -> String {
    sign + text([digits[0]]) + (digits.count > 1 ? "." + text(Array(digits.dropFirst())) : "")
      + (power < 0 ? "e-" : "e+") + "\(power.magnitude)"
  }
}

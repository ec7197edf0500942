/// Reads dates: the format of the standard exactly, else the informal ones that V8 takes.
struct DateParser {
  /// What was read; `offset` in minutes, nil for local time.
  struct Result {
    var year = 0
    var month = 0
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var millisecond = 0
    var offset: Int?

    /// Milliseconds since 1970 as if the fields were in UTC.
    var time: Double {
      Calendar.makeDate(
        Calendar.makeDay(Double(year), Double(month), Double(day)),
        Calendar.makeTime(Double(hour), Double(minute), Double(second), Double(millisecond)))
    }
  }

  private let text: [UInt16]
  private var position = 0

  private init(_ text: [UInt16]) { self.text = text }

  static func parse(_ text: [UInt16]) -> Result? {
    var standard = DateParser(text)
    switch standard.parseStandard() {
    case .date(let result): return result
    case .invalid: return nil
    case .other:
      var informal = InformalDateParser(text)
      return informal.parse()
    }
  }

  private enum Standard {
    case date(Result)
    case invalid
    case other
  }

  private var current: UInt16? { position < text.count ? text[position] : nil }

  private mutating func take(_ unit: Unicode.Scalar) -> Bool {
    guard let current, current == unit.value else { return false }
    position += 1
    return true
  }

  /// Exactly so many digits.
  private mutating func digits(_ count: Int) -> Int? {
    guard position + count <= text.count else { return nil }
    var number = 0
    for i in position..<position + count {
      let unit = text[i]
      guard unit >= 0x30, unit <= 0x39 else { return nil }
      number = number * 10 + Int(unit) - 0x30
    }
    position += count
    return number
  }

  /// Date Time String Format (21.4.1.32).
  private mutating func parseStandard() -> Standard {
    var result = Result()
    result.offset = 0
    guard parseDate(&result) else { return .other }
    if position == text.count { return inRange(result) }
    guard take("T") else { return .other }
    guard parseTime(&result) else { return .other }
    return position == text.count ? inRange(result) : .other
  }

  private mutating func parseDate(_ result: inout Result) -> Bool {
    let isNegative = current == 0x2d
    if take("+") || take("-") {
      guard let year = digits(6), !(isNegative && year == 0) else { return false }
      result.year = isNegative ? -year : year
    } else {
      guard let year = digits(4) else { return false }
      result.year = year
    }
    guard take("-") else { return true }
    guard let month = digits(2) else { return false }
    result.month = month - 1
    guard take("-") else { return true }
    guard let day = digits(2) else { return false }
    result.day = day
    return true
  }

  private mutating func parseTime(_ result: inout Result) -> Bool {
    guard let hour = digits(2), take(":"), let minute = digits(2) else { return false }
    result.hour = hour
    result.minute = minute
    if take(":") {
      guard let second = digits(2) else { return false }
      result.second = second
      if take(".") {
        guard let fraction = fraction() else { return false }
        result.millisecond = fraction
      }
    }
    if take("Z") { return true }
    let isNegative = current == 0x2d
    guard take("+") || take("-") else {
      result.offset = nil
      return true
    }
    guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60 else { return false }
    result.offset = (hours * 60 + minutes) * (isNegative ? -1 : 1)
    return true
  }

  /// Milliseconds of a fraction of any length.
  private mutating func fraction() -> Int? {
    var count = 0
    var number = 0
    while let unit = current, unit >= 0x30, unit <= 0x39 {
      if count < 3 { number = number * 10 + Int(unit) - 0x30 }
      count += 1
      position += 1
    }
    if count == 0 { return nil }
    for _ in count..<max(3, count) { number *= 10 }
    return number
  }

  private func inRange(_ result: Result) -> Standard {
    let isMidnight = result.hour == 24 && result.minute == 0 && result.second == 0 && result.millisecond == 0
    guard result.month >= 0, result.month < 12, result.day >= 1, result.day <= 31, result.minute < 60,
      result.second < 60, result.hour < 24 || isMidnight
    else { return .invalid }
    return .date(result)
  }
}

/// Dates such as `Nov 23, 2026 10:00 PM GMT+1` or `11/23/2026`, with the rules of V8.
private struct InformalDateParser {
  private enum Token {
    case number(Int, length: Int)
    case word(Keyword?)
    case symbol(UInt16)
    case space
    case end
  }
  private enum Keyword {
    case month(Int)
    case halfDay(hours: Int)
    case zone(hours: Int)
    case other
  }

  private let text: [UInt16]
  private var position = 0
  private var days: [Int] = []
  private var namedMonth: Int?
  private var times: [Int] = []
  private var halfDay: Int?
  private var zoneSign: Int?
  private var zoneHour: Int?
  private var zoneMinute: Int?
  private var hasReadNumber = false

  init(_ text: [UInt16]) { self.text = text }

  // MARK: Tokens

  private static func isDigit(_ unit: UInt16) -> Bool { unit >= 0x30 && unit <= 0x39 }
  /// As V8 has it: brackets and all that is no ASCII count too.
  private static func isLetter(_ unit: UInt16) -> Bool { unit >= 0x41 && !NumberParsing.isWhiteSpace(unit) }

  private mutating func next() -> Token {
    guard position < text.count else { return .end }
    let start = position
    let unit = text[position]
    position += 1
    if Self.isDigit(unit) {
      var number = Int(unit) - 0x30
      while position < text.count, Self.isDigit(text[position]) {
        number = min(number * 10 + Int(text[position]) - 0x30, 1 << 30)
        position += 1
      }
      return .number(number, length: position - start)
    }
    if Self.isLetter(unit) {
      while position < text.count, Self.isLetter(text[position]) { position += 1 }
      return .word(keyword(text[start..<position].map { UInt8(truncatingIfNeeded: $0 < 128 ? $0 | 0x20 : 0x7f) }))
    }
    return NumberParsing.isWhiteSpace(unit) ? .space : .symbol(unit)
  }

  private func peek() -> Token {
    var copy = self
    return copy.next()
  }

  private mutating func skip(_ symbol: Character) -> Bool {
    guard position < text.count, text[position] == symbol.utf16.first else { return false }
    position += 1
    return true
  }

  private static let zones = [
    "ut": 0, "utc": 0, "z": 0, "gmt": 0, "cst": -6, "cdt": -5, "est": -5, "edt": -4, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
  ]

  private func keyword(_ letters: [UInt8]) -> Keyword? {
    let word = String(decoding: letters, as: UTF8.self)
    if let month = DateText.months.firstIndex(where: { $0.lowercased() == word.prefix(3) }) { return .month(month) }
    if word == "am" || word == "pm" { return .halfDay(hours: word == "am" ? 0 : 12) }
    if let hours = Self.zones[word] { return .zone(hours: hours) }
    return word == "t" ? .other : nil
  }

  // MARK: Parsing

  mutating func parse() -> DateParser.Result? {
    while true {
      switch next() {
      case .end: return compose()
      case .space: break
      case .number(let number, _):
        hasReadNumber = true
        guard take(number) else { return nil }
      case .word(let keyword): guard take(keyword) else { return nil }
      case .symbol(let symbol): guard take(symbol) else { return nil }
      }
    }
  }

  private func timeExpects(_ number: Int) -> Bool {
    switch times.count {
    case 1, 2: number < 60
    case 3: number < 1000
    default: false
    }
  }

  private mutating func endTime(_ number: Int) {
    times.append(number)
    while times.count < 4 { times.append(0) }
  }

  private mutating func take(_ number: Int) -> Bool {
    if skip(":") {
      if skip(":") {
        guard times.isEmpty else { return false }
        times = [number, 0]
        return true
      }
      guard times.count < 4 else { return false }
      times.append(number)
      _ = skip(".")
      return true
    }
    if position < text.count, text[position] == 0x2e, timeExpects(number) {
      position += 1
      times.append(number)
      guard case .number(let fraction, let length) = next() else { return false }
      endTime(milliseconds(fraction, length))
      return true
    }
    _ = skip(".")
    if zoneHour != nil, zoneMinute == nil, number < 60 {
      zoneMinute = number
      return true
    }
    if timeExpects(number) {
      endTime(number)
      return endsTime(peek())
    }
    guard days.count < 3 else { return false }
    days.append(number)
    _ = skip("-")
    return true
  }

  private func endsTime(_ token: Token) -> Bool {
    switch token {
    case .end, .space: return true
    case .word(.zone(hours: 0)): return position + 1 >= text.count || !Self.isLetter(text[position + 1])
    case .symbol(let symbol): return symbol == 0x2b || symbol == 0x2d
    default: return false
    }
  }

  private func milliseconds(_ number: Int, _ length: Int) -> Int {
    var number = number
    if length < 3 { for _ in length..<3 { number *= 10 } }
    for _ in 3..<max(length, 3) where number > 999 { number /= 10 }
    return number
  }

  private mutating func take(_ keyword: Keyword?) -> Bool {
    switch keyword {
    case .halfDay(let hours) where !times.isEmpty: halfDay = hours
    case .month(let month):
      namedMonth = month
      _ = skip("-")
    case .zone(let hours) where hasReadNumber:
      zoneSign = hours < 0 ? -1 : 1
      zoneHour = abs(hours)
      zoneMinute = 0
    default:
      // Words that mean nothing may stand before the first number, apart from it.
      if hasReadNumber { return false }
      if case .number = peek() { return false }
    }
    return true
  }

  private var isUTC: Bool { zoneHour == 0 && zoneMinute == 0 }

  private mutating func take(_ symbol: UInt16) -> Bool {
    let isSign = symbol == 0x2b || symbol == 0x2d
    if isSign, isUTC || !times.isEmpty { return takeOffset(symbol == 0x2d ? -1 : 1) }
    if (isSign || symbol == 0x29) && hasReadNumber { return false }
    if symbol == 0x28 { skipParentheses() }
    return true
  }

  private mutating func takeOffset(_ sign: Int) -> Bool {
    zoneSign = sign
    hasReadNumber = true
    var number = 0
    var length = 0
    if case .number(let read, let digits) = peek() {
      _ = next()
      (number, length) = (read, digits)
    }
    if case .symbol(0x3a) = peek() {
      zoneHour = number
      zoneMinute = nil
    } else if length == 1 || length == 2 {
      zoneHour = number
      zoneMinute = 0
    } else if length == 3 || length == 4 {
      zoneHour = number / 100
      zoneMinute = number % 100
    } else {
      return false
    }
    return true
  }

  private mutating func skipParentheses() {
    var depth = 1
    while depth > 0, position < text.count {
      if text[position] == 0x28 { depth += 1 }
      if text[position] == 0x29 { depth -= 1 }
      position += 1
    }
  }

  // MARK: Composition

  private func compose() -> DateParser.Result? {
    var result = DateParser.Result()
    guard composeDay(&result), composeTime(&result) else { return nil }
    if let zoneSign { result.offset = zoneSign * ((zoneHour ?? 0) * 60 + (zoneMinute ?? 0)) }
    return result
  }

  private func composeDay(_ result: inout DateParser.Result) -> Bool {
    guard !days.isEmpty else { return false }
    let numbers = days + Array(repeating: 1, count: 3 - days.count)
    func isDay(_ number: Int) -> Bool { number >= 1 && number <= 31 }
    var (year, month, day) = (numbers[2], numbers[0], numbers[1])
    if let namedMonth {
      month = namedMonth + 1
      (year, day) = isDay(numbers[0]) ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    } else if !isDay(numbers[0]) {
      (year, month, day) = (numbers[0], numbers[1], numbers[2])
    }
    if year < 50 { year += 2000 } else if year < 100 { year += 1900 }
    guard month >= 1, month <= 12, isDay(day) else { return false }
    result.year = year
    result.month = month - 1
    result.day = day
    return true
  }

  private func composeTime(_ result: inout DateParser.Result) -> Bool {
    let numbers = times + Array(repeating: 0, count: max(4 - times.count, 0))
    var hour = numbers[0]
    if let halfDay {
      guard hour <= 12 else { return false }
      hour = hour % 12 + halfDay
    }
    let isMidnight = hour == 24 && numbers[1] == 0 && numbers[2] == 0 && numbers[3] == 0
    guard hour < 24 || isMidnight, numbers[1] < 60, numbers[2] < 60, numbers[3] < 1000 else { return false }
    (result.hour, result.minute, result.second, result.millisecond) = (hour, numbers[1], numbers[2], numbers[3])
    return true
  }
}

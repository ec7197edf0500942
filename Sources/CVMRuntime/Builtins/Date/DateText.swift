import CVMDispatch

/// The forms in which dates are printed.
enum DateText {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
  }

  private static func year(_ year: Int) -> String { year < 0 ? "-" + padded(-year, 4) : padded(year, 4) }

  /// `Mon Nov 23 2026`
  static func date(_ fields: Calendar.Fields) -> String {
    "\(weekdays[fields.weekday]) \(months[fields.month]) \(twoDigits(fields.day)) \(year(fields.year))"
  }

  private static func clock(_ fields: Calendar.Fields) -> String {
    "\(twoDigits(fields.hour)):\(twoDigits(fields.minute)):\(twoDigits(fields.second))"
  }

  /// `00:02:03 GMT+0000 (Coordinated Universal Time)`
  static func time(_ fields: Calendar.Fields, offsetMinutes: Int, zone: String) -> String {
    let minutes = abs(offsetMinutes)
    let offset = twoDigits(minutes / 60) + twoDigits(minutes % 60)
    return "\(clock(fields)) GMT\(offsetMinutes < 0 ? "-" : "+")\(offset) (\(zone))"
  }

  /// `Mon, 23 Nov 2026 00:02:03 GMT`
  static func utc(_ time: Double) -> String {
    let fields = Calendar.fields(time)
    let day = "\(weekdays[fields.weekday]), \(twoDigits(fields.day)) \(months[fields.month]) \(year(fields.year))"
    return "\(day) \(clock(fields)) GMT"
  }

  /// `2026-11-23T00:02:03.004Z`
  static func iso(_ time: Double) -> String {
    withISO(time) { String(decoding: $0, as: UTF8.self) }
  }

  static func withISO<Result>(_ time: Double, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let fields = Calendar.fields(time)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      var count = 0
      func put(_ character: Unicode.Scalar) {
        buffer[count] = UInt8(ascii: character)
        count += 1
      }
      func put(_ number: Int, _ width: Int) {
        var rest = number
        for position in stride(from: count + width - 1, through: count, by: -1) {
          buffer[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
        }
        count += width
      }
      if fields.year >= 0 && fields.year <= 9999 {
        put(fields.year, 4)
      } else {
        put(fields.year < 0 ? "-" : "+")
        put(abs(fields.year), 6)
      }
      put("-")
      put(fields.month + 1, 2)
      put("-")
      put(fields.day, 2)
      put("T")
      put(fields.hour, 2)
      put(":")
      put(fields.minute, 2)
      put(":")
      put(fields.second, 2)
      put(".")
      put(fields.millisecond, 3)
      put("Z")
      return body(UnsafeBufferPointer(start: buffer.baseAddress, count: count))
    }
  }

  /// The ISO form, or words for a date that is none.
  static func preview(_ time: Double) -> String { time.isNaN ? "Invalid Date" : iso(time) }

  /// `11/23/2026`
  static func localeDate(_ fields: Calendar.Fields) -> String {
    let year = fields.year > 0 ? "\(fields.year)" : "\(1 - fields.year) B"
    return "\(fields.month + 1)/\(fields.day)/\(year)"
  }

  /// `12:02:03 AM`
  static func localeTime(_ fields: Calendar.Fields) -> String {
    let hour = fields.hour % 12 == 0 ? 12 : fields.hour % 12
    return "\(hour):\(twoDigits(fields.minute)):\(twoDigits(fields.second)) \(fields.hour < 12 ? "AM" : "PM")"
  }
}

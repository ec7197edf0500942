/// The proleptic Gregorian calendar of ECMA-262 21.4.1: time values are milliseconds since 1970 in UTC.
enum Calendar {
  static let msPerDay = 86_400_000.0

  struct Fields: Equatable {
    var year: Int
    /// 0 to 11.
    var month: Int
    /// 1 to 31.
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var millisecond: Int
    /// 0 is Sunday.
    var weekday: Int
  }

  /// The fields of a finite time value.
  static func fields(_ time: Double) -> Fields {
    let days = (time / msPerDay).rounded(.down)
    let rest = Int(time - days * msPerDay)
    let (year, month, day) = date(ofDay: Int(days))
    let weekday = (Int(days) % 7 + 11) % 7
    return Fields(
      year: year, month: month, day: day, hour: rest / 3_600_000, minute: rest / 60_000 % 60,
      second: rest / 1000 % 60, millisecond: rest % 1000, weekday: weekday)
  }

  /// Year, month (0 to 11) and day of a day counted from 1970: whole eras of 400 years, years from March.
  private static func date(ofDay day: Int) -> (Int, Int, Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10
    return (yearOfEra + era * 400 + (month < 2 ? 1 : 0), month, dayOfMonth)
  }

  /// The day, counted from 1970, of the first of a month.
  private static func day(year: Int, month: Int) -> Int {
    let shiftedYear = month < 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = (month + 10) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// MakeTime (21.4.1.27).
  static func makeTime(_ hour: Double, _ minute: Double, _ second: Double, _ millisecond: Double) -> Double {
    guard hour.isFinite, minute.isFinite, second.isFinite, millisecond.isFinite else { return .nan }
    func whole(_ number: Double) -> Double { number.rounded(.towardZero) + 0 }
    return whole(hour) * 3_600_000 + whole(minute) * 60_000 + whole(second) * 1000 + whole(millisecond)
  }

  /// MakeDay (21.4.1.28).
  static func makeDay(_ year: Double, _ month: Double, _ date: Double) -> Double {
    guard year.isFinite, month.isFinite, date.isFinite else { return .nan }
    let months = month.rounded(.towardZero)
    let wholeYear = year.rounded(.towardZero) + (months / 12).rounded(.down)
    guard wholeYear.magnitude < 1_000_000 else { return .nan }
    let monthOfYear = Int(months - (months / 12).rounded(.down) * 12)
    return Double(day(year: Int(wholeYear), month: monthOfYear)) + date.rounded(.towardZero) - 1
  }

  /// MakeDate (21.4.1.29).
  static func makeDate(_ day: Double, _ time: Double) -> Double {
    let result = day * msPerDay + time
    return result.isFinite ? result : .nan
  }

  /// TimeClip (21.4.1.31).
  static func clip(_ time: Double) -> Double {
    time.magnitude <= 8.64e15 ? time.rounded(.towardZero) + 0 : .nan
  }

  /// MakeFullYear: years of one or two digits are in the twentieth century.
  static func fullYear(_ year: Double) -> Double {
    if year.isNaN { return .nan }
    let whole = year.rounded(.towardZero)
    return whole >= 0 && whole <= 99 ? 1900 + whole : whole
  }
}

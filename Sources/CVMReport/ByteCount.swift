/// How numbers are written for people.
public enum ByteCount {
  private static let units = ["KB", "MB", "GB", "TB", "PB", "EB"]

  /// A size as `1,204 B`, `96.4 KB`, `1.1 MB`: exact below 10,000 bytes, then in steps of 1024.
  public static func text(_ bytes: UInt64, isExact: Bool = false) -> String {
    if isExact || bytes < 10_000 { return Numbers.grouped(bytes) + " B" }
    var unit = 0
    // Tenths of a unit, rounded; a size that rounds up to 1024 goes to the next unit.
    var tenths = scaled(bytes, unit)
    while tenths >= 10_240, unit + 1 < units.count {
      unit += 1
      tenths = scaled(bytes, unit)
    }
    return "\(Numbers.grouped(tenths / 10)).\(tenths % 10) \(units[unit])"
  }

  private static func scaled(_ bytes: UInt64, _ unit: Int) -> UInt64 {
    let shift = UInt64(10 * (unit + 1))
    let whole = bytes >> shift
    let rest = bytes & (1 << shift - 1)
    return whole * 10 + ((rest >> (shift - 10)) * 10 + 512) >> 10
  }
}

/// Counts, shares and times as text.
public enum Numbers {
  /// A count with separators: `5,000,214`.
  public static func grouped(_ value: UInt64) -> String {
    let digits = Array(String(value))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A change with its sign: `+17,004`, `-2`, `0`.
  public static func signed(_ value: Int64) -> String {
    let sign = value > 0 ? "+" : value < 0 ? "-" : ""
    return sign + grouped(value.magnitude)
  }

  /// A number with one decimal, or none.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "?" }
    let scale = decimals == 0 ? 1.0 : decimals == 1 ? 10.0 : 100.0
    let rounded = (value.magnitude * scale).rounded()
    guard rounded < 1e15 else { return "\(value)" }
    let total = UInt64(rounded)
    let sign = value < 0 && total > 0 ? "-" : ""
    if decimals == 0 { return sign + grouped(total) }
    let fraction = String(total % UInt64(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + grouped(total / UInt64(scale)) + "." + zeros + fraction
  }

  /// A part of a whole in percent, without the sign: `33`, `< 1`.
  public static func percent(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "<1" : fixed(share * 100, decimals: 0)
  }

  /// A time: `2 ms`, `0.41 s`, `6.1 s`.
  public static func duration(seconds: Double) -> String {
    if seconds < 0.0995 { return fixed(seconds * 1000, decimals: seconds < 0.00095 ? 1 : 0) + " ms" }
    return fixed(seconds, decimals: seconds < 0.995 ? 2 : 1) + " s"
  }

  /// A number with its noun: `1 object`, `3 objects`.
  public static func counted(_ count: UInt64, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

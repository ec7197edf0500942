import CVMDispatch
import Glibc

/// Where the machine's notion of time comes from: an input of the host, which a recording can give again.
public struct HostClock {
  /// Milliseconds since 1970 in UTC.
  public var now: () -> Double
  /// The local time zone at a moment of UTC, given in seconds since 1970.
  public var zone: (Int) -> ZoneOffset

  public init(now: @escaping () -> Double, zone: @escaping (Int) -> ZoneOffset) {
    self.now = now
    self.zone = zone
  }

  /// What local time is at some moment.
  public struct ZoneOffset {
    /// Seconds east of Greenwich.
    public var seconds: Int
    /// The abbreviation, such as `CET`.
    public var name: String

    public init(seconds: Int, name: String) {
      self.seconds = seconds
      self.name = name
    }
  }

  /// The system's clock, and the time zone that `TZ` names in its database.
  public static var system: HostClock {
    tzset()
    return HostClock(
      now: {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec / 1_000_000)
      },
      zone: ZoneCache(localZone).zone)
  }

  private static func localZone(_ seconds: Int) -> ZoneOffset {
    var moment = time_t(seconds)
    var fields = tm()
    guard localtime_r(&moment, &fields) != nil else { return ZoneOffset(seconds: 0, name: "UTC") }
    return ZoneOffset(seconds: fields.tm_gmtoff, name: fields.tm_zone.map { String(cString: $0) } ?? "")
  }
}

/// What a time zone was in stretches of some days. A zone does not change twice in such a time, at least not since 1973:
/// so what it is at both ends it is in between.
private final class ZoneCache {
  private struct Stretch {
    var number = Int.min
    /// Nil where the zone changes.
    var zone: HostClock.ZoneOffset?
  }

  private static let length = 16 * 86_400
  private static let firstSecond = 3 * 365 * 86_400
  private let find: (Int) -> HostClock.ZoneOffset
  @exclusivity(unchecked) private var stretches = [Stretch](repeating: Stretch(), count: 32)

  init(_ find: @escaping (Int) -> HostClock.ZoneOffset) { self.find = find }

  func zone(_ seconds: Int) -> HostClock.ZoneOffset {
    guard seconds >= Self.firstSecond else { return find(seconds) }
    let number = seconds / Self.length
    let place = number & 31
    if stretches[place].number != number { stretches[place] = makeStretch(number) }
    return stretches[place].zone ?? find(seconds)
  }

  private func makeStretch(_ number: Int) -> Stretch {
    let start = find(number * Self.length)
    let end = find((number + 1) * Self.length)
    return Stretch(number: number, zone: start.seconds == end.seconds && start.name == end.name ? start : nil)
  }
}

extension Machine {
  /// The milliseconds that local time is ahead of UTC at a finite time value.
  func localOffset(at time: Double) -> Double {
    Double(clock.zone(Int((time / 1000).rounded(.down))).seconds) * 1000
  }

  func localTime(_ time: Double) -> Double { time.isFinite ? time + localOffset(at: time) : .nan }

  /// UTC(t): of a time that is skipped or comes twice, what holds before the change counts.
  func utc(ofLocal local: Double) -> Double {
    guard local.isFinite, local.magnitude < 8.65e15 else { return .nan }
    let before = localOffset(at: local - Calendar.msPerDay)
    if localOffset(at: local - before) == before { return local - before }
    let after = localOffset(at: local + Calendar.msPerDay)
    return localOffset(at: local - after) == after ? local - after : local - before
  }

  /// The name of the local zone at a moment, as in `(Central European Summer Time)`.
  func zoneName(at time: Double) -> String {
    let zone = clock.zone(Int((time / 1000).rounded(.down)))
    if let name = ZoneNames.name(zone.name, zone.seconds) { return name }
    let minutes = abs(zone.seconds) / 60
    let sign = zone.seconds < 0 ? "-" : "+"
    return "GMT\(sign)\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
  }
}

/// English names of time zones by abbreviation and offset; abbreviations alone are ambiguous.
private enum ZoneNames {
  static func name(_ abbreviation: String, _ seconds: Int) -> String? { names["\(abbreviation) \(seconds / 60)"] }

  private static let names: [String: String] = [
    "UTC 0": "Coordinated Universal Time", "Universal 0": "Coordinated Universal Time",
    "GMT 0": "Greenwich Mean Time", "BST 60": "British Summer Time", "IST 60": "Irish Standard Time",
    "WET 0": "Western European Standard Time", "WEST 60": "Western European Summer Time",
    "CET 60": "Central European Standard Time", "CEST 120": "Central European Summer Time",
    "EET 120": "Eastern European Standard Time", "EEST 180": "Eastern European Summer Time",
    "MSK 180": "Moscow Standard Time", "SAST 120": "South Africa Standard Time",
    "CAT 120": "Central Africa Time", "EAT 180": "East Africa Time", "WAT 60": "West Africa Standard Time",
    "IST 120": "Israel Standard Time", "IDT 180": "Israel Daylight Time", "PKT 300": "Pakistan Standard Time",
    "IST 330": "India Standard Time", "CST 480": "China Standard Time", "HKT 480": "Hong Kong Standard Time",
    "JST 540": "Japan Standard Time", "KST 540": "Korean Standard Time", "PST 480": "Philippine Standard Time",
    "WIB 420": "Western Indonesia Time", "AWST 480": "Australian Western Standard Time",
    "ACST 570": "Australian Central Standard Time", "ACDT 630": "Australian Central Daylight Time",
    "AEST 600": "Australian Eastern Standard Time", "AEDT 660": "Australian Eastern Daylight Time",
    "NZST 720": "New Zealand Standard Time", "NZDT 780": "New Zealand Daylight Time",
    "NST -210": "Newfoundland Standard Time", "NDT -150": "Newfoundland Daylight Time",
    "AST -240": "Atlantic Standard Time", "ADT -180": "Atlantic Daylight Time",
    "EST -300": "Eastern Standard Time", "EDT -240": "Eastern Daylight Time",
    "CST -360": "Central Standard Time", "CDT -300": "Central Daylight Time",
    "MST -420": "Mountain Standard Time", "MDT -360": "Mountain Daylight Time",
    "PST -480": "Pacific Standard Time", "PDT -420": "Pacific Daylight Time",
    "AKST -540": "Alaska Standard Time", "AKDT -480": "Alaska Daylight Time",
    "HST -600": "Hawaii-Aleutian Standard Time",
  ]
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

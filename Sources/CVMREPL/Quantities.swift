/// Sizes, counts and times as people write them on a command line.
public enum Quantity {
  /// `64MB`, `1.5G`, `4096`: in bytes, units of 1024.
  public static func bytes(_ text: String) -> Int? {
    let units: [(String, Double)] = [
      ("tb", 0x1p40), ("gb", 0x1p30), ("mb", 0x1p20), ("kb", 0x1p10), ("t", 0x1p40), ("g", 0x1p30), ("m", 0x1p20),
      ("k", 0x1p10), ("b", 1), ("", 1),
    ]
    return scaled(text, units).flatMap { $0 <= 0x1p53 ? Int($0) : nil }
  }

  /// `1000000`, `1e9`, `10_000`.
  public static func count(_ text: String) -> Int? {
    scaled(text.replacing("_", with: ""), [("", 1)]).flatMap { $0 <= 0x1p62 ? Int($0) : nil }
  }

  /// `200ms`, `1.5s`, `2m`, `1h`, `3`: in seconds.
  public static func seconds(_ text: String) -> Double? {
    scaled(text, [("ms", 0.001), ("min", 60), ("s", 1), ("m", 60), ("h", 3600), ("", 1)])
  }

  private static func scaled(_ text: String, _ units: [(String, Double)]) -> Double? {
    let lower = text.lowercased()
    for (unit, factor) in units where lower.hasSuffix(unit) {
      let number = lower.dropLast(unit.count)
      guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x65 }),
        let value = Double(number), value.isFinite
      else { return nil }
      return value * factor
    }
    return nil
  }
}

extension String {
  fileprivate func replacing(_ character: Character, with replacement: String) -> String {
    reduce(into: "") { $1 == character ? $0.append(replacement) : $0.append($1) }
  }
}

/// The decompositions that the normal forms NFKC and NFKD have and NFC and NFD have not.
public enum CompatibilityDecomposition {
  private static let mapping: [UInt32: [UInt32]] = {
    guard var reader = UnicodeTableReader(UnicodeTables.compatibilityDecompositions, named: "*") else {
      preconditionFailure("no table of decompositions")
    }
    return reader.readExpansions()
  }()

  /// The full decomposition of a code point; nil where it is the canonical one.
  public static func of(_ code: UInt32) -> [UInt32]? { mapping[code] }
}

import CVMDispatch
import CVMRegExp
@_spi(_Unicode) import Swift

/// A normal form of Unicode.
enum NormalForm: String {
  case composed = "NFC"
  case decomposed = "NFD"
  case compatibilityComposed = "NFKC"
  case compatibilityDecomposed = "NFKD"

  fileprivate var isDecomposed: Bool { self == .decomposed || self == .compatibilityDecomposed }
  fileprivate var isCompatible: Bool { self == .compatibilityComposed || self == .compatibilityDecomposed }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// A text in a normal form; lone surrogates stay as they are. Nil when it was interrupted.
  func normalized(_ view: StringView, _ form: NormalForm) -> [UInt16]? {
    var result: [UInt16] = []
    var run = ""
    var count = 0
    func isInterrupted() -> Bool {
      count += 1
      return count & 0x1fff == 0 && machine.mustStop
    }
    func endRun() -> Bool {
      if form.isDecomposed {
        for scalar in run._nfd {
          result += Array(String(scalar).utf16)
          if isInterrupted() { return false }
        }
      } else {
        for scalar in run._nfc {
          result += Array(String(scalar).utf16)
          if isInterrupted() { return false }
        }
      }
      run = ""
      return true
    }
    var index = 0
    while index < view.count {
      let (code, width) = view.codePoint(at: index)
      index += width
      if let expansion = form.isCompatible ? CompatibilityDecomposition.of(code) : nil {
        for code in expansion { if let scalar = Unicode.Scalar(code) { run.unicodeScalars.append(scalar) } }
      } else if let scalar = Unicode.Scalar(code) {
        run.unicodeScalars.append(scalar)
      } else {
        guard endRun() else { return nil }
        result.append(UInt16(code))
      }
      if isInterrupted() { return nil }
    }
    return endRun() ? result : nil
  }
}

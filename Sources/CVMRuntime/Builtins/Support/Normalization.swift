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
  /// A text in a normal form; lone surrogates stay as they are. Nil when it was interrupted, or there is no room for it
  /// and for what the caller takes: `besides`, in bytes.
  func normalized(_ view: StringView, _ form: NormalForm, besides: Int = 0) -> [UInt16]? {
    var result: [UInt16] = []
    var run = ""
    var count = 0
    // Arrays and strings may have taken twice what they hold, and as much again while they grow.
    func isInterrupted() -> Bool {
      count += 1
      guard count & 0x1fff == 0 else { return false }
      return machine.mustStop || !canAllocate(run.utf8.count * 3 + result.count * 6 + besides)
    }
    func endRun() -> Bool {
      guard !run.isEmpty else { return true }
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

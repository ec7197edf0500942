@_spi(_Unicode) import Swift

/// A text in the canonical normal form NFC or NFD.
func normalizedText(_ text: String, _ form: String) -> String {
  var result = ""
  if form.hasSuffix("D") {
    for scalar in text._nfd { result.unicodeScalars.append(scalar) }
  } else {
    for scalar in text._nfc { result.unicodeScalars.append(scalar) }
  }
  return result
}

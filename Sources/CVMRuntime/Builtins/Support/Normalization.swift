@_spi(_Unicode) import Swift

/// A text in a Unicode normal form. Compatibility mappings are not applied: NFKC is as NFC, NFKD as NFD.
func normalizedText(_ text: String, _ form: String) -> String {
  var result = ""
  if form.hasSuffix("D") {
    for scalar in text._nfd { result.unicodeScalars.append(scalar) }
  } else {
    for scalar in text._nfc { result.unicodeScalars.append(scalar) }
  }
  return result
}

import CVMDispatch

/// How the entries of an object are put on lines.
extension Inspector {
  /// Entries between braces: on one line when they fit and are not nested too deep, else one a line.
  ///
  /// `array` is the array whose elements the entries are: many short ones are put in columns.
  func layOut(
    _ entries: [String], base: String, open: String, close: String, level: Int, array: Cell? = nil
  ) -> String {
    var output = entries
    if let array, entries.count > 6, options.compact >= 1 { output = grouped(output, array) }
    let start = base.isEmpty ? "" : base + " "
    if currentDepth - level < options.compact, entries.count == output.count {
      let room = output.count + indentation + plainLength(open) + base.utf16.count + 10
      if fits(output, start: room, base: base), !output.contains(where: containsNewline) {
        let space = options.isForPrompt ? "" : " "
        return "\(start)\(open)\(space)\(output.joined(separator: ", "))\(space)\(close)"
      }
    }
    let line = "\n" + String(repeating: " ", count: indentation)
    return "\(start)\(open)\(line)  \(output.joined(separator: ",\(line)  "))\(line)\(close)"
  }

  private func fits(_ output: [String], start: Int, base: String) -> Bool {
    var length = output.count + start
    if length + output.count > options.breakLength { return false }
    for entry in output {
      length += plainLength(entry)
      if length > options.breakLength { return false }
    }
    return !containsNewline(base)
  }

  private func containsNewline(_ text: String) -> Bool { text.utf8.contains(0x0a) }

  /// The length in code units without colours.
  private func plainLength(_ text: String) -> Int {
    guard options.colors else { return text.utf16.count }
    return StringWidth.withoutEscapes(text).utf16.count
  }

  /// Puts the entries of an array in columns, when they are short and alike in length.
  private func grouped(_ output: [String], _ array: Cell) -> [String] {
    let hasMore = options.maxArrayLength < output.count
    let count = hasMore ? output.count - 1 : output.count
    let lengths = output[..<count].map { StringWidth.columns($0, withEscapes: options.colors) }
    let separator = 2
    let total = lengths.reduce(0) { $0 + $1 + separator }
    let longest = lengths.max() ?? 0
    let widest = longest + separator
    guard widest * 3 + indentation < options.breakLength,
      Double(total) / Double(widest) > 5 || longest <= 6
    else { return output }
    let columns = columnCount(count: count, entries: output.count, widest: widest, total: total)
    if columns <= 1 { return output }
    let widths = (0..<columns).map { column in
      stride(from: column, to: count, by: columns).reduce(0) { max($0, lengths[$1]) } + separator
    }
    let padsStart = areAllNumbers(array, output.count)
    var lines: [String] = []
    for first in stride(from: 0, to: count, by: columns) {
      let end = min(first + columns, count)
      var line = ""
      for i in first..<end {
        let isLast = i == end - 1
        let padding = String(
          repeating: " ", count: max(widths[i - first] - lengths[i] - separator, 0))
        let entry = isLast ? output[i] : output[i] + ", "
        line += padsStart ? padding + entry : isLast ? entry : entry + padding
      }
      lines.append(line)
    }
    if hasMore { lines.append(output[count]) }
    return lines
  }

  /// About as many columns as make a square, since characters are about 2.5 times as high as wide.
  private func columnCount(count: Int, entries: Int, widest: Int, total: Int) -> Int {
    let bias = (Double(widest) - Double(total) / Double(entries)).squareRoot()
    let width = max(Double(widest) - 3 - bias, 1)
    let square = ((2.5 * width * Double(count)).squareRoot() / width + 0.5).rounded(.down)
    return min(Int(square), (options.breakLength - indentation) / widest, options.compact * 4, 15)
  }

  private func areAllNumbers(_ array: Cell, _ count: Int) -> Bool {
    for index in 0..<UInt32(count) {
      guard let property = vm.ownProperty(array, PropertyKey(index: index)), !property.isAccessor,
        property.value.isNumber
      else { return false }
    }
    return true
  }
}

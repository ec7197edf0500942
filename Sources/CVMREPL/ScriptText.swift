import CVMRuntime
import CVMSyntax

/// A source file as the machine's error messages and stack traces see it.
package final class ScriptText: ScriptSource {
  package let file: SourceFile
  private let options: ParseOptions
  /// Where statements begin.
  private(set) lazy var steps = StepMap(file, options)

  /// Without options they are those that the name suggests.
  package init(_ file: SourceFile, _ options: ParseOptions? = nil) {
    self.file = file
    let isTyped = file.name.hasPrefix("[")
    self.options =
      options
      ?? ParseOptions(
        dialect: file.name.hasSuffix(".ts") ? .typeScript : .javaScript, prefersObjectLiteral: isTyped)
  }

  package var displayName: String { file.name }
  package var bytes: [UInt8] { file.bytes }

  package func position(at offset: Int) -> (line: Int, column: Int) {
    let location = file.location(at: UInt32(clamping: offset))
    return (location.line, location.column)
  }

  package func text(from start: Int, to end: Int) -> String {
    file.text(in: SourceRange(start: UInt32(clamping: start), end: UInt32(clamping: max(start, end))))
  }
}

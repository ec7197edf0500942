import CVMStorage
import CVMSyntax

/// What must be known of a program beside its text, so that it can be started again.
public struct ProgramDetails: Equatable, Sendable {
  /// What messages call it.
  public var file: String
  public var isTypeScript: Bool
  /// How it behaves where it does not say it itself.
  public var language: LanguageDialect
  /// What it finds in `process.argv` behind its name.
  public var arguments: [String]

  public init(file: String, language: LanguageDialect = .js, arguments: [String] = []) {
    (self.file, self.language, self.arguments) = (file, language, arguments)
    isTypeScript = file.hasSuffix(".ts")
  }

  func encoded() -> [UInt8] {
    var writer = FieldWriter()
    writer.text(file)
    writer.text(isTypeScript ? "ts" : "js")
    writer.text(language.rawValue)
    writer.number(UInt64(arguments.count))
    for argument in arguments { writer.text(argument) }
    return writer.bytes
  }

  init?(encoded bytes: [UInt8]) {
    var reader = FieldReader(bytes)
    guard let file = reader.text(), let dialect = reader.text(),
      let language = reader.text().flatMap(LanguageDialect.init(rawValue:)), let count = reader.number(),
      count <= UInt64(bytes.count)
    else { return nil }
    var arguments: [String] = []
    for _ in 0..<count {
      guard let argument = reader.text() else { return nil }
      arguments.append(argument)
    }
    self.init(file: file, language: language, arguments: arguments)
    isTypeScript = dialect == "ts"
  }
}

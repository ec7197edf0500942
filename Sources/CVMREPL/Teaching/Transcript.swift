import CVMReport
import CVMRuntime
import Glibc

/// `:transcript`: the session as a page or as notes.
enum TranscriptCommand: Command {
  static let spec = CommandSpec(
    name: "transcript", category: .teach, argument: "FILE", kind: .file, rule: .required,
    options: [.init("title", value: "TEXT", "what the page is called")],
    summary: "writes the session with pictures: FILE.html, FILE.md or FILE.txt",
    discussion:
      "A page stands alone, without network: statements, answers, and the heap after each step, to go through forward "
      + "and back. Notes in Markdown have the drawings in characters. :doctest runs either again.",
    examples: [.init(":transcript lesson.html", setup: ["let q = p", "q.x = 5"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":transcript")
    let path = Redirection.expanded(call.argument)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let title = call.value("title").map(Self.unquoted) ?? String(name.prefix { $0 != "." })
    let document = TranscriptDocument(session, title: title.isEmpty ? "Session" : title)
    let text: String
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "html", "htm": text = TranscriptPage(document).html
    case "md", "markdown": text = document.markdown(session.options.rendering)
    case "txt": text = document.sessionText
    default: throw .usage("What shall \(name.prefix(60)) be? :transcript FILE.html, FILE.md or FILE.txt")
    }
    try write(text, to: path)
    let pictures = document.steps.count { document.draws($0) }
    let sentence =
      "\(path): \(Numbers.counted(UInt64(document.steps.count), "step")), "
      + "\(Numbers.counted(UInt64(pictures), "picture")), \(ByteCount.text(UInt64(text.utf8.count)))."
    return CommandAnswer(sentence, "transcript", options: session.options.rendering) { writer in
      writer.member("file", path)
      writer.member("steps", document.steps.count)
      writer.member("pictures", pictures)
      writer.member("bytes", text.utf8.count)
    }
  }

  private static func unquoted(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else { return text }
    return String(text.dropFirst().dropLast())
  }

  private static func write(_ text: String, to path: String) throws(CommandError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .notFound("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let failure = writeAllBytes(descriptor, Array(text.utf8))
    if failure != 0 { throw CommandError(status: .error, message: "\(path): \(String(cString: strerror(failure)))") }
  }
}

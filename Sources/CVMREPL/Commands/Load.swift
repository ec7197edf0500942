import CVMReport
import CVMSyntax

/// `:load`: runs a file on the live heap.
enum LoadCommand: Command {
  static let spec = CommandSpec(
    name: "load", category: .session, argument: "FILE", kind: .file, rule: .required,
    options: [.init("no-main", "does not call `main`")],
    summary: "runs a file (.js, .ts) on this heap",
    discussion:
      "The file runs as one statement; its variables are yours afterwards. A function `main` that it declares and does "
      + "not call is called at the end, as `cvm-repl run` does; `_` is then its result.",
    examples: [.init(":load program.js")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let bytes: [UInt8]
    do { bytes = try readFile(Redirection.expanded(call.argument)) } catch {
      throw .notFound("Cannot read \(error.message)")
    }
    let before = session.machine.lastObjectID
    let status = session.load(
      SourceFile(name: call.argument, bytes: bytes), callsMain: !call.has("no-main"))
    let made = session.machine.lastObjectID - before
    let options = session.options.rendering
    return CommandAnswer(
      text: {
        status == .done
          ? "loaded \(TextLayout.printable(call.argument, isASCII: options.isASCII)): "
            + "\(Numbers.counted(made, "new object"))\n" : ""
      },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("load") { writer in
            writer.member("file", call.argument)
            writer.member("ok", status == .done)
            writer.member("objects", made)
          }
        }
      }, status: status)
  }
}

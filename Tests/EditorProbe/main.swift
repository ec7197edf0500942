// A program with nothing but a prompt, for tests of the line editor: it repeats what is typed, and does a few things that
// a REPL may do.
import CVMTerminal
import Glibc

let isPlain = !Terminal.canEdit
func say(_ text: String) {
  print(text)
  fflush(nil)
}

func perform(_ text: String, _ messages: MessageQueue?) {
  switch text {
  case "trap": fatalError("trapped")
  case "messages":
    guard let messages else { return }
    startThread { for number in 1...3 { messages.post("message \(number)") } }
  case "read": say("read \(Terminal.lend { readLine() } ?? "nothing")")
  case "page": if !Pager.show((1...500).map { "line \($0)\n" }.joined()) { say("no pager") }
  default: say("typed \(text.debugDescription)")
  }
}

func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { box in
      Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
}

if isPlain {
  while let line = readLine() { perform(line, nil) }
  exit(0)
}
let history = History(path: CommandLine.arguments.contains("--no-history") ? nil : History.standardPath("probe"))
guard let editor = LineEditor(program: "probe", history: history) else { exit(3) }
editor.prompt = "probe> "
editor.continuationPrompt = "  ... "
editor.usesColor = Terminal.wantsColor
if let index = CommandLine.arguments.firstIndex(of: "--right-prompt") {
  editor.rightPrompt = CommandLine.arguments[index + 1]
}
editor.support.completeness = { $0.hasSuffix("\\") ? .incomplete(indentation: 0) : .complete }
for problem in editor.configurationProblems { say(problem) }
while true {
  switch editor.readText() {
  case .text(let text):
    history.add(text)
    perform(text, editor.messages)
  case .interrupted: say("interrupted")
  case .end:
    say("end")
    exit(0)
  }
}

import CVMREPL

extension FuzzTarget {
  /// Lines of a session, statements and commands: each gets an answer, and the heap stays sound.
  static let commands = FuzzTarget(
    "commands",
    words: CommandTable.specs.flatMap { spec in [":\(spec.name) "] + spec.aliases.map { ":\($0) " } } + [
      "--json", "--all", "--top 3", "--csv", "--jsonl", "#1", "#2.x", "_", "_error", "\n", "a.x[0]", "--roots", "--by ",
      "main",
    ],
    seeds: {
      let commands = CommandTable.specs.map { ":\($0.name) a" }
      return stride(from: 0, to: commands.count, by: 4).map { start in
        let lines = ["let a = {x: [1, 'two', {}], f() { return this }}, b = [a, a]"] + commands[start...].prefix(4)
        return Array(lines.joined(separator: "\n").utf8)
      }
        + [
          "let a = [1]\na.push(2)\n:undo\n:redo\n:diff 1 2\n:fork side\n:switch main\n:checkpoint one\n:restore one",
          "function f(n) { return n ? f(n - 1) : CC('q') }\nf(3)\n:bt\n:locals\n:answer 4\n:step f(2)\n:next\n:finish\n:abort",
          ":break f\nfunction f() { debugger; return 1 }\nf()\n:continue\n:back 3\n:until 1\n:heap --top 3 --json\n:leaks",
        ].map { Array($0.utf8) }
    }
  ) { bytes in
    emptyFolder()
    let session = FuzzSession.make()
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.split(separator: "\n").prefix(12) where isHarmless(line) {
      if line.first == ":" { _ = session.command(String(line)) } else { session.evaluate(String(line)) }
      session.machine.verifyHeap()
    }
  }

  /// Nothing that could write outside of the folder, start a program, or wait for somebody.
  private static func isHarmless(_ line: Substring) -> Bool {
    if line.first != ":" { return true }
    return line.allSatisfy { !"|>~!".contains($0) } && !line.contains("..") && !line.contains("/")
  }
}

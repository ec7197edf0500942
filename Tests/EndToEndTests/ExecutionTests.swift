import CVMTestSupport
import Foundation
import Testing

/// Programs that wait in a store from one process to the next.
@Suite struct ExecutionTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private static let program = """
    console.log('start');
    const shared = {count: 0};
    const list = [shared, shared];
    for (const colour of ['red', 'green']) {
      const answer = CC(`${colour}?`);
      list[0].count++;
      console.log(colour, answer, list[0] === list[1], shared.count);
    }
    console.error('done');

    """

  private func run(_ arguments: String..., input: String = "") throws -> Subprocess.Outcome {
    var process = BuiltProgram.process(arguments, input: input)
    process.environment["XDG_STATE_HOME"] = scratch.path + "/state"
    return try process.run()
  }

  private func start(_ id: String, _ arguments: String...) throws -> Subprocess.Outcome {
    let file = try scratch.write("program.js", Self.program)
    var process = BuiltProgram.process(["run", file, "--id", id] + arguments)
    process.environment["XDG_STATE_HOME"] = scratch.path + "/state"
    return try process.run()
  }

  @Test func `a program goes on in other processes with its objects as they were`() throws {
    let first = try start("demo")
    #expect(first.ending == .exited(5))
    #expect(first.output == "start\n")
    #expect(first.errors == "Paused at CC: red?\ncvm-repl resume demo --answer TEXT goes on.\n")

    let second = try run("resume", "demo", "--answer", "1")
    #expect(second.ending == .exited(5))
    #expect(second.output == "red 1 true 1\n")

    let third = try run("resume", "demo", "--answer", "2")
    #expect(third.ending == .exited(0))
    #expect(third.output == "green 2 true 2\n")
    #expect(third.errors == "done\n")

    let output = try run("executions", "show", "demo", "--output")
    #expect(output.output == "start\nred 1 true 1\ngreen 2 true 2\n")
    #expect(output.errors == "done\n")
  }

  @Test func `several answers go on as far as they last`() throws {
    let outcome = try start("demo", "--answer", "1", "--answer", "2")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "start\nred 1 true 1\ngreen 2 true 2\n")
  }

  @Test func `answers that nothing asks for are counted in a warning`() throws {
    let one = try start("one", "--answer", "1", "--answer", "2", "--answer", "3")
    #expect(one.ending == .exited(0))
    #expect(one.errors == "done\nWarning: 1 answer was not used: nothing asked for it.\n")
    _ = try start("two", "--answer", "1")
    let two = try run("resume", "two", "--answer", "2", "--answer", "3", "--answer", "4")
    #expect(two.ending == .exited(0))
    #expect(two.output == "green 2 true 2\n")
    #expect(two.errors == "done\nWarning: 2 answers were not used: nothing asked for them.\n")
    let ended = try run("resume", "two", "--answer", "5")
    #expect(ended.ending == .exited(0))
    #expect(ended.errors.hasSuffix("\nWarning: 1 answer was not used: nothing asked for it.\n"))
    let file = try scratch.write("program.js", Self.program)
    let plain = try run("run", file, "--answer", "1", "--answer", "2", "--answer", "3", "-e", "list.length")
    #expect(plain.errors == "done\nWarning: 1 answer was not used: nothing asked for it.\n")
    #expect(
      try run("run", file, "--answer", "1", "--answer", "2", "--answer", "3", "-e", "CC('more?')").errors == "done\n")
  }

  @Test func `what follows a program takes the answers that the program has left`() throws {
    let after = "console.log('after', CC('a?'), list.length)"
    let begun = try start("one", "--answer", "1", "--answer", "2", "--answer", "3", "-e", after)
    #expect(begun.ending == .exited(0))
    #expect(begun.output == "start\nred 1 true 1\ngreen 2 true 2\nafter 3 2\n")
    #expect(begun.errors == "done\n")

    _ = try start("two", "--answer", "1")
    let resumed = try run("resume", "two", "--answer", "2", "--answer", "3", "--answer", "4", "-e", after)
    #expect(resumed.ending == .exited(0))
    #expect(resumed.output == "green 2 true 2\nafter 3 2\n")
    #expect(resumed.errors == "done\nWarning: 1 answer was not used: nothing asked for it.\n")

    let paused = try start("three", "--answer", "1", "--answer", "2", "-e", after)
    #expect(paused.ending == .exited(5))
    let gone = try run("resume", "two", "-e", after)
    #expect(gone.output == "")
    #expect(gone.errors.hasSuffix("Its state is gone: -e and -c were not run.\n"))
  }

  @Test func `the file may change or go while the program waits`() throws {
    _ = try start("demo")
    _ = try scratch.write("program.js", "console.log('another program');\n")
    #expect(try run("resume", "demo", "--answer", "1").output == "red 1 true 1\n")
    try FileManager.default.removeItem(atPath: scratch.path + "/program.js")
    #expect(try run("resume", "demo", "--answer", "2").output == "green 2 true 2\n")
    // It begins again as it was, too.
    let restarted = try run("executions", "restart", "demo")
    #expect(restarted.ending == .exited(0))
    #expect(restarted.output == "cvm-repl resume demo begins it again.\n")
    #expect(try run("resume", "demo").output == "start\n")
    #expect(try run("executions", "show", "demo", "--output").output == "start\n")
  }

  @Test func `an execution that has ended says so and runs nothing`() throws {
    _ = try start("demo", "--answer", "1", "--answer", "2")
    let again = try run("resume", "demo")
    #expect(again.ending == .exited(0))
    #expect(again.output == "")
    #expect(again.errors.hasPrefix("demo was completed "))
  }

  @Test func `an uncaught error ends an execution and is shown again`() throws {
    let file = try scratch.write("fails.js", "CC('?');\nnull.x;\n")
    let first = try run("run", file, "--id", "demo", "--answer", "1")
    #expect(first.ending == .exited(1))
    #expect(first.errors.contains("Uncaught TypeError"))
    #expect(first.errors.contains("fails.js:2:6"))
    let again = try run("resume", "demo")
    #expect(again.ending == .exited(1))
    #expect(again.errors.contains("fails.js:2:6"))
    #expect(try run("executions").output.contains("failed"))
  }

  @Test func `a crossed limit stops a program that can go on with a higher one`() throws {
    let file = try scratch.write("long.js", "let n = 0;\nwhile (n < 200000) n++;\nconsole.log(n);\n")
    let first = try run("run", file, "--id", "demo", "--max-steps", "100000")
    #expect(first.ending == .exited(4))
    #expect(first.errors.hasSuffix("cvm-repl resume demo goes on.\n"))
    #expect(try run("executions").output.contains("stopped"))
    #expect(try run("resume", "demo", "--max-steps", "1000000").output == "200000\n")
  }

  @Test func `a name is taken once, and an unknown one is guessed at`() throws {
    _ = try start("demo")
    let taken = try start("demo")
    #expect(taken.ending == .exited(1))
    #expect(taken.output == "")
    #expect(taken.errors.hasPrefix("There is already an execution demo, waiting, changed "))
    let unknown = try run("resume", "demmo")
    #expect(unknown.ending == .exited(3))
    #expect(unknown.errors == "There is no execution demmo. Did you mean demo ?\n")
    for command in ["show", "delete", "restart"] {
      #expect(try run("executions", command, "other").ending == .exited(3))
    }
    #expect(try start("bad name").ending == .exited(2))
  }

  @Test func `without a store nothing is found and nothing is made`() throws {
    let resume = try run("resume", "demo")
    #expect(resume.ending == .exited(3))
    #expect(resume.errors.hasPrefix("There is no execution demo: there is no store at sqlite:\(scratch.path)/state/"))
    #expect(try run("executions").output == "No executions. cvm-repl run FILE --id NAME makes one.\n")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/state"))
  }

  @Test func `a program that is none makes no execution`() throws {
    let file = try scratch.write("broken.js", "let = ;\n")
    let outcome = try run("run", file, "--id", "demo")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("SyntaxError"))
    #expect(try run("executions").output.hasPrefix("No executions."))
  }

  @Test func `the standard store is for its owner alone`() throws {
    _ = try start("demo")
    let place = scratch.path + "/state/cvm-repl"
    for name in ["", "/executions.db"] {
      let mode = try FileManager.default.attributesOfItem(atPath: place + name)[.posixPermissions] as? Int
      #expect((mode ?? 0o777) & 0o077 == 0)
    }
  }

  @Test(arguments: ["folder", "sqlite:file.db"]) func `a store may be anywhere`(_ kind: String) throws {
    let place = kind == "folder" ? scratch.path + "/my store" : "sqlite:\(scratch.path)/file.db"
    let first = try start("demo", "--store", place)
    #expect(first.ending == .exited(5))
    let shown = kind == "folder" ? "'\(place)'" : place
    #expect(first.errors.hasSuffix("cvm-repl resume demo --store \(shown) --answer TEXT goes on.\n"))
    #expect(try run("resume", "--store", place, "demo", "--answer", "1", "--answer", "2").ending == .exited(0))
    #expect(try run("--store", place, "executions", "list").output.contains("completed"))
    #expect(try run("executions", "delete", "demo", "--store", place).ending == .exited(0))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/state"))
  }

  @Test func `a store without a name gives one`() throws {
    let file = try scratch.write("my program.js", "CC('?');\n")
    let place = scratch.path + "/store"
    #expect(try run("run", file, "--store", place).errors.contains("resume my_program --store"))
    #expect(try run("run", file, "--store", place).errors.contains("resume my_program-2 --store"))
  }

  @Test func `the list and the details are there for programs`() throws {
    _ = try start("demo", "--answer", "1")
    let list = try JSONObject(try run("executions", "--json").output)
    #expect(list["cmd"] == "executions")
    #expect(list["totalRows"] == "1")
    let details = try JSONObject(try run("executions", "show", "demo", "--json").output)
    #expect(details["status"] == "waiting")
    #expect(details["step"] == "2")
    #expect(details["question"] == "green?")
    #expect(details["output"] == "start\nred 1 true 1\n")
    #expect(try run("executions", "--jsonl").outputLines.count == 1)
  }

  @Test func `an exported state opens as a checkpoint`() throws {
    _ = try start("demo", "--answer", "1")
    let file = scratch.path + "/demo.cvmsnap"
    #expect(try run("executions", "export", "demo", file).ending == .exited(0))
    let opened = try run("open", file, "-c", ":answer 2")
    #expect(opened.output.hasSuffix("green 2 true 2\n"))
    _ = try run("resume", "demo", "--answer", "2")
    let ended = try run("executions", "export", "demo", file)
    #expect(ended.ending == .exited(1))
    #expect(ended.errors.contains("it has ended"))
  }

  @Test func `an execution moves to another store as JSON`() throws {
    _ = try start("demo", "--answer", "1")
    let file = scratch.path + "/demo.json"
    #expect(try run("executions", "export", "demo", file).ending == .exited(0))
    #expect(try run("executions", "export", "demo").output == String(contentsOfFile: file, encoding: .utf8))
    let other = scratch.path + "/other"
    let moved = try run("executions", "import", file, "--store", other)
    #expect(moved.ending == .exited(0))
    #expect(moved.errors == "demo: waiting. cvm-repl resume demo --store \(other) goes on.\n")
    #expect(try run("executions", "show", "demo", "--output", "--store", other).output == "start\nred 1 true 1\n")
    #expect(try run("resume", "demo", "--store", other, "--answer", "2").output == "green 2 true 2\n")
    let twice = try run("executions", "import", file, "--store", other)
    #expect(twice.ending == .exited(1))
    #expect(twice.errors == "There is already an execution demo.\n")
    #expect(try run("executions", "import", file, "--store", other, "--id", "again").ending == .exited(0))
    #expect(try run("open", file, "-c", ":answer 2").output.hasSuffix("green 2 true 2\n"))
    #expect(try run("executions", "import", scratch.path + "/none.json").ending == .exited(3))
  }

  @Test func `states with nested values are kept and read, and what that loses is said`() throws {
    let first = try start("demo", "--storage", "inline")
    #expect(first.ending == .exited(5))
    #expect(
      first.errors.contains("shared and list[0] are one object, and two when the state is read (--storage inline)."))
    #expect(try run("resume", "demo", "--answer", "1", "--enable-heap-refs=false").output == "red 1 false 0\n")
    // The form is told by the content.
    #expect(try run("resume", "demo", "--answer", "2").output == "green 2 false 0\n")

    let file = try scratch.write("cycle.js", "const list = []; list.push({self: list}); CC('?')")
    let refused = try run("run", file, "--id", "cycle", "--storage", "inline")
    #expect(refused.ending == .exited(1))
    #expect(refused.errors.contains("list[0].self is list itself"))
    #expect(try run("run", file, "--storage", "inline").ending == .exited(2))
    #expect(
      try run("run", file, "--id", "x", "--storage", "inline", "--enable-heap-refs", "true").ending == .exited(2))
  }

  @Test func `rights do not come from the store`() throws {
    let folder = scratch.path + "/files"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = try scratch.write(
      "writes.js", "CC('?');\nfs.writeFile('\(folder)/a.txt', 'x');\nconsole.log('written');\n")
    #expect(try run("run", file, "--id", "demo", "--sandbox", folder).ending == .exited(5))
    #expect(try run("executions", "export", "demo", scratch.path + "/x.cvmsnap").ending == .exited(0))
    _ = try run("resume", "demo", "--answer", "1")
    #expect(!FileManager.default.fileExists(atPath: folder + "/a.txt"))
    #expect(try run("run", file, "--id", "again", "--sandbox", folder).ending == .exited(5))
    #expect(try run("resume", "again", "--answer", "1", "--sandbox", folder).output == "written\n")
  }

  @Test func `a process that is killed while it runs repeats nothing in the log`() throws {
    let file = try scratch.write(
      "loops.js", "CC('first?');\nconsole.log('running');\nwhile (CC('again?') !== 'stop') ;\nwhile (true) ;\n")
    #expect(try run("run", file, "--id", "demo").ending == .exited(5))
    var process = BuiltProgram.process(["resume", "demo", "--answer", "1", "--answer", "stop"])
    process.environment["XDG_STATE_HOME"] = scratch.path + "/state"
    let running = try process.start()
    let hasBegun = running.waitForOutput(containing: "running")
    #expect(hasBegun)
    // Another process is told who has it.
    let other = try run("resume", "demo", "--answer", "2")
    #expect(other.ending == .exited(1))
    #expect(other.errors.hasPrefix("demo is running: it is in the hands of process "))
    #expect(try run("executions", "delete", "demo").ending == .exited(1))
    running.send(signal: SIGKILL)
    _ = running.wait()
    let again = try run("resume", "demo")
    #expect(again.ending == .exited(5))
    #expect(again.errors.hasPrefix("Paused at CC: again?\n"))
    #expect(try run("executions", "show", "demo", "--output").output == "running\n")
  }

  @Test func `Ctrl-C keeps the state where it was`() throws {
    let file = try scratch.write("loops.js", "let n = 0;\nconsole.log('begin');\nwhile (n >= 0) { n++; }\n")
    var process = BuiltProgram.process(["run", file, "--id", "demo"])
    process.environment["XDG_STATE_HOME"] = scratch.path + "/state"
    let running = try process.start()
    let hasBegun = running.waitForOutput(containing: "begin")
    #expect(hasBegun)
    running.send(signal: SIGINT)
    let outcome = running.wait()
    #expect(outcome.ending == .exited(130))
    #expect(outcome.errors == "Interrupted. cvm-repl resume demo goes on.\n")
    let checkpoint = scratch.path + "/n.cvmsnap"
    #expect(try run("executions", "export", "demo", checkpoint).ending == .exited(0))
    #expect(try run("open", checkpoint, "-e", "console.log(n > 0)").output.hasSuffix("true\n"))
  }

  @Test func `a damaged store or one of a newer version is named`() throws {
    let newer = scratch.path + "/newer"
    #expect(try start("demo", "--store", newer).ending == .exited(5))
    _ = try scratch.write("newer/format", "cvm-executions 7\n")
    let refused = try run("resume", "demo", "--store", newer)
    #expect(refused.ending == .exited(1))
    #expect(refused.errors.contains("newer version of this program (schema 7; this one knows up to 1)"))
    _ = try scratch.write("newer/format", "cvm-executions 1\n")
    _ = try scratch.write("newer/executions/demo/record", "nonsense")
    #expect(try run("resume", "demo", "--store", newer).errors.contains("is damaged"))
    let text = try scratch.write("text.db", String(repeating: "no database at all ", count: 100))
    #expect(try run("resume", "demo", "--store", "sqlite:\(text)").errors.contains("is no store of executions"))
    #expect(try start("demo", "--store", scratch.path).errors.contains("is no store of executions"))
  }
}

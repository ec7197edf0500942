import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// What the first CVM left in its folder.
@Suite struct FirstCVMTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// As its file adapter wrote it: a list of two tasks, each with the same owner, waiting in a `for-of`.
  private static let execution = """
    {
      "id": "exec-1", "programId": "tasks", "state": "AWAITING_COGNITIVE_RESULT", "pc": 42,
      "stack": [{"type": "array-ref", "id": 1}, "Buy milk", {"type": "undefined"}],
      "variables": {
        "tasks": {"type": "array-ref", "id": 1}, "owner": {"type": "object-ref", "id": 2}, "count": 2, "done": false,
        "title": "Buy milk", "nothing": null
      },
      "iterators": [
        {"array": {"type": "array", "elements": [{"type": "object-ref", "id": 3}, {"type": "object-ref", "id": 4}]},
         "index": 1, "length": 2},
        {"array": null, "index": 0, "length": 1, "keys": ["a"]}
      ],
      "heap": {
        "objects": {
          "1": {"type": "array", "data": {"type": "array", "elements": [{"$ref": 3}, {"$ref": 4}], "properties": {"kind": "list"}}},
          "2": {"type": "object", "data": {"type": "object", "properties": {"name": "Ann", "$ref": 9, "me": {"$ref": 2}}}},
          "3": {"type": "object", "data": {"type": "object", "properties": {"title": "Buy milk", "by": {"$ref": 2}}}},
          "4": {"type": "object", "data": {"type": "object", "properties": {"title": "Sleep", "by": {"$ref": 2}, "at": {"type": "undefined"}}}},
          "5": {"type": "array", "data": {"type": "array", "elements": []}}
        },
        "nextId": 6
      },
      "ccPrompt": "How long does Buy milk take?", "error": null, "output": [],
      "created": "2025-01-01T00:00:00.000Z"
    }
    """

  private func folder() throws -> String {
    for name in ["executions", "programs", "outputs"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + name, withIntermediateDirectories: true)
    }
    _ = try scratch.write("executions/exec-1.json", Self.execution)
    _ = try scratch.write(
      "executions/exec-0.json",
      #"{"id": "exec-0", "programId": "gone", "state": "READY", "pc": 0, "stack": [], "variables": {}}"#)
    _ = try scratch.write(
      "programs/tasks.json",
      #"{"id": "tasks", "name": "Tasks", "source": "function main() { const x = []; if (true) { let y = 1 } console.log(typeof x, y); return CC('Done?') }", "bytecode": [], "created": "2025-01-01T00:00:00.000Z"}"#
    )
    _ = try scratch.write("outputs/exec-1.output", "one\ntwo\n")
    _ = try scratch.write("metadata.json", #"{"currentExecutionId": "exec-1"}"#)
    return scratch.path
  }

  @Test func `an execution opens for every command that looks at a heap`() throws {
    let session = TestSession()
    let path = try folder() + "/executions/exec-1.json"
    let opened = session(":open \(path)")
    #expect(opened.contains("exec-1: execution of the first CVM"))
    #expect(opened.contains("AWAITING_COGNITIVE_RESULT"))
    #expect(opened.contains("It asks: How long does Buy milk take?"))
    #expect(opened.contains("It printed 2 lines"))
    #expect(opened.contains("read only"))
    #expect(opened.contains("cvm-repl run"))
    #expect(opened.contains(":use live goes back"))
    #expect(session(":show 1").contains("Array#1"))
    #expect(session(":show tasks[0].by.name").contains("Ann"))
    #expect(session(":show owner").contains("$ref"))
    #expect(session(":refs 2").contains("tasks[0].by"))
    #expect(session(":refs 3").contains("iterators[0]"))
    #expect(session(":find Object").contains("3 of 3"))
    #expect(session(":graph tasks").contains("#4 Object"))
    #expect(session(":heap").contains("tasks"))
    #expect(try session.json(":heap")["objects"] as? Int == 14)
    #expect(session(":show title").contains("Buy milk"))
    #expect(session(":use live").contains("live"))
  }

  @Test func `heap objects may be an array, and values may be nested in full`() throws {
    let session = TestSession()
    let base = #""id": "e", "programId": "p", "state": "READY", "pc": 0, "stack": []"#
    let reference = #""variables": {"a": {"type": "object-ref", "id": 2}}"#
    let objects = [
      #"[null, null, {"type": "object", "data": {"type": "object", "properties": {"x": 1}}}]"#,
      #"[{"id": 2, "type": "object", "data": {"type": "object", "properties": {"x": 1}}}]"#,
      #"[[2, {"id": 2, "type": "object", "data": {"type": "object", "properties": {"x": 1}}}]]"#,
    ]
    for (number, form) in objects.enumerated() {
      let path = try scratch.write(
        "\(number).json", "{\(base), \(reference), \"heap\": {\"objects\": \(form), \"nextId\": 3}}")
      session(":open \(path)")
      #expect(session(":show a").contains("Object#2"), "\(form)")
      #expect(session(":show a").contains(".x"), "\(form)")
    }
    let nested =
      #""variables": {"list": {"type": "array", "elements": [{"type": "object", "properties": {"x": {"type": "array", "elements": [7]}}}]}, "raw": {"y": [8]}}"#
    let path = try scratch.write("inline.json", "{\(base), \(nested)}")
    #expect(session(":open \(path)").contains("The file has no heap"))
    #expect(session(":show list[0].x").contains("7"))
    #expect(session(":show raw.y").contains("8"))
  }

  @Test func `a folder opens with the execution that was current`() throws {
    let session = TestSession()
    let opened = session(":open \(try folder())")
    #expect(opened.contains("exec-1: execution of the first CVM"))
    #expect(opened.contains("2 executions are open"))
    #expect(session(":use").contains("exec-0"))
    session(":use exec-0")
    #expect(session(":heap").contains("No objects"))
  }

  @Test func `what is damaged is named with its place`() throws {
    let session = TestSession()
    func refusal(_ old: String, _ new: String) throws -> String {
      let path = try scratch.write("bad.json", Self.execution.replacingOccurrences(of: old, with: new))
      #expect(session.session.command(":open \(path)") == .error)
      return session.errors
    }
    #expect(try refusal(#"{"$ref": 4}"#, #"{"$ref": 99}"#).contains("Invalid heap reference: 99"))
    #expect(try refusal(#"{"$ref": 4}"#, #"{"$ref": 99}"#).contains(#"heap.objects["1"].data.elements[1]["$ref"]"#))
    #expect(try refusal(#""id": 4}"#, #""id": "x"}"#).contains("this is no id"))
    #expect(try refusal(#""nextId": 6"#, #""nextId": 6,"#).contains("line"))
    #expect(try refusal(#""5": {"#, #""x": {"#).contains("this is no id of an object"))
    #expect(try refusal(#""5": {"#, #""4": {"#).contains("this name is there twice"))
    #expect(try refusal(#""objects": {"#, #""objects": 7, "x": {"#).contains("neither a record nor an array"))
  }

  @Test func `a program is started again from its source, in its dialect`() throws {
    let session = TestSession()
    let path = try folder() + "/programs/tasks.json"
    #expect(session.session.command(":open \(path)") == .usage)
    #expect(session.errors.contains("cvm-repl run"))
    let source = try #require(FirstCVMFiles.source(in: Array(String(contentsOfFile: path, encoding: .utf8).utf8)))
    #expect(source.hasPrefix("function main()"))
    #expect(FirstCVMFiles.source(in: Array("({source: 1, bytecode: 2})".utf8)) == nil)
  }
}

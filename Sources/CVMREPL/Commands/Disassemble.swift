import CVMBytecode
import CVMReport
import CVMRuntime

/// `:disasm`: the bytecode of a function.
enum DisassembleCommand: Command {
  static let spec = CommandSpec(
    name: "disasm", aliases: ["disassemble"], category: .run, argument: "FUNCTION", kind: .object, rule: .required,
    options: [.init("all", "functions inside of it, too")],
    summary: "the bytecode of a function",
    examples: [.init(":disasm inc", setup: ["let count = 0", "function inc(n) { return count += n }"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let argument = try session.resolve(call.argument)
    guard session.machine.isFunction(argument.value) else {
      throw .usage("\(call.argument.prefix(60)) is no function")
    }
    guard let code = session.machine.loadedCode(of: argument.value) else {
      throw .usage("\(session.machine.identity(of: argument.value) ?? "it") is built in: it has no bytecode")
    }
    let options = session.options.rendering
    let blocks = call.has("all") ? allBlocks(code.block) : [code.block]
    return CommandAnswer(
      text: { blocks.map { text($0, code.source, options) }.joined(separator: "\n") },
      json: { json(blocks, code.source, options) })
  }

  private static func allBlocks(_ block: CodeBlock) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var pending = [block]
    while let next = pending.popLast() {
      blocks.append(next)
      pending += next.nested.reversed()
    }
    return blocks
  }

  private static func name(_ block: CodeBlock) -> String {
    let name = String(decoding: block.name, as: UTF16.self)
    return name.isEmpty ? "(\(block.kind))" : name
  }

  private static func parameters(_ block: CodeBlock) -> String {
    (0..<block.parameterCount).map { register in
      block.variables.first { Int($0.register) == register && !$0.name.isEmpty }
        .map { String(decoding: $0.name, as: UTF16.self) } ?? "r\(register)"
    }.joined(separator: ", ")
  }

  private static func rows(_ block: CodeBlock, _ source: (any ScriptSource)?) -> [DisassemblyRow] {
    var rows = Disassembler(block).rows()
    if let source {
      for index in rows.indices {
        rows[index].line = block.sourceMap.entry(at: UInt32(rows[index].pc)).map {
          source.position(at: Int($0.caret)).line
        }
      }
    }
    return rows
  }

  private static func text(_ block: CodeBlock, _ source: (any ScriptSource)?, _ options: RenderOptions) -> String {
    let rows = rows(block, source)
    var title = "\(name(block))(\(parameters(block)))"
    if let source { title += "  \(source.displayName):\(source.position(at: Int(block.sourceStart)).line)" }
    title += "  \(Numbers.counted(UInt64(rows.count), "instruction"))"
    let captures = block.captures.map { "`\(String(decoding: $0.name, as: UTF16.self))`" }
    if !captures.isEmpty { title += ", captures \(captures.joined(separator: " "))" }
    let width = rows.map(\.mnemonic.count).max() ?? 2
    var lines = TextLayout.wrapped(options.printable(title), to: options.width, indent: "  ")
    lines.append("  line   pc  " + TextLayout.padded("op", to: width) + "  operands")
    for row in rows {
      let line = row.line.map(String.init) ?? ""
      let head =
        TextLayout.padded(line, to: 6, alignRight: true) + TextLayout.padded(String(row.pc), to: 5, alignRight: true)
      let body = TextLayout.padded(row.mnemonic, to: width) + "  " + row.operands.joined(separator: ", ")
      var whole = TextLayout.ellipsized(
        options.printable(head + "  " + body), to: options.width, isASCII: options.isASCII)
      while whole.last == " " { whole.removeLast() }
      lines.append(whole)
    }
    for handler in block.handlers {
      lines.append("  catch \(handler.start)..<\(handler.end) at \(handler.target), error in r\(handler.register)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func json(_ blocks: [CodeBlock], _ source: (any ScriptSource)?, _ options: RenderOptions) -> String {
    JSONWriter.text(isASCII: options.isASCII) { writer in
      writer.report("disasm") { writer in
        writer.list("functions") { writer in
          for block in blocks {
            writer.object { writer in
              writer.member("name", name(block))
              writer.member("registers", block.registerCount)
              writer.list("captures") { writer in
                for capture in block.captures { writer.string(String(decoding: capture.name, as: UTF16.self)) }
              }
              writer.list("code") { writer in for row in rows(block, source) { write(row, &writer) } }
            }
          }
        }
      }
    }
  }

  private static func write(_ row: DisassemblyRow, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("pc", row.pc)
      if let line = row.line { writer.member("line", line) }
      writer.member("op", row.mnemonic)
      writer.list("operands") { writer in for operand in row.operands { writer.string(operand) } }
    }
  }
}

extension RenderOptions {
  func printable(_ text: String) -> String { TextLayout.printable(text, isASCII: isASCII) }
}

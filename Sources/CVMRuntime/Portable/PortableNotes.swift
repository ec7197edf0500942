import CVMBytecode

/// What the sections of a state mean, as far as that is known only with the code at hand: for transcripts of it.
package struct PortableNotes {
  package struct Code {
    package var name: String
    /// How many variables functions of this code have captured.
    package var captures: Int
  }

  package struct Frame {
    package var function: String
    /// Where it stands, as stack traces say it.
    package var place: String
    /// How it gives its result to the frame before it: a raw value of `ReturnKind`.
    package var returns: UInt8
    package var hasGenerator: Bool
    package var hasArgumentCount: Bool
    package var hasDestination: Bool
    package var hasNewTarget: Bool
    /// Those that hold something.
    package var registers: [Int]
    /// How many arguments were not collected yet.
    package var extraArguments: Int
    /// The variables that are alive there, and where they are.
    package var locals: [(name: [UInt16], register: Int)]
  }

  /// By number in the file.
  package var codes: [Code] = []
  package var frames: [Frame] = []
  /// The registers that suspended generators keep, by the numbers of their records.
  package var generators: [Int: [Int]] = [:]

  mutating func add(_ code: LoadedCode, _ pc: Int, _ kind: ReturnKind, _ layout: FrameLayout, isGenerator: Bool) {
    let block = code.block
    let kept = layout.kept
    let locals = block.variables.filter {
      Int($0.start) <= pc && pc <= Int($0.end) && kept.contains(Int($0.register))
    }
    var place = code.source?.displayName ?? ""
    if let source = code.source, let entry = block.sourceMap.entry(at: UInt32(max(pc - 1, 0))) {
      let position = source.position(at: Int(entry.caret))
      place += ":\(position.line):\(position.column)"
    }
    frames.append(
      Frame(
        function: code.displayName, place: place, returns: kind.rawValue, hasGenerator: isGenerator,
        hasArgumentCount: code.keepsArgumentCount && !isGenerator, hasDestination: kind.hasDestination,
        hasNewTarget: kind == .construct, registers: kept, extraArguments: layout.extraArguments.count,
        locals: locals.map { ($0.name, Int($0.register)) }))
  }
}

/// How frames return, by name.
package enum ReturnNames {
  private static let kinds: [(kind: ReturnKind, name: String)] = [
    (.call, "call"), (.store, "store"), (.jumpIfTrue, "jumpIfTrue"), (.jumpIfFalse, "jumpIfFalse"),
    (.discard, "discard"), (.construct, "construct"), (.iteratorStep, "iteratorStep"),
    (.iteratorOpen, "iteratorOpen"), (.host, "host"), (.storeNot, "storeNot"), (.storeBoolean, "storeBoolean"),
    (.classPrototype, "classPrototype"), (.delegateStep, "delegateStep"),
  ]

  package static func name(_ raw: UInt8) -> String? { kinds.first { $0.kind.rawValue == raw }?.name }
  package static func raw(_ name: String) -> UInt8? { kinds.first { $0.name == name }?.kind.rawValue }
}

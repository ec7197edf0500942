import CVMBytecode
import CVMDispatch
import CVMHeapGraph

/// A variable that a closure holds although nothing reads it any more.
public struct UnreadCapture: Sendable, Equatable {
  public var closure: Int
  public var variable: String
  /// The reference from the closure.
  public var edge: Int
}

extension HeapDump {
  /// The captured variables that no living code reads: functions only write to them, or those that read are gone.
  public func unreadCaptures(reachable: Reachability, progress: Progress) throws(AnalysisError) -> [UnreadCapture] {
    let vm = machine.vm
    var isRead = readByFrames()
    var written: [(node: Int, index: Int, cell: Handle)] = []
    var known: [UInt32: Set<Int>] = [:]
    for node in 0..<graph.nodeCount {
      if node & 0x3FFF == 0, progress.isCancelled { throw .cancelled }
      let kind = graph.kind(of: node)
      guard kind == .closure || kind == .generator, reachable.contains(node), !graph.isBuiltIn(node) else { continue }
      let cell = cell(of: node)
      if cell.kind == .generator { isRead.formUnion(cellsOfGenerator(cell)) }
      guard cell.kind == .function, cell.u32(Layout.Function.native) == Layout.Function.none,
        let block = vm.loadedCode(cell)?.block, !block.captures.isEmpty
      else { continue }
      let read: Set<Int>
      if let found = known[cell.u32(Layout.Function.code)] {
        read = found
      } else {
        read = block.readCaptures
        known[cell.u32(Layout.Function.code)] = read
      }
      for index in block.captures.indices {
        let stored = cell.value(Layout.Function.captures + index * 8)
        guard stored.isReference, vm.cell(stored).kind == .variable else { continue }
        if read.contains(index) { isRead.insert(stored.handle) } else { written.append((node, index, stored.handle)) }
      }
    }
    return written.compactMap { place in
      guard !isRead.contains(place.cell) else { return nil }
      let name = vm.loadedCode(cell(of: place.node))!.block.captures[place.index].name
      let variable = String(decoding: name, as: UTF16.self)
      let value = vm.cell(place.cell).value(Layout.primitive)
      let edge = graph.edges(of: place.node).first { edge in
        graph.edgeKind(edge) == .captured && graph.string(graph.edgeNames[edge]) == variable
          && cell(of: graph.target(ofEdge: edge)) == vm.cell(value.handle)
      }
      guard value.isReference, let edge else { return nil }
      return UnreadCapture(closure: place.node, variable: variable, edge: edge)
    }
  }

  /// What running calls hold they may still read.
  private func readByFrames() -> Set<Handle> {
    let vm = machine.vm
    var found: Set<Handle> = []
    let frame = machine.isPaused ? machine.resumeFrame : vm.pointee.frame
    guard frame != vm.pointee.stack else { return found }
    var top = frame + Int(vm.code(of: frame).pointee.registerCount)
    for entry in FrameWalker(vm, frame: frame, pc: machine.isPaused ? machine.resumePC : vm.pointee.pc) {
      for register in 0..<max(0, top - entry.frame) {
        let value = entry.frame[register]
        if value.isReference, value.tag == Tag.cell { found.insert(value.handle) }
      }
      top = entry.frame - FrameHeader.size
    }
    return found
  }

  private func cellsOfGenerator(_ cell: Cell) -> Set<Handle> {
    let frame = cell.value(Layout.Generator.frame)
    guard frame.isReference else { return [] }
    let registers = machine.vm.cell(frame)
    var found: Set<Handle> = []
    for register in 0..<Int(cell.value(Layout.Generator.count).asInt) {
      let stored = registers.value(Layout.values + (register + Layout.Generator.registers) * 8)
      if stored.isReference, stored.tag == Tag.cell { found.insert(stored.handle) }
    }
    return found
  }
}

extension CodeBlock {
  /// The captured variables that the code reads, or hands on to functions that it makes.
  fileprivate var readCaptures: Set<Int> {
    var read: Set<Int> = []
    var pc = 0
    while pc < words.count {
      let instruction = Instruction(word: words[pc])
      guard let opcode = instruction.opcode else { return Set(captures.indices) }
      let info = opcode.cachedInfo
      if opcode != .storeCaptured, opcode != .bindThisCaptured {
        if info.a == .capture { read.insert(instruction.a) }
        if info.b == .capture { read.insert(instruction.b) }
        if info.c == .capture { read.insert(instruction.c) }
      }
      for (place, kind) in info.trailing.enumerated() where kind == .nestedCode {
        for capture in nested[Int(words[pc + 1 + place])].captures where !capture.isRegister {
          read.insert(Int(capture.index))
        }
      }
      pc += info.wordCount
    }
    return read
  }
}

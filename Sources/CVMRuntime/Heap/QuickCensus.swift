import CVMDispatch
import CVMHeapGraph

/// What is in the heap by class, counted by one pass over its pages; what died since the last collection is included.
public struct QuickCensus: Sendable {
  /// Most bytes first; what other objects consist of is not told apart from them.
  public var classes: [ClassFigures] = []
  public var total = ClassFigures(name: "")
  /// How many bytes were given out since the last collection: no more than these can be garbage.
  public var bytesSinceCollection = 0
}

extension Machine {
  /// Counts objects and texts without finding out who holds them. Between instructions only.
  public func quickCensus() -> QuickCensus { HeapDumper(self, nil, nil).quickCensus() }
}

extension HeapDumper {
  private struct Tally {
    var objects: UInt64 = 0
    var bytes: UInt64 = 0
    /// One of them, by which the class is named.
    var example: Handle = 0
  }

  fileprivate func quickCensus() -> QuickCensus {
    let shapeCount = Int(machine.shapes.count)
    let codeCount = machine.code.loaded.count
    // Objects by shape, then functions by code, then values by kind.
    let codes = shapeCount
    let kinds = codes + codeCount + 1
    let tallyCount = kinds + 256
    let tallies = UnsafeMutablePointer<Tally>.allocate(capacity: tallyCount)
    tallies.initialize(repeating: Tally(), count: tallyCount)
    defer { tallies.deallocate() }
    let (vm, heap, storeShape) = (vm, heap, machine.storeShape)
    heap.forEachAllocatedCell { cell in
      let kind = cell.kind
      let place: Int
      var bytes = heap.size(of: cell)
      if kind != 0, kind <= CellKind.lastObject {
        // The library, what questions at the prompt left behind, and stores behind other objects.
        if cell.id == 0 || cell.id >= Machine.questionIDs || (kind == .array && cell.shape == storeShape) { return }
        if kind == .function {
          let code = Int(cell.u32(Layout.Function.code))
          place = codes + (code < codeCount ? code : codeCount)
        } else {
          place = Int(cell.shape)
        }
        if cell.extensionHandle != 0 { bytes += heap.size(of: vm.cell(cell.extensionHandle)) }
        if kind == .array {
          let elements = cell.u32(Layout.Array.elements)
          if elements != 0 { bytes += heap.size(of: vm.cell(elements)) }
        } else if cell.hasTable {
          bytes += heap.size(of: vm.cell(cell.value(Layout.table)))
        }
      } else if kind >= .latin1, kind <= .bigInt {
        place = kinds + Int(kind)
      } else {
        return
      }
      let handle = vm.handle(cell)
      if heap.isKeptForHistory(handle) { return }
      tallies[place].objects += 1
      tallies[place].bytes += UInt64(bytes)
      tallies[place].example = handle
    }
    return census(UnsafeBufferPointer(start: tallies, count: tallyCount), kinds)
  }

  private func census(_ tallies: UnsafeBufferPointer<Tally>, _ kinds: Int) -> QuickCensus {
    var result = QuickCensus()
    var places: [String: Int] = [:]
    for (number, tally) in tallies.enumerated() where tally.objects > 0 {
      let name =
        number < kinds ? builder.text(className(ofUnnumbered: tally.example)) : Self.valueName(UInt8(number - kinds))
      let place = places[name] ?? result.classes.count
      if place == result.classes.count {
        places[name] = place
        result.classes.append(ClassFigures(name: name))
      }
      result.classes[place].objects += tally.objects
      result.classes[place].shallow += tally.bytes
      result.total.objects += tally.objects
      result.total.shallow += tally.bytes
    }
    result.classes.sort { ($0.shallow, $1.name) > ($1.shallow, $0.name) }
    result.bytesSinceCollection = heap.allocatedSinceCollection
    return result
  }

  private static func valueName(_ kind: UInt8) -> String {
    switch kind {
    case .symbol: NodeKind.symbol.title
    case .bigInt: NodeKind.bigInt.title
    default: NodeKind.string.title
    }
  }
}

import CVMDispatch

/// What marking found that is weak. The entries of weak tables are ephemerons: a value lives as long as its key does, and
/// neither is held by the table.
struct WeakCells {
  /// Weak maps and weak sets.
  private(set) var objects: [Cell] = []
  /// Their tables.
  private var tables: Set<Cell> = []
  /// References whose targets they do not keep.
  var references: [Cell] = []
  /// While a program runs, what it can get from `deref` stays: only between programs do references let go.
  var keepsTargets = true

  /// Takes note of a weak map or set; a second time only of a table that it got since.
  mutating func add(_ table: Cell, of object: Cell) {
    if tables.insert(table).inserted { objects.append(object) }
  }

  func isWeak(_ table: Cell) -> Bool { !tables.isEmpty && tables.contains(table) }
}

extension Marker {
  /// Marks the values whose keys are marked, until there are no more. Goes through what is left in turns from both sides,
  /// so that chains in the order of insertion, or against it, take few rounds.
  mutating func markEphemerons() {
    var pending: [(key: Cell, value: Value)] = []
    var scanned = 0
    while true {
      while scanned < weak.objects.count {
        appendEntries(of: weak.objects[scanned], to: &pending)
        scanned += 1
      }
      var kept: [(key: Cell, value: Value)] = []
      for entry in pending {
        if isMarked(entry.key) {
          mark(entry.value)
          drain()
        } else {
          kept.append(entry)
        }
      }
      if kept.count == pending.count && scanned == weak.objects.count { return }
      pending = kept.reversed()
    }
  }

  private func appendEntries(of object: Cell, to pending: inout [(key: Cell, value: Value)]) {
    let table = HashTable(vm, vm.cell(object.value(Layout.table)))
    for number in 0..<table.used where table.key(number).isReference && table.value(number).isReference {
      pending.append((vm.cell(table.key(number)), table.value(number)))
    }
  }

  /// Takes entries with dead keys away and clears references to what is dead.
  func clearWeakCells() {
    for object in weak.objects {
      let table = HashTable(vm, vm.cell(object.value(Layout.table)))
      for number in 0..<table.used where table.key(number).isReference && !isMarked(vm.cell(table.key(number))) {
        table.remove(number)
      }
    }
    for reference in weak.references {
      let target = reference.value(Layout.target)
      guard target.isReference, !isMarked(vm.cell(target)) else { continue }
      writeBarrier(vm, reference + Layout.target)
      reference.setValue(Layout.target, .undefined)
    }
  }
}

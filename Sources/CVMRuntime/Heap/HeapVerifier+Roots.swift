import CVMDispatch

extension HeapVerifier {
  /// Everything that the machine holds.
  func visitRoots() throws(HeapFault) {
    try machine.forEachRoot { (handle) throws(HeapFault) in
      try visit(handle)
    } values: { (value) throws(HeapFault) in
      try visit(any: value)
    }
    try checkGlobals()
    try machine.forEachRegister(below: machine.stackTop) { (value) throws(HeapFault) in try visit(register: value) }
  }

  /// The values of the variables that programs declared.
  private func checkGlobals() throws(HeapFault) {
    let values = try claim(list: machine.globals.cellHandle)
    guard Int(values.shape) >= machine.globals.bindings.count, values.extensionHandle == 0 else {
      throw fault("there are more variables than values")
    }
    for i in 0..<Int(values.shape) { try visit(plain: values.value(Layout.values + i * 8), or: .uninitialized) }
    for binding in machine.globals.bindings {
      try visit(key: PropertyKey(atom: binding.name))
    }
  }
}

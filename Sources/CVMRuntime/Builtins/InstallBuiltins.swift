extension Machine {
  /// Creates every built-in function and object.
  func installBuiltins() {
    installConsole()
  }
}

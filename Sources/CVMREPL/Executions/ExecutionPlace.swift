import CVMStorage
import CVMTerminal
import Glibc

/// Where executions live, as a command line says it: a folder, or `sqlite:FILE`.
public enum ExecutionPlace {
  /// The store that is used when none is named; nil without a home.
  static var standard: String? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let folder = variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }
    return folder.map { "sqlite:\($0)/cvm-repl/executions.db" }
  }

  /// Opens the store of a place; it is made where there is none, if that is wanted.
  public static func open(
    _ place: String?, creates: Bool, durability: Durability = .powerLoss
  ) throws(StorageError) -> any ExecutionStore {
    guard let place = place ?? standard else {
      throw .system(operation: "find", path: "the store", reason: "there is no HOME; --store PLACE names one")
    }
    if place.hasPrefix("sqlite:") {
      let path = String(place.dropFirst("sqlite:".count))
      return try SQLiteStore(path: path, durability: durability, creates: creates)
    }
    return try DirectoryStore(path: place, creates: creates, files: FileOperations(durability: durability))
  }
}

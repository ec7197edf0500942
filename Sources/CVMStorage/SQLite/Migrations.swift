/// The schema of the database, as the steps that lead from each version to the next.
enum Migrations {
  /// `CVMe`: tells databases of executions from others.
  static let applicationID = 0x4356_4d65

  /// Step *n* leads from version *n* to version *n* + 1. Steps that were released never change.
  static let steps = [
    """
    CREATE TABLE content (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE blobs (
      address BLOB PRIMARY KEY, parent BLOB, users INTEGER NOT NULL, size INTEGER NOT NULL,
      chain INTEGER NOT NULL, content INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE programs (
      name TEXT PRIMARY KEY, address BLOB NOT NULL, details BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE executions (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, program BLOB NOT NULL, details BLOB NOT NULL,
      status INTEGER NOT NULL, sequence INTEGER NOT NULL, state BLOB, stateBytes INTEGER NOT NULL,
      question TEXT, answer TEXT, result TEXT, outputBytes INTEGER NOT NULL, logEntries INTEGER NOT NULL,
      createdAt REAL NOT NULL, updatedAt REAL NOT NULL, owner BLOB
    );
    CREATE TABLE log (
      execution INTEGER NOT NULL, entry INTEGER NOT NULL, sequence INTEGER NOT NULL, kind INTEGER NOT NULL,
      bytes BLOB NOT NULL, PRIMARY KEY (execution, entry)
    ) WITHOUT ROWID;
    """
  ]

  static var newest: Int { steps.count }
}

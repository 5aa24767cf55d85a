import FlowEngine
import GRDB

/// The tables of a store, and what tells its file from others.
enum Schema {
  /// `tfgr` in ASCII.
  static let applicationID: Int32 = 0x7466_6772
  static let version = 1

  /// Looks at a database that was just opened, makes the tables of an empty one, and sets its modes.
  static func open(_ db: Database, durability: SQLiteRunStore.Durability) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
    guard application == applicationID || isEmpty && version == 0 else {
      throw FileProblem(phrase: "is another program's database")
    }
    guard version <= Self.version else {
      throw FileProblem(phrase: "was written by a newer version of tfgraph; use that one")
    }
    try setModes(of: db, durability)
    if isEmpty {
      try db.inTransaction(.immediate) {
        // Somebody else may have been first.
        if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 {
          try db.execute(sql: tables)
        }
        return .commit
      }
    }
  }

  private static func setModes(
    of db: Database, _ durability: SQLiteRunStore.Durability
  ) throws {
    let flushing = durability == .full ? 2 : 1
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
    try db.execute(sql: "PRAGMA synchronous = \(flushing)")
    try db.execute(sql: "PRAGMA foreign_keys = ON")
    guard mode == "wal", try Int.fetchOne(db, sql: "PRAGMA synchronous") == flushing else {
      throw FileProblem(phrase: "can't be written so that it outlives a power cut")
    }
  }

  /// States and intentions are numbers as in `AtomState` and `Intention`; times are microseconds since
  /// 1970; what never changes of a run lies apart, since the rest is written with each save; how a run stands is the numbers of `RunStanding`; what else has no column of its own is JSON.
  private static let tables = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      flow TEXT NOT NULL,
      head TEXT NOT NULL
    );
    CREATE TABLE standings (
      run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
      state INTEGER NOT NULL,
      standing TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      owner TEXT NOT NULL
    );
    CREATE TABLE atoms (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      atom TEXT NOT NULL,
      state INTEGER NOT NULL,
      intention INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      result TEXT,
      failure TEXT,
      history TEXT,
      PRIMARY KEY (run, atom)
    ) WITHOUT ROWID;
    CREATE TABLE failures (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      serial INTEGER NOT NULL,
      atom TEXT NOT NULL,
      isRevert INTEGER NOT NULL,
      recovered INTEGER,
      failure TEXT NOT NULL,
      PRIMARY KEY (run, serial)
    ) WITHOUT ROWID;
    CREATE TABLE calls (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      atom TEXT NOT NULL,
      action TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      began INTEGER NOT NULL,
      ended INTEGER,
      failure TEXT,
      PRIMARY KEY (run, atom, action, attempt)
    ) WITHOUT ROWID;
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    """
}

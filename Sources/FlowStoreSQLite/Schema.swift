import FlowEngine
import GRDB

/// The tables of a store, and what tells its file from others.
enum Schema {
  /// `tfgr` in ASCII.
  static let applicationID: Int32 = 0x7466_6772
  static let version = 2
  /// The version that has no saves: atoms and calls were rows that were written again with each change.
  private static let versionWithoutSaves = 1
  /// Each save writes at least one page to the log whole, however little of it has changed.
  private static let pageSize = 1024

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
    // Only as long as there are no tables; the others that make some do the same.
    if isEmpty { try db.execute(sql: "PRAGMA page_size = \(pageSize)") }
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

  /// Makes what a file of an earlier version lacks, before something is saved in it; its rows stay as they
  /// are, so that whoever has a run in it by an earlier version can go on.
  static func complete(_ db: Database) throws {
    if try !hasSaves(db) { try db.execute(sql: saves) }
  }

  /// Whether there can be saves in a file; one that is only read may be of an earlier version.
  static func hasSaves(_ db: Database) throws -> Bool {
    try Int.fetchOne(db, sql: "PRAGMA user_version") != versionWithoutSaves
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

  /// What one save has changed, in the order of the saves of a run: see `SaveNumber` and `SaveText`. It is
  /// added at the end, so that a save writes one page; nothing of it is written again.
  private static let saves = """
    CREATE TABLE saves (
      number INTEGER PRIMARY KEY,
      standing TEXT NOT NULL,
      changes TEXT NOT NULL
    );
    PRAGMA user_version = \(version);
    """

  /// States and intentions are numbers as in `AtomState` and `Intention`; times are microseconds since
  /// 1970; how a run stands is the numbers of `RunStanding`; what else has no column of its own is JSON.
  ///
  /// `standings` has how a run stood, and `atoms` and `calls` have what was saved of it, before there were
  /// saves; and `atoms` has those with a history, which grows with each attempt and so is kept only once.
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
    \(saves)
    """
}

import GRDB
import GRDBSQLite

/// Saves are many and small: what GRDB does for any statement, arguments of any type and observers, takes longer
/// than SQLite's own work. So these statements go to SQLite straight; GRDB still makes and keeps them.
extension Database {
  /// Does something in one transaction.
  func saving(_ body: () throws -> Void) throws {
    try run("BEGIN IMMEDIATE")
    do {
      try body()
      try run("COMMIT")
    } catch {
      // Some errors have ended it.
      if sqlite3_get_autocommit(sqliteConnection) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Adds a row to the saves of a run.
  ///
  /// - Parameters:
  ///   - number: its key.
  ///   - standing: the text of how the run stands.
  ///   - changes: the text of what has changed.
  ///   - run: the run's number.
  ///   - epoch: the owner's number.
  /// - Returns: whether the run has that owner; nothing is added otherwise.
  func addSave(
    _ number: Int64, standing: [UInt8], changes: [UInt8], run: Int64, epoch: Int
  ) throws -> Bool {
    let statement = try cachedStatement(
      sql: "INSERT INTO saves SELECT ?, ?, ? FROM standings WHERE run = ? AND epoch = ?"
    ).sqliteStatement
    try standing.withUnsafeBytes { standing in
      try changes.withUnsafeBytes { changes in
        // The texts are bound where they are, and are there no more after this.
        defer { sqlite3_clear_bindings(statement) }
        sqlite3_bind_int64(statement, 1, number)
        bind(standing, at: 2, of: statement)
        bind(changes, at: 3, of: statement)
        sqlite3_bind_int64(statement, 4, run)
        sqlite3_bind_int64(statement, 5, Int64(epoch))
        try step(statement)
      }
    }
    return changesCount == 1
  }

  private func run(_ sql: String) throws { try step(cachedStatement(sql: sql).sqliteStatement) }

  private func bind(
    _ text: UnsafeRawBufferPointer, at index: CInt, of statement: SQLiteStatement
  ) {
    sqlite3_bind_text(
      statement, index, text.assumingMemoryBound(to: CChar.self).baseAddress, CInt(text.count), nil)
  }

  private func step(_ statement: SQLiteStatement) throws {
    let code = sqlite3_step(statement)
    defer { sqlite3_reset(statement) }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: sqlite3_errmsg(sqliteConnection).map { String(cString: $0) })
    }
  }
}

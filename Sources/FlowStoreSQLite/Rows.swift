import FlowEngine
import GRDB
import TaskFlow

/// Reads and writes the rows of runs.
enum Rows {
  static let number = "SELECT number FROM runs WHERE id = ?"

  // MARK: Writing

  static func insert(_ head: RunHead, owner: RunOwner, in db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO runs (id, flow, head) VALUES (?, ?, ?)",
      arguments: [head.id, head.flow, FlowValueJSON.text(of: head.flowValue)])
    let number = db.lastInsertedRowID
    try db.execute(
      sql: "INSERT INTO standings VALUES (?, ?, ?, 1, ?)",
      arguments: [
        number, Int(FlowState.pending.rawValue),
        String(decoding: SaveText.text(of: RunStanding()), as: UTF8.self),
        try JSON.text(of: owner),
      ])
    return number
  }

  static func take(_ number: Int64, owner: RunOwner, in db: Database) throws {
    try db.execute(
      sql: "UPDATE standings SET epoch = epoch + 1, owner = ? WHERE run = ?",
      arguments: [try JSON.text(of: owner), number])
  }

  /// Keeps what changed of a run; `false` when another owner has it.
  ///
  /// - Parameter texts: those of the changes: see `SaveText`.
  static func save(
    _ changes: RunChanges, _ texts: [[UInt8]], of run: Int64, epoch: Int, at first: SaveNumber,
    in db: Database
  ) throws -> Bool {
    let standing = SaveText.text(of: changes.standing)
    var number = first
    for text in texts {
      let isOwned = try db.addSave(
        number.rawValue, standing: standing, changes: text, run: run, epoch: epoch)
      guard isOwned else { return false }
      number.advance()
    }
    if let outline = changes.outline { try save(outline, of: run, in: db) }
    for (name, atom) in changes.atoms where atom.history != nil {
      try save(atom, name, of: run, in: db)
    }
    for failure in changes.failures {
      try db.cachedStatement(sql: "REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)")
        .execute(arguments: [
          run, failure.serial, failure.atom, failure.isRevert, failure.recovered,
          try JSON.text(of: failure.failure),
        ])
    }
    return true
  }

  private static func save(
    _ atom: StoredAtom, _ name: String, of run: Int64, in db: Database
  ) throws {
    try db.cachedStatement(sql: "REPLACE INTO atoms VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .execute(arguments: [
        run, name, Int(atom.state.rawValue), Int(atom.intention.rawValue), atom.attempts,
        atom.result.map(JSON.text(ofResult:)), try atom.failure.map(JSON.text(of:)),
        try atom.history.map(JSON.text(of:)),
      ])
  }

  private static func save(_ outline: PlanOutline, of number: Int64, in db: Database) throws {
    let text = try String.fetchOne(
      db, sql: "SELECT head FROM runs WHERE number = ?", arguments: [number])
    guard let text else { throw JSON.damaged }
    var head: RunHead = try JSON.value(from: text)
    head.outline = outline
    try db.execute(
      sql: "UPDATE runs SET head = ? WHERE number = ?",
      arguments: [FlowValueJSON.text(of: head.flowValue), number])
  }

  private static func standing(from text: String) throws -> RunStanding {
    let numbers = text.split(separator: ",").compactMap { Int($0) }
    guard let standing = RunStanding(numbers: numbers) else { throw JSON.damaged }
    return standing
  }

  // MARK: Reading

  static func owner(of number: Int64, in db: Database) throws -> RunOwner? {
    try String.fetchOne(db, sql: "SELECT owner FROM standings WHERE run = ?", arguments: [number])
      .map { try JSON.value(from: $0) }
  }

  /// All runs without what grows with their flows, the newest first.
  static func heads(in db: Database) throws -> [StoredRun] {
    let hasSaves = try Schema.hasSaves(db)
    let outline = FlowValueJSON.text(of: PlanOutline().flowValue)
    return try Row.fetchAll(
      db,
      sql: """
        SELECT number, json_replace(head, '$.outline', json(?)) AS head, standing, epoch, owner
          FROM runs JOIN standings ON run = number ORDER BY number DESC
        """, arguments: [outline]
    ).map { row in
      var run = try head(row)
      if hasSaves, let text = try lastStanding(of: row.value("number"), in: db) {
        run.standing = try standing(from: text)
      }
      return run
    }
  }

  private static func lastStanding(of number: Int64, in db: Database) throws -> String? {
    try String.fetchOne(
      db,
      sql: "SELECT standing FROM saves WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1",
      arguments: SaveNumber.arguments(of: number))
  }

  /// The number of the next save of a run.
  static func nextSave(of run: Int64, in db: Database) throws -> SaveNumber {
    let last = try Int64.fetchOne(
      db, sql: "SELECT max(number) FROM saves WHERE number BETWEEN ? AND ?",
      arguments: SaveNumber.arguments(of: run))
    return last.map { SaveNumber(after: $0) } ?? SaveNumber(firstOf: run)
  }

  /// Forgets a run.
  static func remove(_ id: String, in db: Database) throws {
    guard let number = try Int64.fetchOne(db, sql: number, arguments: [id]) else { return }
    if try Schema.hasSaves(db) {
      try db.execute(
        sql: "DELETE FROM saves WHERE number BETWEEN ? AND ?",
        arguments: SaveNumber.arguments(of: number))
    }
    // What else belongs to it goes with it.
    try db.execute(sql: "DELETE FROM runs WHERE number = ?", arguments: [number])
  }

  private static func head(_ row: Row) throws -> StoredRun {
    try StoredRun(
      head: JSON.value(from: row.value("head")), standing: standing(from: row.value("standing")),
      epoch: row.value("epoch"), owner: JSON.value(from: row.value("owner")))
  }

  static func run(_ number: Int64, in db: Database) throws -> StoredRun {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM runs JOIN standings ON run = number WHERE number = ?",
        arguments: [number])
    else { throw StoreFailure(.unknownRun, "there is no such run") }
    var run = try head(row)
    let atoms = try Row.fetchCursor(
      db, sql: "SELECT * FROM atoms WHERE run = ?", arguments: [number])
    while let row = try atoms.next() { run.atoms[try row.value("atom")] = try atom(row) }
    run.failures = try Row.fetchAll(
      db, sql: "SELECT * FROM failures WHERE run = ? ORDER BY serial", arguments: [number]
    ).map { row in
      try StoredFailure(
        serial: row.value("serial"), atom: row.value("atom"), isRevert: row.value("isRevert"),
        recovered: row.value("recovered"), failure: JSON.value(from: row.value("failure")))
    }
    run.calls = try Row.fetchAll(
      db, sql: "SELECT * FROM calls WHERE run = ? ORDER BY began, atom", arguments: [number]
    ).map { row in
      guard let action = TaskContext.Action(rawValue: try row.value("action")) else {
        throw JSON.damaged
      }
      return try StoredCall(
        atom: row.value("atom"), action: action, attempt: row.value("attempt"),
        began: row.value("began"),
        ended: row.value("ended"), failure: (row.value("failure") as String?).map(JSON.value(from:))
      )
    }
    guard try Schema.hasSaves(db) else { return run }
    var saved = SavedChanges(to: run)
    let saves = try Row.fetchCursor(
      db, sql: "SELECT standing, changes FROM saves WHERE number BETWEEN ? AND ? ORDER BY number",
      arguments: SaveNumber.arguments(of: number))
    while let save = try saves.next() {
      try saved.apply(
        save.value("changes"), standing: standing(from: save.value("standing")))
    }
    return saved.result
  }

  private static func atom(_ row: Row) throws -> StoredAtom {
    guard let state = AtomState(rawValue: try row.value("state")),
      let intention = Intention(rawValue: try row.value("intention"))
    else { throw JSON.damaged }
    return try StoredAtom(
      state: state, intention: intention, attempts: row.value("attempts"),
      result: (row.value("result") as String?).map(JSON.value(from:)),
      failure: (row.value("failure") as String?).map(JSON.value(from:)),
      history: (row.value("history") as String?).map(JSON.value(from:)))
  }
}

extension Row {
  /// The value of a column. GRDB's subscript ends the program when a damaged file has something else there.
  fileprivate func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: String
  ) throws -> Value {
    do {
      return try decode(forColumn: column)
    } catch {
      throw JSON.damaged
    }
  }
}

/// What has no column of its own.
enum JSON {
  static let damaged = StoreFile.damaged("it has an entry that makes no sense")

  static func text(of value: some Encodable) throws -> String {
    FlowValueJSON.text(of: try FlowValue(encoding: value))
  }

  /// As ``text(of:)``, straight: results are many.
  static func text(ofResult result: StoredResult) -> String {
    guard result.whole != nil || !result.elements.isEmpty else { return "{}" }
    var fields: [String: FlowValue] = [:]
    if let whole = result.whole { fields["whole"] = .list([whole]) }
    if !result.elements.isEmpty {
      fields["elements"] = .list(result.elements.map { .list($0.map { [$0] } ?? []) })
    }
    return FlowValueJSON.text(of: .map(fields))
  }

  static func value<Value: Decodable>(from text: String) throws -> Value {
    do {
      return try FlowValueJSON.parse(containingValues: text).decoded(as: Value.self)
    } catch {
      throw damaged
    }
  }
}

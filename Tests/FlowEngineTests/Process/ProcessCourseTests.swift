import Testing

@testable import FlowEngine

struct ProcessCourseTests {
  private static let events: [ProcessEvent] = [
    .exited, .outputEnded, .outputTooLong, .cancelled, .elapsed(.timeout), .elapsed(.grace),
    .elapsed(.drain), .elapsed(.settle),
  ]

  /// Walks all orders of events that can happen: each once, a period only after it was asked for.
  @Test(arguments: [false, true]) func `every order of events ends well`(_ hasTimeout: Bool) {
    struct World {
      var course: ProcessCourse
      var happened: [ProcessEvent] = []
      var actions: [ProcessAction]
    }
    let course = ProcessCourse(hasTimeout: hasTimeout)
    var open = [World(course: course, actions: course.firstActions)]
    var ends = 0
    while let world = open.popLast() {
      if world.course.isFinished {
        ends += 1
        #expect(world.actions.last == .finish, "\(world.happened)")
        #expect(world.actions.count { $0 == .finish } == 1)
        #expect(world.happened.contains(.exited), "\(world.happened)")
        #expect(world.actions.count { $0 == .kill } == 1, "\(world.happened)")
        if let terminate = world.actions.firstIndex(of: .terminate),
          let kill = world.actions.firstIndex(of: .kill)
        {
          #expect(terminate < kill)
        }
        #expect((world.course.ending == .timedOut) <= world.happened.contains(.elapsed(.timeout)))
        #expect((world.course.ending == .cancelled) <= world.happened.contains(.cancelled))
        continue
      }
      var goesOn = false
      for event in Self.events where !world.happened.contains(event) {
        if case .elapsed(let timer) = event, !world.actions.contains(.start(timer)) { continue }
        goesOn = true
        var next = world
        next.happened.append(event)
        next.actions += next.course.handle(event)
        open.append(next)
      }
      #expect(goesOn, "stuck after \(world.happened)")
    }
    #expect(ends > 100)
  }

  @Test func `exit and the end of the output suffice`() {
    for order in [[ProcessEvent.exited, .outputEnded], [.outputEnded, .exited]] {
      var course = ProcessCourse(hasTimeout: false)
      for event in order { _ = course.handle(event) }
      #expect(course.isFinished)
    }
  }

  @Test func `the first cause stays`() {
    var course = ProcessCourse(hasTimeout: true)
    #expect(course.handle(.elapsed(.timeout)) == [.terminate, .start(.grace)])
    #expect(course.handle(.cancelled) == [])
    #expect(course.ending == .timedOut)
  }
}

extension Bool {
  /// Implication.
  static func <= (left: Bool, right: Bool) -> Bool { !left || right }
}

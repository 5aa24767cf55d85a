import DequeModule
import TaskFlow

/// A run that is taken on step by step.
///
/// A class, because giving it up is what cancels the calls under way.
final class RunCourse {
  private var drive: RunDrive
  private let control: RunControl
  private let capture = EventCapture()
  private let mail = RunMail()
  private var pauses: [Task<Void, Never>] = []
  private var hasStarted = false

  init(machine: RunMachine, engine: Engine, control: RunControl) {
    self.control = control
    drive = RunDrive(machine: machine, engine: engine, control: control, listeners: [capture])
  }

  deinit {
    control.disconnect()
    mail.cancel()
    for pause in pauses { pause.cancel() }
  }

  /// Takes one step; `nil` when the run has ended.
  ///
  /// When the caller's task is cancelled, so is what is under way, as in a run of the engine.
  func next() async -> RunStep? {
    if !hasStarted {
      hasStarted = true
      control.connect { [mail] in mail.post(.stop) }
      drive.start(for: mail)
    } else if drive.isOver {
      return nil
    } else {
      let message = await withTaskCancellationHandler {
        await mail.next()
      } onCancel: { [control, mail] in
        control.suspend()
        mail.cancel()
      }
      drive.receive(message, for: mail)
    }
    return finishStep()
  }

  /// Makes the calls that the step led to, and says what happened in it.
  private func finishStep() -> RunStep {
    drive.settle()
    var begun: [NodeIndex] = []
    while let call = drive.calls.popFirst() {
      begun.append(call.node)
      mail.make(call, with: drive.runner)
    }
    pauses += drive.takePauses()
    return RunStep(
      events: capture.take(), state: drive.state, begun: begun,
      report: drive.isOver ? drive.report() : nil)
  }
}

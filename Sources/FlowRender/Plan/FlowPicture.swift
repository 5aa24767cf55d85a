public import TaskFlow

/// A picture of a plan: its tasks, the data between them, its nested flows and its retries.
///
/// An invalid flow's sketch (``Compilation/sketch``) is drawn as well, with what is wrong marked.
/// The same plan gives the same bytes. Making it takes time linear in the size of the plan, but for
/// leaving out what order edges say twice.
///
/// ```swift
/// let picture = FlowPicture(plan)
/// print(try picture.text())
/// ```
///
/// Any plan gives a picture. Where all of it would be more than ``Options/maximumTasks`` boxes, or four
/// lines for each of them, nested flows are folded into one box each: all that lie deeper than a level,
/// the lowest that keeps to that and at most 32; and any flow with more children than that by itself.
public struct FlowPicture: Sendable {
  /// What is shown, and how.
  public struct Options: Sendable {
    /// How many levels of flows are open, or `nil` for as many as fit: with 1 the children of the
    /// outermost flow are seen, and flows among them are folded. With 0 the whole flow is one box.
    public var depth: Int?

    /// Where time goes.
    public var direction: Direction

    /// Whether each task is a link to its section on the page that ``FlowDocumentation`` makes.
    public var linksToDocumentation: Bool

    /// The states of the atoms in a run, by node; no run is shown without.
    public var states: [NodeIndex: AtomState]

    /// How often each controller has started its flow, by its node; no attempts are shown without.
    public var attempts: [NodeIndex: Int]

    /// The most boxes in one picture, counted before any is left out; 9,000 at most, which takes
    /// Graphviz minutes.
    public var maximumTasks: Int

    /// All of it unless something else is said.
    public init(
      depth: Int? = nil, direction: Direction = .automatic, linksToDocumentation: Bool = false,
      states: [NodeIndex: AtomState] = [:], attempts: [NodeIndex: Int] = [:],
      maximumTasks: Int = 1_000
    ) {
      self.depth = depth
      self.direction = direction
      self.linksToDocumentation = linksToDocumentation
      self.states = states
      self.attempts = attempts
      self.maximumTasks = maximumTasks
    }
  }

  /// Where time goes.
  public enum Direction: String, Sendable, Hashable, CaseIterable {
    /// To the right if the flow is deeper than wide, else downwards.
    case automatic
    case leftToRight = "left-to-right"
    case topToBottom = "top-to-bottom"
  }

  /// The state of an atom in a run.
  public enum AtomState: String, Sendable, Hashable, CaseIterable {
    case pending
    case running
    case success
    case failure
    case retrying
    case reverting
    case reverted
    case revertFailure
    case ignored
  }

  /// The picture without any geometry.
  package let drawing: Drawing

  /// Draws a plan, or the sketch of an invalid flow.
  public init(_ plan: Plan, options: Options = Options()) {
    drawing = PlanDrawing(plan, options).drawing
  }

  /// The picture in words, such as "9 tasks in 5 tiers; 1 retry; critical path a → b → c".
  public var summary: String { drawing.description }

  /// The picture as a self-contained SVG, in light and dark.
  ///
  /// Graphviz lays it out, one picture at a time in a process. It may end the process or take long on
  /// some pictures, so a program that draws what others send calls this in a process of its own.
  public func svg() throws(RenderError) -> String { try FlowRender.renderSVG(drawing) }

  /// The picture in Graphviz's language, for other tools.
  public func dot() throws(RenderError) -> String { try FlowRender.dot(drawing) }

  /// The picture as a Mermaid flowchart, for Markdown pages.
  public func mermaid() throws(RenderError) -> String { try FlowRender.mermaid(drawing) }

  /// The picture as plain text, for terminals.
  ///
  /// - Parameter columns: the width that lines keep to, at least 40.
  public func text(columns: Int = 80) throws(RenderError) -> String {
    try FlowRender.text(drawing, columns: columns)
  }
}

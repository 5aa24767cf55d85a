import FlowRender
import TaskFlow
import Testing

@Suite struct SamplePictureTests {
  struct Counts: Sendable, CustomTestStringConvertible {
    var sample: SampleFlow
    var tasks: Int
    var tiers: Int
    var badges: [String]
    var frames: [String]
    var dataEdges: Int
    var orderEdges: Int
    var testDescription: String { sample.rawValue }
  }

  @Test(arguments: [
    Counts(
      sample: .deploy, tasks: 6, tiers: 6, badges: ["↻ 2× · 10s"], frames: ["rollout"],
      dataEdges: 5, orderEdges: 4),
    Counts(
      sample: .vmBoot, tasks: 9, tiers: 5, badges: ["↻ 3×"],
      frames: ["prepare", "img-maker", "", "net-maker", "volume-maker"], dataEdges: 9,
      orderEdges: 4),
    Counts(
      sample: .dailyImport, tasks: 8, tiers: 6, badges: ["↻ each of mirrors"],
      frames: ["acquire"], dataEdges: 11, orderEdges: 1),
  ])
  func `a sample is drawn with everything in it`(_ expected: Counts) throws {
    let drawing = FlowPicture(try expected.sample.plan).drawing
    #expect(drawing.nodes.count == expected.tasks)
    #expect(Set(drawing.nodes.map(\.tier)).count == expected.tiers)
    #expect(drawing.clusters.compactMap(\.badge) == expected.badges)
    #expect(drawing.clusters.map(\.name) == expected.frames)
    #expect(
      drawing.edges.count { if case .data = $0.kind { true } else { false } } == expected.dataEdges)
    #expect(drawing.edges.count { $0.kind == .order } == expected.orderEdges)
    #expect(drawing.direction == .leftToRight)
  }

  @Test(arguments: SampleFlow.allCases)
  func `a sample can be drawn in every format`(_ sample: SampleFlow) throws {
    let picture = FlowPicture(try sample.plan, options: .init(linksToDocumentation: true))
    let svg = ParsedSVG(try picture.svg())
    #expect(svg.problem == nil)
    #expect(svg.links.count == (try sample.plan).tasks.count)
    #expect(try picture.dot().hasPrefix("digraph"))
    #expect(try picture.mermaid().hasPrefix("flowchart LR"))
  }

  @Test func `words say what lines mean`() throws {
    let drawing = FlowPicture(try SampleFlow.deploy.plan).drawing
    #expect(
      drawing.description
        == "6 tasks in 6 tiers; 1 retry; critical path build → snapshot → canary → smoke-test → promote → announce"
    )
    #expect(drawing.edges.map(\.tooltip).contains("canary needs digest from build"))
    #expect(
      drawing.edges.map(\.tooltip).contains("to be undone, canary needs previous from snapshot"))
    #expect(
      drawing.nodes[0].tooltip
        == "Build and push the image. Runs a shell text. Needs version. Provides digest. Can be undone."
    )
    #expect(drawing.nodes[3].detail == "run · 1m30s · → build_seen")
  }

  @Test func `the boot of a machine as text`() throws {
    let text = try FlowPicture(try SampleFlow.vmBoot.plan).text()
    #expect(
      text == """
        vm-boot
        9 tasks in 5 tiers; 1 retry; critical path define-spec → locate-images →
        download-images → write-net-settings → boot-it

         1  ■ define-spec  set · → spec
            ╭── prepare  unordered
            │ ╭── img-maker  graph
         2  │ │ ■ locate-images  run · → image_locations
            │ │     ← spec from define-spec
            │ │ ╭╌╌ [↻ 3×]
         3  │ │ │ ■ download-images  run · → images
            │ │ │     ← image_locations from locate-images
            │ │ ╰╌╌
            │ ╰──
            │ ╭── net-maker  graph
         2  │ │ ■ get-my-ips  run · → ips
            │ │     after define-spec
         3  │ │ ■ fetch-net-settings  run · → net_settings
            │ │     ← ips from get-my-ips
            │ ╰──
            │ ╭── volume-maker  graph
         2  │ │ ■ allocate-volumes  run · → volumes
            │ │     ← spec from define-spec
         3  │ │ ■ format-volumes  run
            │ │     ← volumes from allocate-volumes
            │ ╰──
            ╰──
         4  ■ write-net-settings  run
                ← net_settings from fetch-net-settings
                after format-volumes
                after download-images
         5  ■ boot-it  run
                ← images from download-images
                ← volumes from allocate-volumes
                ← spec from define-spec
                after write-net-settings

        """)
  }
}

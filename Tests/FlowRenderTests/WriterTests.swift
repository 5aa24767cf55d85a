import FlowRender
import Testing

@Suite struct WriterTests {
  @Test func `a terminal shows tiers, frames and what each task waits for`() throws {
    let expected = """
      daily-import
      8 tasks in 6 tiers; 1 retry

       1  ◇ mirrors
          ╭╌╌ acquire  linear  [↻ each of 3 mirrors]  reverts everything
       2  │ ↻ acquire retry  → mirror
          │     ← mirrors from mirrors
       3  │ ■ fetch  run · 5m · → archive
          │     ← mirror from acquire retry
       4  │ ■ verify  run · → archive_ok
          │     ← archive from fetch
          ╰╌╌
       5  ■ load[eu]  run · → rows_eu
              ← archive_ok from verify
          ■ load[us]  run · → rows_us
              ← archive_ok from verify
          ■ load[ap]  run · → rows_ap
              ← archive_ok from verify
       6  ■ quality-gate  set · → verdict
              ← rows_eu from load[eu]
              ← rows_us from load[us]
              ← rows_ap from load[ap]
       7  ■ publish  run · irreversible
              after quality-gate if verdict == "pass"
       8  ■ report  run
              after publish

      """
    #expect(try FlowRender.text(Example.dailyImportFlow) == expected)
  }

  @Test func `Mermaid shows states, frames and reasons`() throws {
    let expected = """
      flowchart LR
        n0("✓ build<br/>run · → digest")
        n1("✓ snapshot<br/>exec · → previous")
        n6("○ announce<br/>run · irreversible")
        subgraph c0["rollout · linear · ↻ 2× · 10s…2m · attempt 2 of 3"]
          n2(["↻ rollout retry<br/>times 2"])
          n3("↩ canary<br/>run · reverts")
          n4("✗ smoke-test<br/>run · 90s · → build_seen")
          n5("○ promote<br/>run · reverts")
        end
        n0 -.-> n1
        n1 -.-> n2
        n2 -.-> n3
        n3 -.-> n4
        n4 -.-> n5
        n5 -.-> n6
        n0 -->|"digest"| n3
        n1 -->|"previous"| n3
        n0 -->|"digest"| n5
        n4 -->|"build_seen"| n6
        classDef pending fill:#f6f8fa,color:#57606a,stroke:#9aa4af,stroke-width:1.2px
        classDef success fill:#d3efe6,color:#00563f,stroke:#00875f,stroke-width:1.2px
        classDef failure fill:#ffd9d2,color:#8e1600,stroke:#c8321f,stroke-width:2.5px
        classDef retrying fill:#dbe9f9,color:#0b3d75,stroke:#0072b2,stroke-width:1.2px
        classDef reverting fill:#fde3c8,color:#7d3c00,stroke:#e69f00,stroke-width:1.6px
        class n0 success
        class n1 success
        class n2 retrying
        class n3 reverting
        class n4 failure
        class n5 pending
        class n6 pending
        style c0 stroke:#0072b2,stroke-dasharray:6 4

      """
    #expect(try FlowRender.mermaid(Example.inRun) == expected)
  }

  @Test func `DOT names nodes by number and keeps words in labels`() throws {
    let dot = try FlowRender.dot(Example.conflicting)
    #expect(dot.hasPrefix("digraph flow {\n"))
    #expect(dot.contains("\n  n2 [label=\"archive\", tooltip=\"symbol archive, in conflict\""))
    #expect(dot.contains("\n  n0 -> n2 [tooltip="))
    #expect(dot.hasSuffix("\n}\n"))
  }
}

import FlowEngine
import TaskFlow
import Testing

@Suite(.timeLimit(.minutes(10))) struct SampleRunTests {
  // MARK: deploy

  @Test func `the deploy succeeds when the canary is tried again`() async throws {
    let world = try SampleWorld()
    let report = try await world.run("deploy", inputs: ["version": "1.4.0"])
    #expect(report.state == .success)
    #expect(report.recovered == ["canary"])
    let files = try world.files()
    let digest = try report.values["digest"]?.value(as: String.self) ?? ""
    #expect(files["deploy/images/\(digest)"] == "version 1.4.0\n")
    #expect(files["deploy/production"] == "\(digest) x3\n")
    #expect(files["deploy/announcements"]?.hasPrefix("version 1.4.0 is out") == true)
  }

  @Test(arguments: ["canary", "smoke-test", "promote"])
  func `a deploy that fails leaves everything as it was`(task: String) async throws {
    let world = try SampleWorld()
    _ = try await world.run("deploy", inputs: ["version": "1.4.0"])
    let before = try world.files()
    let report = try await world.run(
      "deploy", inputs: ["version": "1.5.0", "fail_at": .string(task), "replicas": 5],
      runID: "run-2")
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.atom) == [task])
    #expect(!report.isDirty)
    #expect(report.names(in: .success) == [])
    #expect(try world.files() == before)
  }

  @Test func `a first deploy that fails leaves nothing`() async throws {
    let world = try SampleWorld()
    let report = try await world.run(
      "deploy", inputs: ["version": "1.4.0", "fail_at": "promote"])
    #expect(report.state == .reverted)
    #expect(report.names(in: .pending) == ["announce"])
    #expect(try world.files() == ["deploy": "folder"])
  }

  @Test func `the same version can be deployed again and be undone`() async throws {
    let world = try SampleWorld()
    _ = try await world.run("deploy", inputs: ["version": "1.4.0"])
    let before = try world.files()
    _ = try await world.run(
      "deploy", inputs: ["version": "1.4.0", "fail_at": "promote"], runID: "run-2")
    #expect(try world.files() == before)
  }

  // MARK: vm-boot

  @Test func `the machine boots though the first download fails, as often as one likes`()
    async throws
  {
    let world = try SampleWorld()
    for run in ["run-1", "run-2"] {
      let report = try await world.run("vm-boot", runID: run)
      #expect(report.state == .success)
      #expect(report.recovered == ["download-images"])
      let files = try world.files()
      #expect(
        files.keys.sorted() == [
          "vm-boot", "vm-boot/vm-web-1", "vm-boot/vm-web-1/image", "vm-boot/vm-web-1/ips",
          "vm-boot/vm-web-1/network.conf", "vm-boot/vm-web-1/running", "vm-boot/vm-web-1/volumes",
          "vm-boot/vm-web-1/volumes/data", "vm-boot/vm-web-1/volumes/root",
        ])
      #expect(
        files["vm-boot/vm-web-1/network.conf"]
          == "addresses [\"10.0.0.7\",\"10.0.0.8\"] gateway 10.0.0.1 netmask 255.255.255.0\n")
      #expect(files["vm-boot/vm-web-1/volumes/data"] == "formatted\n")
    }
  }

  // MARK: daily-import

  @Test func `the second mirror's data is loaded and published`() async throws {
    let world = try SampleWorld()
    let report = try await world.run("daily-import")
    #expect(report.state == .success)
    #expect(report.recovered == ["verify"])
    #expect(try report.values["rows_us"]?.value(as: Int.self) == 3)
    let files = try world.files()
    #expect(files["daily-import/published-2026-03-01/rows-2026-03-01-eu.csv"] == "eu,10\neu,11\n")
    #expect(
      files["daily-import/report-2026-03-01.txt"]
        == "data of 2026-03-01 from mirror-b: eu 2, us 3, ap 2 rows\n"
        + "published at: \(world.directory.path)/daily-import/published-2026-03-01\n")
  }

  @Test func `data that is short of rows is held back, and reported`() async throws {
    let world = try SampleWorld()
    let report = try await world.run("daily-import", inputs: ["minimum_rows": 3])
    #expect(report.state == .success)
    #expect(report.names(in: .ignored) == ["publish"])
    let files = try world.files()
    #expect(files["daily-import/published-2026-03-01"] == nil)
    #expect(files["daily-import/report-2026-03-01.txt"]?.hasSuffix("at: nowhere\n") == true)
  }

  @Test func `without a mirror that can be trusted nothing is imported`() async throws {
    let world = try SampleWorld()
    let report = try await world.run("daily-import", inputs: ["mirrors": ["mirror-a"]])
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.atom) == ["verify"])
    #expect(try world.files() == ["daily-import": "folder"])
  }
}

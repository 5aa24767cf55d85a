import FlowDiagnostics
import TaskFlow
import Testing

/// The samples of the format's description.
enum SampleFlow: String, CaseIterable, Sendable {
  case deploy
  case vmBoot = "vm-boot"
  case dailyImport = "daily-import"

  /// The sample's plan, which has no errors.
  var plan: Plan {
    get throws { try SampleFlow.plan(of: text) }
  }

  static func plan(of text: String) throws -> Plan {
    let compilation = try compilation(of: text)
    let errors = compilation.findings.filter { $0.severity == .error }.map(\.message)
    return try #require(compilation.plan, "\(errors)")
  }

  static func compilation(of text: String) throws -> Compilation {
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "sample.flow.yaml")
    return try #require(reading.compile(), "\(reading.findings.map(\.message))")
  }

  var text: String {
    switch self {
    case .deploy:
      #"""
      tfgraph: 1
      flow: deploy
      description: Build, roll out to canary, then to production; undo everything on failure.

      inputs:
        version:  { type: string, pattern: '^\d+\.\d+\.\d+$', description: Version to ship }
        replicas: { type: int, default: 3 }

      linear:
        - task: build
          description: Build and push the image
          requires: [version]
          run: |
            ./ops/build.sh "$version" >&2
            ./ops/digest.sh "$version"
          provides: digest
          revert: { run: './ops/remove-image.sh "$version"' }

        - task: snapshot
          exec: [./ops/current.sh, --json]
          provides: { previous: stdout.json }
          revert: none

        - flow: rollout
          retry: { times: 2, backoff: { initial: 10s, factor: 3, max: 2m, jitter: full } }
          linear:
            - task: canary
              requires: [digest]
              run: ./ops/set-image.sh canary "$digest"
              revert:
                requires: [previous]
                run: ./ops/restore.sh canary "$previous"
            - task: smoke-test
              timeout: 90s
              idempotent: true
              run: ./ops/smoke.sh
              provides: { build_seen: stdout.json }
            - task: promote
              requires: [digest, replicas]
              run: ./ops/set-image.sh production "$digest" "$replicas"
              revert:
                requires: [previous]
                run: ./ops/restore.sh production "$previous"

        - task: announce
          requires: [version, build_seen]
          irreversible: true
          run: ./ops/announce.sh "$version" "$build_seen"
      """#
    case .vmBoot:
      #"""
      tfgraph: 1
      flow: vm-boot
      description: Boot a virtual machine, with its image, network and volumes.
      linear:
        - task: define-spec
          set: { spec: { cpus: 2, memory: 4096 } }
        - flow: prepare
          unordered:
            - flow: img-maker
              graph:
                - task: locate-images
                  requires: [spec]
                  run: ls images
                  provides: { image_locations: stdout.lines }
                - task: download-images
                  retry: { times: 3 }
                  requires: [image_locations]
                  run: cp images/* cache/
                  provides: { images: stdout.lines }
                  revert: { run: rm -f cache/* }
            - flow: net-maker
              graph:
                - task: get-my-ips
                  run: echo 10.0.0.1
                  provides: { ips: stdout.lines }
                  revert: { run: echo release }
                - task: fetch-net-settings
                  requires: [ips]
                  run: echo '{}'
                  provides: { net_settings: stdout.json }
            - flow: volume-maker
              graph:
                - task: allocate-volumes
                  requires: [spec]
                  run: echo vol-1
                  provides: { volumes: stdout.lines }
                  revert: { run: echo deallocate }
                - task: format-volumes
                  requires: [volumes]
                  run: echo format
        - task: write-net-settings
          requires: [net_settings]
          run: echo write
        - task: boot-it
          requires: [images, volumes, spec]
          run: echo boot
          revert: { run: echo shut down }
      """#
    case .dailyImport:
      #"""
      tfgraph: 1
      flow: daily-import
      description: Fetch the day's archive from a mirror, load it by region, publish it.
      inputs:
        mirrors: { type: list, description: Where the archive can be had }
        day: { type: string }
      graph:
        - flow: acquire
          retry: { for_each: mirrors, provides: mirror, exhausted: revert }
          linear:
            - task: fetch
              requires: [mirror, day]
              timeout: 5m
              run: cp "$mirror/$day" archive
              provides: archive
            - task: verify
              requires: [archive]
              run: sha256sum -c "$archive.sum"
              provides: checked
        - task: load
          matrix: { region: [eu, us, ap] }
          requires: [archive, checked]
          run: wc -l < "$archive"
          provides: rows
          revert: { run: echo drop }
        - task: quality-gate
          requires: [rows_eu, rows_us, rows_ap]
          run: echo good
          provides: quality
        - task: publish
          requires: [quality]
          when: quality == "good"
          skip: atom
          run: echo publish
          revert: { run: echo withdraw }
        - task: report
          after: [publish]
          requires: [day]
          run: echo report
      """#
    }
  }
}

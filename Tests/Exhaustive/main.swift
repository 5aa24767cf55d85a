import EngineCampaign
import Glibc

// Follows every run of small flows to its end: `exhaustive [PART]`. Without a part it goes through all, with
// `crashes` through those in which engines die, with 'crashes in' through those of them whose controllers are
// the built-in ones.

let wanted = CommandLine.arguments.dropFirst()
let parts = (CampaignPart.all + CampaignPart.crashes).filter { part in
  wanted.isEmpty || wanted.contains { part.name.hasPrefix($0) }
}
guard !parts.isEmpty else {
  print("usage: exhaustive [PART], where PART is what the name of a part begins with")
  exit(2)
}
var found = 0
for part in parts {
  let outcome = await part.run(isWhole: true)
  print(outcome.line)
  for finding in outcome.findings.prefix(5) { print("  \(finding)") }
  fflush(nil)
  found += outcome.findings.count
}
print(found == 0 ? "all as it should be" : "\(found) not as they should be")
exit(found == 0 ? 0 : 1)

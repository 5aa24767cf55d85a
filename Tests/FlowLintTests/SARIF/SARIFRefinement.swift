/// What the SARIF standard demands beyond its schema: indices that lead somewhere, regions that are some, addresses
/// that stay in their folder.
struct SARIFRefinement {
  private let run: JSONValue
  private let artifacts: [JSONValue]
  private let rules: [JSONValue]
  private(set) var mistakes: [String] = []

  init(_ log: JSONValue) {
    run = log["runs"]?.items.first ?? .null
    artifacts = run["artifacts"]?.items ?? []
    rules = run["tool"]?["driver"]?["rules"]?.items ?? []
    for file in run.values(of: "artifactLocation") { checkFile(file) }
    for region in run.values(of: "region") + run.values(of: "deletedRegion") {
      checkRegion(region)
    }
    for message in run.values(of: "message") where (message["text"]?.text ?? "").isEmpty {
      mistakes.append("a message is empty")
    }
    let results = run["results"]?.items ?? []
    for result in results { checkResult(result) }
    let suppressed = results.count { $0["suppressions"] != nil }
    if suppressed != 0, suppressed != results.count {
      mistakes.append("some results say that they are not suppressed, and some don't say")
    }
    for descriptor in run.values(of: "descriptor") {
      let known = run["tool"]?["driver"]?["notifications"]?.items ?? []
      let index = descriptor["index"]?.number ?? -1
      if !known.indices.contains(index) || known[index]["id"] != descriptor["id"] {
        mistakes.append("a notification of no descriptor")
      }
    }
  }

  private mutating func checkFile(_ file: JSONValue) {
    guard let index = file["index"]?.number, artifacts.indices.contains(index),
      artifacts[index]["location"]?["uri"] == file["uri"]
    else { return mistakes.append("an index leads to no artifact: \(file)") }
    let address = file["uri"]?.text ?? ""
    if let base = file["uriBaseId"]?.text {
      if run["originalUriBaseIds"]?[base] == nil { mistakes.append("no base \(base)") }
      let parts = address.split(separator: "/", omittingEmptySubsequences: false)
      if address.contains(":") || parts.contains("..") || parts.contains("") {
        mistakes.append("\(address) is not within its base")
      }
    } else if !address.hasPrefix("file:///") {
      mistakes.append("\(address) is not absolute")
    }
  }

  private mutating func checkRegion(_ region: JSONValue) {
    guard let line = region["startLine"]?.number, let column = region["startColumn"]?.number,
      let endColumn = region["endColumn"]?.number
    else { return mistakes.append("a region without a start or an end") }
    let endLine = region["endLine"]?.number ?? line
    if (endLine, endColumn) < (line, column) { mistakes.append("a region that ends too early") }
  }

  private mutating func checkResult(_ result: JSONValue) {
    let index = result["ruleIndex"]?.number ?? -1
    if !rules.indices.contains(index) || rules[index]["id"] != result["ruleId"] {
      mistakes.append("\(index) is not the index of \(result["ruleId"] ?? .null)")
    }
    let ids = (result["relatedLocations"]?.items ?? []).compactMap { $0["id"]?.number }
    if Set(ids).count < ids.count { mistakes.append("two related locations have one id") }
    if result["locations"]?.items.count != 1 { mistakes.append("a result without a place") }
    if result["partialFingerprints"]?["tfgraphLine/v1"]?.text?.count != 16 {
      mistakes.append("a result without a fingerprint")
    }
  }
}

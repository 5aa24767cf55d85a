import Testing

@testable import FlowDiagnostics

@Suite struct FileAddressTests {
  @Test(arguments: [
    ("a.yaml", "a.yaml", true), ("./a/../b.yaml", "b.yaml", true), ("a//b", "a/b", true),
    ("/work/main/a.yaml", "a.yaml", true), ("/work/mainly/a", "file:///work/mainly/a", false),
    ("../x/a", "file:///work/x/a", false), ("../main/a", "a", true),
    ("/a b", "file:///a%20b", false),
    ("a:b%c#d?e", "a%3Ab%25c%23d%3Fe", true), ("é\n\u{202E}", "%C3%A9%0A%E2%80%AE", true),
    ("", ".", true), (".", ".", true), ("/../..", "file:///", false), ("/", "file:///", false),
  ])
  func `a path has an address`(path: String, text: String, isRelative: Bool) {
    let address = FileAddress(path, workingDirectory: "/work/main")
    #expect(address.text == text)
    #expect(address.isRelative == isRelative)
  }
}

import Testing

struct FeatureTests {
  @Test func `the upcoming features of the manifest are on in this target`() {
    var missing: [String] = []
    #if !hasFeature(ExistentialAny)
      missing.append("ExistentialAny")
    #endif
    #if !hasFeature(InternalImportsByDefault)
      missing.append("InternalImportsByDefault")
    #endif
    #if !hasFeature(MemberImportVisibility)
      missing.append("MemberImportVisibility")
    #endif
    #if !hasFeature(NonisolatedNonsendingByDefault)
      missing.append("NonisolatedNonsendingByDefault")
    #endif
    #if !hasFeature(InferIsolatedConformances)
      missing.append("InferIsolatedConformances")
    #endif
    #expect(missing == [])
  }

  @Test func `the language mode is Swift 6`() {
    #if swift(>=6)
      let isSwift6 = true
    #else
      let isSwift6 = false
    #endif
    #expect(isSwift6)
  }
}

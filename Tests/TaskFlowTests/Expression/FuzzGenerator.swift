/// Numbers that depend on nothing but the seed (SplitMix64).
struct FuzzGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Up to `most` of the words, one after the other.
  mutating func text(of words: [String], upTo most: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...most, using: &self) {
      text += words.randomElement(using: &self) ?? ""
    }
    return text
  }
}

import CVMTestSupport
import Foundation

extension FuzzTarget {
  /// Gives the target every input that once was too much for it, then its seeds with some changes. `CVM_FUZZ_KEEP` names a
  /// file that keeps the input that was given last.
  public func replay(rounds: Int, seed: UInt64) throws {
    for crash in try Corpus.fixtures(in: "Crashes/" + name) { run(crash) }
    let seeds = try seeds().filter { $0.count < 1 << 15 }
    var mutator = Mutator(seeds: seeds, words: words.map { Array($0.utf8) }, random: SeededGenerator(seed: seed))
    let kept = ProcessInfo.processInfo.environment["CVM_FUZZ_KEEP"].map { URL(fileURLWithPath: $0) }
    for _ in 0..<rounds {
      let input = mutator.next()
      if let kept { try Data(input).write(to: kept) }
      run(input)
    }
    // A target that takes nothing, or everything, has tried little.
    let (refused, taken) = Self.outcomes
    if refused + taken >= 50 { require(refused > 0 && taken > 0, "\(refused) inputs were refused, \(taken) were not") }
  }
}

/// Makes inputs of other inputs, for where there is no fuzzer.
private struct Mutator {
  let seeds: [[UInt8]]
  let words: [[UInt8]]
  var random: SeededGenerator

  mutating func next() -> [UInt8] {
    var input = seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&input) }
    return input
  }

  private mutating func change(_ input: inout [UInt8]) {
    let place = Int.random(in: 0...input.count, using: &random)
    let end = min(input.count, place + Int.random(in: 1...16, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: input.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 1: if place < input.count { input[place] = UInt8.random(in: 0...255, using: &random) }
    case 2: if place < input.count { input[place] ^= 1 << UInt8.random(in: 0...7, using: &random) }
    case 3: if place < input.count { input[place] &+= UInt8.random(in: 0...16, using: &random) &- 8 }
    case 4: input.removeSubrange(place..<end)
    case 5: input.insert(contentsOf: input[place..<end], at: place)
    case 6: input.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
    default:
      let other = seeds.randomElement(using: &random) ?? []
      let start = Int.random(in: 0...other.count, using: &random)
      input.insert(contentsOf: other[start...].prefix(24), at: place)
    }
  }
}

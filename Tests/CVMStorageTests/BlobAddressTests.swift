import CVMStorage
import Testing

@Suite struct BlobAddressTests {
  /// Of the reference implementation.
  @Test(arguments: [
    ("", "00000000000000000000000000000000"), ("a", "85555565f6597889e6b53a48510e895a"),
    ("hello", "cbd8a7b341bd9b025b1e906a48ae1d19"), ("hello, world", "342fac623a5ebc8e4cdcbc079642414d"),
    ("19 Jan 2038 at 3:14:07 AM", "b89e5988b737affc664fc2950231b2cb"),
    ("The quick brown fox jumps over the lazy dog.", "cd99481f9ee902c9695da1a38987b6e7"),
  ]) func `an address is MurmurHash3 of the bytes`(_ text: String, _ expected: String) {
    #expect(BlobAddress(of: Array(text.utf8)).description == expected)
  }

  @Test func `an address depends on each byte and on the parent`() {
    var seen: Set<BlobAddress> = []
    for length in 0...40 {
      for place in 0...length {
        var bytes = [UInt8](repeating: 0, count: length)
        if place < length { bytes[place] = 1 }
        #expect(seen.insert(BlobAddress(of: bytes)).inserted)
      }
    }
    let parent = BlobAddress(of: [1])
    #expect(BlobAddress(of: [2], parent: parent) != BlobAddress(of: [2]))
    #expect(BlobAddress(of: [2], parent: parent) != BlobAddress(of: [2], parent: BlobAddress(of: [3])))
  }

  @Test func `an address is read back from its text`() {
    let address = BlobAddress(of: [1, 2, 3])
    #expect(BlobAddress(address.description) == address)
    for text in ["", "0", String(repeating: "0", count: 31), "+" + String(repeating: "0", count: 31)] {
      #expect(BlobAddress(text) == nil)
    }
    #expect(BlobAddress(String(repeating: "0", count: 32)) == BlobAddress(high: 0, low: 0))
  }
}

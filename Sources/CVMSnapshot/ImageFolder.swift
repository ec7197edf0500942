import Glibc

/// A folder of images with numbers for names: `12.image`. Another process can go on with what was left there.
public final class ImageFolder {
  private static let ending = ".image"

  public let path: String
  private var nextNumber: Int
  /// Those of another process that are in use: each file has one owner.
  private var opened: [Int: Opened] = [:]
  private struct Opened { weak var image: KeptImage? }
  /// Whether the files stay when nothing here needs them any more.
  public var keepsFiles = false

  /// The folder must be there.
  public init(path: String) {
    self.path = path
    nextNumber = (Self.numbers(in: path).max() ?? 0) + 1
  }

  func takeNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  func path(_ number: Int) -> String { "\(path)/\(number)\(Self.ending)" }

  deinit { if !keepsFiles { rmdir(path) } }

  /// Removes all images, whoever needs them.
  public func removeAll() {
    for number in Self.numbers(in: path) { unlink(path(number)) }
  }

  private static func numbers(in path: String) -> [Int] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var numbers: [Int] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), let number = Int(name.dropLast(ending.count)) { numbers.append(number) }
    }
    return numbers
  }

  /// The image with a number that another process left, and those that it is told from. O(files).
  public func open(_ number: Int) throws(SnapshotError) -> KeptImage {
    var places: [UInt64: Int] = [:]
    for number in Self.numbers(in: path) {
      if let header = try? ImageReading(.file(path(number))) { places[header.hash] = number }
    }
    var chain = [number]
    while true {
      let header = try ImageReading(.file(path(chain[chain.count - 1])))
      guard let parent = header.parent else { break }
      guard let place = places[parent], !chain.contains(place) else {
        throw .missingParent(path: header.name, parent: parent)
      }
      chain.append(place)
    }
    var image: KeptImage?
    for number in chain.reversed() {
      if let known = opened[number]?.image {
        image = known
        continue
      }
      let next = KeptImage(try ImageReading(.file(path(number))), in: self, number: number, parent: image)
      opened[number] = Opened(image: next)
      image = next
    }
    guard let image else { throw systemError("read", path(number)) }
    return image
  }
}

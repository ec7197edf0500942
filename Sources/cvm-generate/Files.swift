import Glibc

/// The text of a file, or the end of the program with a message.
func readFile(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[0..<count]
  }
}

func write(_ text: String, to path: String) {
  guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
  fputs(text, file)
  fclose(file)
}

/// The names of the files in a folder that end in `suffix`, sorted.
func list(_ folder: String, suffix: String) -> [String] {
  guard let directory = opendir(folder) else { fail("cannot read \(folder)") }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasSuffix(suffix) { names.append(name) }
  }
  return names.sorted()
}

func fail(_ message: String) -> Never {
  let text = Array("cvm-generate: \(message)\n".utf8)
  _ = Glibc.write(STDERR_FILENO, text, text.count)
  exit(1)
}

import Glibc

func write(_ text: String, to path: String) {
  guard let file = fopen(path, "w") else {
    print("cannot write \(path)")
    exit(1)
  }
  fputs(text, file)
  fclose(file)
}

write(DispatchGenerator.header(), to: DispatchGenerator.headerPath)
write(DispatchGenerator.swift(), to: DispatchGenerator.swiftPath)

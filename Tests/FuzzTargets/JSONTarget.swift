import CVMRuntime
import CVMText

extension FuzzTarget {
  /// What `JSON.parse` takes, the reader of execution JSON takes, too, but for names that are there twice; `JSON.stringify` writes it so that it reads as the same.
  static let json = FuzzTarget(
    "json",
    words: [
      "null", "true", "false", "[", "]", "{", "}", "\"a\":", "\\u0041", "\\ud83d\\ude00", "-0", "1e400", "__proto__",
    ],
    seeds: {
      [
        #"{"a":[1,-0,2.5e-7,true,false,null,"x\n\u0041\ud800"],"b":{"__proto__":1,"":[]},"1":2}"#,
        #" [ "\\\"\/" , 1E+3 ] "#,
        #"[[[[]]],{"a":{"a":{}}}]"#, "123456789012345678901234567890", #""é😀""#,
      ].map { Array($0.utf8) } + (try Corpus.fixtures(".json"))
    }
  ) { bytes in
    let source = String(decoding: bytes, as: UTF8.self)
    let answer = ProgramFunction.call(
      """
      text => {
        let value;
        try { value = JSON.parse(text) } catch (e) { return e instanceof SyntaxError ? 'refused' : 'wrong: ' + e }
        const once = JSON.stringify(value), again = JSON.stringify(JSON.parse(once));
        if (once !== again) return 'wrong: ' + once + ' then ' + again;
        const indented = JSON.stringify(JSON.parse(JSON.stringify(value, null, 3)));
        return indented === once ? 'taken' : 'wrong: ' + once + ' indented ' + indented;
      }
      """, named: "json", [source])
    guard let answer else { return }
    require(answer == "taken" || answer == "refused", answer)
    let isTaken = answer == "taken"
    do throws(JSONError) {
      _ = try JSONDocument(Array(source.utf8))
      require(isTaken || source.first == "\u{FEFF}", "JSON.parse refuses what the reader of documents takes")
    } catch {
      // Readers would differ in which one they take.
      require(!isTaken || error.message.contains("twice"), "JSON.parse takes what is refused: \(error)")
    }
  }
}

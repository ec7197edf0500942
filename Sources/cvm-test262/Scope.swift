import Foundation

/// Which tests are outside of the language that is claimed. Each line is to go when its feature comes.
enum Scope {
  /// Why a test is not run; nil for those that are.
  static func skipReason(_ test: Frontmatter, path: String) -> String? {
    for (prefix, reason) in folders where path.hasPrefix(prefix) { return reason }
    if test.flags.contains("noStrict") { return "sloppy mode" }
    if test.flags.contains("module") { return "modules" }
    if test.flags.contains("async") { return "asynchronous" }
    for feature in test.features {
      if let reason = features[feature] { return reason }
      if feature.hasPrefix("Intl") { return "Intl" }
    }
    for include in test.includes {
      if let reason = includes[include] { return reason }
      if include.hasPrefix("sm/") { return "the harness of another engine" }
    }
    if path.hasSuffix("_FIXTURE.js") { return "not a test" }
    let words = WordScanner(test.body)
    if words.contains("$262") { return "$262" }
    if test.negative?.phase == "resolution" { return "modules" }
    if test.negative?.phase == "parse" { return nil }
    if words.contains("eval") { return "eval" }
    if words.callsFunctionConstructor { return "Function(\"...\")" }
    if words.hasAsyncSyntax { return "asynchronous" }
    for (word, reason) in globals where words.contains(word) { return reason }
    return nil
  }

  private static let folders: [(String, String)] = [
    ("test/language/eval-code/", "eval"), ("test/language/module-code/", "modules"),
    ("test/language/import/", "modules"), ("test/language/export/", "modules"),
    ("test/language/expressions/dynamic-import/", "modules"), ("test/language/expressions/import.meta/", "modules"),
    ("test/built-ins/eval/", "eval"), ("test/built-ins/AbstractModuleSource/", "modules"),
    ("test/built-ins/Temporal/", "Temporal"), ("test/built-ins/Atomics/", "shared memory"),
    ("test/built-ins/SharedArrayBuffer/", "shared memory"), ("test/built-ins/ArrayBuffer/", "typed arrays"),
    ("test/built-ins/TypedArray", "typed arrays"), ("test/built-ins/DataView/", "typed arrays"),
    ("test/built-ins/Uint8Array/", "typed arrays"), ("test/built-ins/Proxy/", "Proxy"),
    ("test/built-ins/Promise/", "asynchronous"), ("test/built-ins/Async", "asynchronous"),
    ("test/built-ins/FinalizationRegistry/", "FinalizationRegistry"), ("test/built-ins/ShadowRealm/", "ShadowRealm"),
    ("test/built-ins/DisposableStack/", "explicit resource management"),
    ("test/built-ins/SuppressedError/", "explicit resource management"), ("test/intl402/", "Intl"),
  ]

  private static let features: [String: String] = [
    "async-functions": "asynchronous", "async-iteration": "asynchronous", "Promise": "asynchronous",
    "Promise.allSettled": "asynchronous", "Promise.any": "asynchronous", "Promise.prototype.finally": "asynchronous",
    "promise-with-resolvers": "asynchronous", "promise-try": "asynchronous", "top-level-await": "modules",
    "Array.fromAsync": "asynchronous", "Symbol.asyncIterator": "asynchronous", "await-dictionary": "asynchronous",
    "Proxy": "Proxy", "proxy-missing-checks": "Proxy", "FinalizationRegistry": "FinalizationRegistry",
    "TypedArray": "typed arrays", "TypedArray.prototype.at": "typed arrays", "ArrayBuffer": "typed arrays",
    "DataView": "typed arrays", "DataView.prototype.getFloat32": "typed arrays",
    "DataView.prototype.getFloat64": "typed arrays", "DataView.prototype.getInt16": "typed arrays",
    "DataView.prototype.getInt32": "typed arrays", "DataView.prototype.getInt8": "typed arrays",
    "DataView.prototype.getUint16": "typed arrays", "DataView.prototype.getUint32": "typed arrays",
    "DataView.prototype.setUint8": "typed arrays", "Int8Array": "typed arrays", "Int16Array": "typed arrays",
    "Int32Array": "typed arrays", "Uint8Array": "typed arrays", "Uint16Array": "typed arrays",
    "Uint32Array": "typed arrays", "Uint8ClampedArray": "typed arrays", "Float16Array": "typed arrays",
    "Float32Array": "typed arrays", "Float64Array": "typed arrays", "uint8array-base64": "typed arrays",
    "resizable-arraybuffer": "typed arrays", "arraybuffer-transfer": "typed arrays",
    "immutable-arraybuffer": "typed arrays", "stable-typedarray-sort": "typed arrays",
    "align-detached-buffer-semantics-with-web-reality": "typed arrays", "SharedArrayBuffer": "shared memory",
    "Atomics": "shared memory", "Atomics.waitAsync": "shared memory", "Atomics.pause": "shared memory",
    "dynamic-import": "modules", "import.meta": "modules", "import-attributes": "modules", "import-defer": "modules",
    "json-modules": "modules", "source-phase-imports": "modules", "source-phase-imports-module-source": "modules",
    "import-text": "modules", "import-bytes": "modules", "export-defer": "modules",
    "export-star-as-namespace-from-module": "modules", "arbitrary-module-namespace-names": "modules",
    "Temporal": "Temporal", "ShadowRealm": "ShadowRealm", "decorators": "decorators", "cross-realm": "$262",
    "IsHTMLDDA": "$262", "host-gc-required": "$262", "caller": "sloppy mode",
    "intl-normative-optional": "Intl", "canonical-tz": "Temporal",
    "explicit-resource-management": "explicit resource management",
    "legacy-regexp": "proposals after ES2024", "error-stack-accessor": "proposals after ES2024",
    "nonextensible-applies-to-private": "proposals after ES2024", "Iterator.prototype.join": "proposals after ES2024",
    "iterator-chunking": "proposals after ES2024", "iterator-includes": "proposals after ES2024",
    "joint-iteration": "proposals after ES2024", "json-parse-with-source": "proposals after ES2024",
  ]

  private static let includes: [String: String] = [
    "testTypedArray.js": "typed arrays", "resizableArrayBufferUtils.js": "typed arrays",
    "detachArrayBuffer.js": "typed arrays", "byteConversionValues.js": "typed arrays",
    "testAtomics.js": "shared memory", "atomicsHelper.js": "shared memory", "asyncHelpers.js": "asynchronous",
    "promiseHelper.js": "asynchronous", "proxyTrapsHelper.js": "Proxy", "temporalHelpers.js": "Temporal",
    "testIntl.js": "Intl", "testIntlNumberFormat.js": "Intl", "wellKnownIntrinsicObjects.js": "Function(\"...\")",
    "tcoHelper.js": "eval", "iteratorZipUtils.js": "proposals after ES2024",
  ]

  private static let globals: [(String, String)] = [
    ("Promise", "asynchronous"), ("Proxy", "Proxy"), ("ArrayBuffer", "typed arrays"), ("DataView", "typed arrays"),
    ("Int8Array", "typed arrays"), ("Int16Array", "typed arrays"), ("Int32Array", "typed arrays"),
    ("Uint8Array", "typed arrays"), ("Uint16Array", "typed arrays"), ("Uint32Array", "typed arrays"),
    ("Uint8ClampedArray", "typed arrays"), ("Float32Array", "typed arrays"), ("Float64Array", "typed arrays"),
    ("TypedArray", "typed arrays"), ("SharedArrayBuffer", "shared memory"), ("Atomics", "shared memory"),
    ("BigInt64Array", "typed arrays"), ("BigUint64Array", "typed arrays"), ("Float16Array", "typed arrays"),
    ("FinalizationRegistry", "FinalizationRegistry"),
  ]
}

/// The words of a source outside of comments, with the first character that follows each.
struct WordScanner {
  private var words: [String: Set<UInt8>] = [:]
  private(set) var hasAsyncSyntax = false
  private var makesFunctions = false
  private static let functionConstructors: Set<String> = [
    "Function", "GeneratorFunction", "AsyncFunction", "AsyncGeneratorFunction",
  ]

  init(_ source: Substring) {
    let bytes = Array(source.utf8)
    var index = 0
    var previous = ""
    func isWord(_ byte: UInt8) -> Bool {
      byte == 0x24 || byte == 0x5f || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || (0x61...0x7a).contains(byte)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x2f, index + 1 < bytes.count, bytes[index + 1] == 0x2f {
        while index < bytes.count, bytes[index] != 0x0a { index += 1 }
      } else if byte == 0x2f, index + 1 < bytes.count, bytes[index + 1] == 0x2a {
        index += 2
        while index + 1 < bytes.count, !(bytes[index] == 0x2a && bytes[index + 1] == 0x2f) { index += 1 }
        index += 2
      } else if isWord(byte) {
        let start = index
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        let end = index
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        let following = index < bytes.count ? bytes[index] : 0
        words[word, default: []].insert(following)
        if Self.functionConstructors.contains(word), following == 0x28 || ["new", "extends"].contains(previous) {
          makesFunctions = true
        }
        if Self.functionConstructors.contains(previous), ["call", "apply"].contains(word) { makesFunctions = true }
        previous = word
        // `async` as a name is followed by neither a name nor a bracket.
        if word == "async", index > end || following == 0x28 || following == 0x2a,
          isWord(following) || "*([#".utf8.contains(following)
        {
          hasAsyncSyntax = true
        }
      } else {
        index += 1
      }
    }
  }

  func contains(_ word: String) -> Bool { words[word] != nil }

  /// Whether `Function(`, `new Function`, `Function.call` or `extends Function` is there, or a constructor of the same sort.
  var callsFunctionConstructor: Bool { makesFunctions }
}

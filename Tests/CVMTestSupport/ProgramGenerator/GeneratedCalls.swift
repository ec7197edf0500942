// Calls of built-ins, by tables: a name and what its arguments are.
//
// i an index, n a number, s a text, a anything, f a function of an element, g a reducer, r a regular expression, A an
// array, o an object, k a key, c a comparator, L a short length, R a radix, D a number of digits, q a text or regular
// expression, z a replacement; a question mark makes what follows optional.

extension ProgramGenerator {
  private static let textMethods: [(String, String)] = [
    ("at", "i"), ("charAt", "i"), ("charCodeAt", "i"), ("codePointAt", "i"), ("concat", "sa"), ("endsWith", "s?i"),
    ("includes", "s?i"), ("indexOf", "s?i"), ("lastIndexOf", "s?i"), ("padEnd", "L?s"), ("padStart", "L?s"),
    ("repeat", "L"),
    ("replace", "qz"), ("replaceAll", "sz"), ("search", "r"), ("slice", "?i?i"), ("split", "q?i"),
    ("startsWith", "s?i"),
    ("substring", "?i?i"), ("substr", "?i?i"), ("toLowerCase", ""), ("toUpperCase", ""), ("trim", ""), ("trimEnd", ""),
    ("trimStart", ""), ("match", "r"), ("isWellFormed", ""), ("toWellFormed", ""), ("valueOf", ""), ("normalize", ""),
    ("anchor", "s"), ("replace", "rz"), ("split", "r"),
  ]

  private static let arrayMethods: [(String, String)] = [
    ("at", "i"), ("concat", "a?A"), ("copyWithin", "i?i?i"), ("entries", ""), ("every", "f"), ("fill", "a?i?i"),
    ("filter", "f"),
    ("find", "f"), ("findIndex", "f"), ("findLast", "f"), ("findLastIndex", "f"), ("flat", "?i"), ("flatMap", "f"),
    ("forEach", "f"), ("includes", "a?i"), ("indexOf", "a?i"), ("join", "?s"), ("keys", ""), ("lastIndexOf", "a?i"),
    ("map", "f"),
    ("pop", ""), ("push", "?a?a"), ("reduce", "g?a"), ("reduceRight", "g?a"), ("reverse", ""), ("shift", ""),
    ("slice", "?i?i"),
    ("some", "f"), ("sort", "?c"), ("splice", "i?i?a?a"), ("toReversed", ""), ("toSorted", "?c"),
    ("toSpliced", "i?i?a"),
    ("toString", ""), ("unshift", "?a?a"), ("values", ""), ("with", "ia"),
  ]

  private static let statics: [(String, String)] = [
    ("Object.keys", "a"), ("Object.values", "a"), ("Object.entries", "a"), ("Object.assign", "oa?a"),
    ("Object.freeze", "o"),
    ("Object.isFrozen", "o"), ("Object.seal", "o"), ("Object.isSealed", "a"), ("Object.preventExtensions", "o"),
    ("Object.isExtensible", "a"), ("Object.getOwnPropertyNames", "a"), ("Object.getOwnPropertySymbols", "a"),
    ("Object.getOwnPropertyDescriptors", "a"), ("Object.getOwnPropertyDescriptor", "ok"), ("Object.fromEntries", "e"),
    ("Object.getPrototypeOf", "a"), ("Object.setPrototypeOf", "oo"), ("Object.create", "o"),
    ("Object.defineProperty", "okd"),
    ("Object.defineProperty", "Akd"), ("Object.hasOwn", "ok"), ("Object.is", "aa"), ("Reflect.ownKeys", "o"),
    ("Reflect.get", "ok?o"),
    ("Reflect.set", "oka?o"), ("Reflect.has", "ok"), ("Reflect.deleteProperty", "ok"),
    ("Reflect.defineProperty", "okd"),
    ("Reflect.apply", "faA"), ("Reflect.construct", "CA"), ("Reflect.getPrototypeOf", "a"), ("Array.isArray", "a"),
    ("JSON.stringify", "a?j?L"), ("JSON.stringify", "o"), ("JSON.parse", "J?f"), ("Number.isInteger", "a"),
    ("Number.isSafeInteger", "a"),
    ("Number", "a"), ("String", "a"), ("Boolean", "a"), ("BigInt", "a"), ("Object", "a"), ("Symbol.for", "s"),
    ("isNaN", "a"),
    ("isFinite", "a"), ("parseInt", "s?R"), ("parseFloat", "s"), ("encodeURIComponent", "s"), ("encodeURI", "s"),
    ("decodeURIComponent", "s"), ("escape", "s"), ("unescape", "s"), ("String.fromCharCode", "nn"),
    ("String.fromCodePoint", "n"),
    ("structuredClone", "a"), ("structuredClone", "o"), ("Date.UTC", "nn?n"), ("Date.parse", "s"), ("Math.max", "aa"),
    ("Math.hypot", ""),
    ("Array.from", "o?f"), ("Object.prototype.toString.call", "a"), ("Object.prototype.hasOwnProperty.call", "ok"),
    ("Object.prototype.propertyIsEnumerable.call", "ok"), ("Function.prototype.toString.call", "f"),
  ]

  private static let documents = [
    "'{\"a\":[1,2,{\"b\":null}],\"c\":\"\\\\u0041\"}'", "'[1,'", "' [true , -1.5e3] '", "'\"x\"'",
    "'{\"__proto__\":1,\"1\":2,\"0\":3}'", "'nul'",
  ]

  private mutating func argument(_ code: Character, _ depth: Int) -> String {
    switch code {
    case "i": return chance(80) ? String(number(-4...6)) : numeric(depth - 1)
    case "n": return numeric(depth - 1)
    case "s": return chance(85) ? text(depth - 1) : any(depth - 1)
    case "f": return callback(depth - 1, pick(["x", "x, i", "x, i, all", "..._"]))
    case "g": return callback(depth - 1, "sum, x")
    case "r": return chance(90) ? regExp() : any(depth - 1)
    case "A": return array(depth - 1)
    case "o": return object(depth - 1)
    case "k": return key(depth - 1)
    case "c":
      return pick([
        "undefined", "(a, b) => a - b", "(a, b) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)",
        "(a, b) => String(b).length - String(a).length", "() => 0",
      ])
    case "L": return String(number(0...9))
    case "R": return String(number(2...36))
    case "D": return String(number(0...21))
    case "q": return chance(50) ? text(depth - 1) : regExp()
    case "z": return pick([text(depth - 1), "'[$&$1$`$$]'", "'$<n1>'", callback(depth - 1, "m, p1, p2")])
    case "d": return descriptor(depth - 1)
    case "e": return "[[\(key(depth - 1)), \(any(depth - 1))]]"
    case "j": return pick(["null", callback(depth - 1, "k, v"), "['a', 'b', 1]"])
    case "J": return pick(Self.documents)
    case "C": return variable(.constructor) ?? pick(["Array", "Object", "Error", "Map"])
    default: return any(depth - 1)
    }
  }

  private mutating func arguments(_ codes: String, _ depth: Int) -> String {
    var result: [String] = []
    var isOptional = false
    for code in codes {
      if code == "?" {
        isOptional = true
        continue
      }
      if isOptional && chance(50) { break }
      result.append(argument(code, depth))
    }
    return result.joined(separator: ", ")
  }

  private mutating func descriptor(_ depth: Int) -> String {
    var fields: [String] = []
    if chance(70) {
      if chance(80) { fields.append("value: \(any(depth))") }
      if chance(50) { fields.append("writable: \(pick(["true", "false"]))") }
    } else {
      fields.append("get() { return \(any(depth)); }")
      if chance(50) { fields.append("set: \(callback(depth, "v"))") }
    }
    for name in ["enumerable", "configurable"] where chance(50) { fields.append("\(name): \(pick(["true", "false"]))") }
    return "{ \(fields.joined(separator: ", ")) }"
  }

  mutating func textCall(_ depth: Int) -> String {
    let (name, codes) = pick(Self.textMethods)
    return "(\(text(depth - 1))).\(name)(\(arguments(codes, depth)))"
  }

  mutating func builtinCall(_ depth: Int) -> String {
    spend()
    switch number(0...9) {
    case 0...2:
      let (name, codes) = pick(Self.arrayMethods)
      let isIterator = ["entries", "keys", "values"].contains(name)
      if chance(12) {
        let like = "{ length: \(number(0...4)), 0: \(any(depth - 1)), 2: \(any(depth - 1)) }"
        return
          "Array.prototype.\(name).call(\([like, arguments(codes, depth)].filter { !$0.isEmpty }.joined(separator: ", ")))"
      }
      let call = "(\(array(depth - 1))).\(name)(\(arguments(codes, depth)))"
      return isIterator ? "[...\(call)]" : call
    case 3...5:
      let (name, codes) = pick(Self.statics)
      return "\(name)(\(arguments(codes, depth)))"
    case 6: return textCall(depth)
    case 7: return collectionCall(depth)
    case 8:
      return pick([
        "(\(numeric(depth - 1))).toString(\(number(2...36)))", "(\(numeric(depth - 1))).toFixed(\(number(0...20)))",
        "(\(numeric(depth - 1))).toPrecision(\(number(1...21)))",
        "(\(numeric(depth - 1))).toExponential(\(number(0...20)))",
        "(\(bigInt(depth - 1))).toString(\(number(2...36)))", "String(\(numeric(depth - 1)))",
      ])
    default: return matchCall(depth)
    }
  }

  private mutating func matchCall(_ depth: Int) -> String {
    let subject = pick(["'abcabc'", "'aab b1 é'", "'xay\\nb'", "'😀a,b'", text(depth - 1)])
    return pick([
      "\(regExp()).exec(\(subject))", "\(regExp()).test(\(subject))",
      "[...(\(subject)).matchAll(\(regExp(flags: pick(["g", "gi", "gu", "gs"]))))]",
      "(\(subject)).replace(\(regExp()), \(argument("z", depth)))", "(\(subject)).split(\(regExp()))",
      "(\(subject)).match(\(regExp()))",
      "((r) => [r.exec(\(subject)), r.lastIndex, r.test(\(subject)), r.lastIndex])(\(regExp(flags: pick(["g", "y", "gy", "dg"]))))",
      "[\(regExp()).source, \(regExp()).flags]",
    ])
  }

  private mutating func collectionCall(_ depth: Int) -> String {
    let entries = list(0...3) { "[\($0.leaf()), \($0.any(depth - 1))]" }
    return pick([
      "((m) => { m.set(\(leaf()), \(any(depth - 1))); m.delete(\(leaf())); return [m.size, m.get(\(leaf())), m.has(\(leaf())), [...m]]; })(new Map([\(entries)]))",
      "((s) => { s.add(\(leaf())).add(\(leaf())); s.forEach((x) => { if (s.size < 5) s.add(show(x)); }); return [...s]; })(new Set(\(iterable(depth - 1))))",
      "new Map(\(iterable(depth - 1)))", "new Set(\(iterable(depth - 1)))", "[...new Map([\(entries)]).entries()]",
      "new Date(\(number(0...3000)), \(number(-5...15)), \(number(-5...40))).getTime()",
      "new Date(\(numeric(depth - 1))).\(pick(["getUTCDay", "toISOString", "getTime", "getUTCFullYear", "toJSON", "getFullYear", "toString", "getTimezoneOffset"]))()",
      "((g) => [g.next(\(leaf())), g.next(\(leaf())), g.\(pick(["return", "throw", "next"]))(\(leaf())), g.next()])((\(generatorFunction(depth - 1)))())",
    ])
  }

  private mutating func generatorFunction(_ depth: Int) -> String {
    scoped { "function* () { \($0.generatorBody(depth)) }" }
  }
}

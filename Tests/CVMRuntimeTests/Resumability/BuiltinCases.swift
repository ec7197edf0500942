/// For each built-in that may run code of the program: what to call it with so that it does, as often as it can.
enum BuiltinCases {
  /// What the cases are made of. Everything that a built-in reads, converts, calls or iterates stops at a `CC`.
  static let prelude = """
    const stop = (x) => { CC("?"); return x; };
    const num = (n) => ({ valueOf() { return stop(n); }, toString() { return stop("bad"); } });
    const str = (s) => ({ toString() { return stop(s); }, valueOf() { return stop("bad"); } });
    const get = (object, key, value) => Object.defineProperty(object, key, {
      get() { return stop(value); }, set(v) { stop(); value = v; }, enumerable: true, configurable: true,
    });
    const like = (...values) => {
      const object = {};
      values.forEach((value, i) => get(object, i, value));
      return get(object, "length", num(values.length));
    };
    const fn = (f) => function (...args) { stop(); return f.apply(this, args); };
    const iter = (...values) => ({
      [Symbol.iterator]() {
        let i = 0;
        stop();
        return get({
          return() { stop(); console.log("closed"); return {}; },
        }, "next", fn(() => get(get({}, "done", i >= values.length), "value", values[i++])));
      },
    });
    const helpers = (...values) => Object.assign(Object.create(Iterator.prototype), iter(...values)[Symbol.iterator]());
    const steps = (...values) => {
      const iterator = iter(...values)[Symbol.iterator]();
      return get(Object.create(Iterator.prototype, {
        return: { value: iterator.return },
      }), "next", iterator.next);
    };
    const key = (name) => ({ toString() { return stop(name); } });
    const attempt = (f) => { try { return f(); } catch (e) { return e instanceof Error ? String(e) : e; } };

    """

  /// The calls whose results are printed, by the built-in's name.
  static func calls(_ path: String) -> [String]? {
    if let known = explicit[path] { return known }
    let name = path.split(separator: ".").last.map(String.init) ?? path
    if path == "Math.sumPrecise" { return ["Math.sumPrecise(iter(1, 2))"] }
    if path.hasPrefix("Math.") { return ["\(path)(num(2.5), num(3))"] }
    if path.hasPrefix("Date.prototype.set") {
      return ["(d => [d.\(name)(num(1), num(2), num(3), num(4)), d.getTime()])(new Date(5e11))"]
    }
    return nil
  }

  private static let callback = "fn((x, i) => x > 1)"

  private static let explicit: [String: [String]] = arrays.merging(objects) { a, _ in a }.merging(texts) { a, _ in a }
    .merging(collections) { a, _ in a }.merging(iterators) { a, _ in a }.merging(others) { a, _ in a }

  private static func onLike(_ name: String, _ arguments: String = "") -> [String] {
    [
      "(o => [attempt(() => Array.prototype.\(name).call(o\(arguments.isEmpty ? "" : ", " + arguments))), o])(like(3, 1, 2))"
    ]
  }

  private static let arrays: [String: [String]] = {
    var result: [String: [String]] = [
      "Array": ["Reflect.construct(Array, [1, 2], get(function () {}.bind(), 'prototype', Array.prototype)).length"],
      "Array.from": [
        "Array.from(iter(1, 2), fn((x) => x * 2))", "Array.from(like(1, 2), fn((x) => x * 2))",
        "Array.from.call(fn(function () {}), iter(1))",
      ],
      "Array.of": ["Array.of.call(fn(function (n) { this.n = n; }), 1, 2)"],
      "Array.prototype.concat": ["[1].concat(get(like(2, 3), Symbol.isConcatSpreadable, true), 4)"],
      "Array.prototype.flat": ["Array.prototype.flat.call(like([1, [2]], [[3]]), num(2))"],
      "Array.prototype.flatMap": ["Array.prototype.flatMap.call(like(1, 2), fn((x) => [x, x]))"],
      "Array.prototype.toString": ["Array.prototype.toString.call(get(like(1, 2), 'join', fn(() => 'joined')))"],
      "Array.prototype.toLocaleString": [
        "Array.prototype.toLocaleString.call(like({ toLocaleString: fn(() => str('x')) }, 2))"
      ],
      "Array.prototype.join": [
        "Array.prototype.join.call(like(str('a'), 2), str('-'))", "[str('a'), [str('b')]].join(str('+'))",
      ],
      "Array.prototype.sort": [
        "Array.prototype.sort.call(like(3, 1, 2), fn((a, b) => num(a - b)))", "[str('b'), str('a')].sort().length",
        "Array.from({ length: 70 }, (_, i) => i * 37 % 70).sort(fn((a, b) => a - b)).join()",
      ],
      "Array.prototype.toSorted": ["Array.prototype.toSorted.call(like(3, 1, 2), fn((a, b) => num(a - b)))"],
    ]
    for name in ["every", "filter", "find", "findIndex", "findLast", "findLastIndex", "forEach", "map", "some"] {
      result["Array.prototype.\(name)"] = onLike(name, callback)
    }
    for name in ["reduce", "reduceRight"] { result["Array.prototype.\(name)"] = onLike(name, "fn((a, b) => a + b)") }
    for name in ["at", "fill", "includes", "indexOf", "lastIndexOf", "with"] {
      result["Array.prototype.\(name)"] = onLike(name, "num(1), num(0), num(3)")
    }
    for name in ["copyWithin", "slice"] { result["Array.prototype.\(name)"] = onLike(name, "num(0), num(1), num(2)") }
    for name in ["splice", "toSpliced"] { result["Array.prototype.\(name)"] = onLike(name, "num(1), num(1), 7, 8") }
    for name in ["pop", "shift", "reverse", "toReversed"] { result["Array.prototype.\(name)"] = onLike(name) }
    for name in ["push", "unshift"] { result["Array.prototype.\(name)"] = onLike(name, "5, 6") }
    return result
  }()

  private static let objects: [String: [String]] = [
    "Object": [
      "Reflect.construct(Object, [], get(function () {}.bind(), 'prototype', Array.prototype)) instanceof Array"
    ],
    "Object.assign": ["Object.assign(get({}, 'a', 0), get({ b: 1 }, 'a', 2)).a"],
    "Object.create": ["Object.create(null, { a: get({}, 'value', 5) }).a"],
    "Object.defineProperties": ["Object.defineProperties({}, get({}, 'a', get({ enumerable: true }, 'value', 5)))"],
    "Object.defineProperty": [
      "Object.defineProperty({}, key('a'), get({ enumerable: true }, 'value', 5))",
      "Object.defineProperty([1, 2, 3], 'length', { value: num(1) })",
    ],
    "Object.entries": ["Object.entries(get({ b: 1 }, 'a', 2))"],
    "Object.values": ["Object.values(get({ b: 1 }, 'a', 2))"],
    "Object.fromEntries": ["Object.fromEntries(iter(like(key('a'), 1), ['b', 2]))"],
    "Object.getOwnPropertyDescriptor": ["Object.getOwnPropertyDescriptor({ a: 1 }, key('a'))"],
    "Object.groupBy": ["Object.groupBy(iter(1, 2, 3), fn((x) => key(x > 1 ? 'big' : 'small')))"],
    "Object.hasOwn": ["Object.hasOwn({ a: 1 }, key('a'))"],
    "Object.prototype.__defineGetter__": ["(o => (o.__defineGetter__(key('a'), fn(() => 5)), o.a))({})"],
    "Object.prototype.__defineSetter__": ["(o => (o.__defineSetter__(key('a'), fn(() => 5)), o.a = 1))({})"],
    "Object.prototype.__lookupGetter__": ["typeof get({}, 'a', 1).__lookupGetter__(key('a'))"],
    "Object.prototype.__lookupSetter__": ["typeof get({}, 'a', 1).__lookupSetter__(key('a'))"],
    "Object.prototype.hasOwnProperty": ["({ a: 1 }).hasOwnProperty(key('a'))"],
    "Object.prototype.propertyIsEnumerable": ["({ a: 1 }).propertyIsEnumerable(key('a'))"],
    "Object.prototype.toString": ["Object.prototype.toString.call(get({}, Symbol.toStringTag, 'Tag'))"],
    "Object.prototype.toLocaleString": ["({ toString: fn(() => 'text') }).toLocaleString()"],
    "Function.prototype.apply": ["Math.max.apply(null, like(1, num(2)))"],
    "Function.prototype.bind": [
      "(f => [f.name, f.length, f()])(get(get((a, b) => stop(7), 'name', 'n'), 'length', 5).bind(null, 1))"
    ],
    "Function.prototype[Symbol.hasInstance]": [
      "Function.prototype[Symbol.hasInstance].call(get(() => 1, 'prototype', {}), [])",
      "({}) instanceof { [Symbol.hasInstance]: fn(() => 1) }",
    ],
    "Reflect.apply": ["Reflect.apply(fn((a, b) => a + b), null, like(1, 2))"],
    "Reflect.construct": ["Reflect.construct(fn(function (a) { this.a = a; }), like(1))"],
    "Reflect.defineProperty": ["Reflect.defineProperty({}, key('a'), get({}, 'value', 1))"],
    "Reflect.deleteProperty": ["Reflect.deleteProperty({ a: 1 }, key('a'))"],
    "Reflect.get": ["Reflect.get(get({}, 'a', 1), key('a'))", "Reflect.get(get({}, 'a', 1), key('a'), {})"],
    "Reflect.getOwnPropertyDescriptor": ["Reflect.getOwnPropertyDescriptor({ a: 1 }, key('a'))"],
    "Reflect.has": ["Reflect.has({ a: 1 }, key('a'))"],
    "Reflect.set": ["(o => [Reflect.set(o, key('a'), 7), o.a])(get({}, 'a', 1))"],
  ]

  private static let texts: [String: [String]] = {
    var result: [String: [String]] = [
      "String": ["String(str('x'))", "new String(str('x')).length"],
      "String.fromCharCode": ["String.fromCharCode(num(65), num(66))"],
      "String.fromCodePoint": ["String.fromCodePoint(num(65), num(128512))"],
      "String.raw": ["String.raw(get({}, 'raw', like('a', str('b'))), str('-'))"],
      "String.prototype.concat": ["'a'.concat(str('b'), str('c'))"],
      "String.prototype.replace": [
        "String.prototype.replace.call(str('abcb'), str('b'), fn(() => str('x')))",
        "'abc'.replace({ [Symbol.replace]: fn(() => 'own') }, 'x')",
      ],
      "String.prototype.replaceAll": ["String.prototype.replaceAll.call(str('abcb'), str('b'), fn(() => str('x')))"],
      "String.prototype.split": [
        "String.prototype.split.call(str('a-b-c'), str('-'), num(2))",
        "'abc'.split({ [Symbol.split]: fn(() => 'own') })",
      ],
      "String.prototype.repeat": ["String.prototype.repeat.call(str('ab'), num(2))"],
      "String.prototype.normalize": ["String.prototype.normalize.call(str('e\\u0301'), str('NFC')).length"],
      "String.prototype[Symbol.iterator]": ["[...String.prototype[Symbol.iterator].call(str('ab'))]"],
      "Number": ["Number(num(5))", "new Number(num(5)).toFixed(1)"],
      "Number.prototype.toFixed": ["(5).toFixed(num(2))"],
      "Number.prototype.toExponential": ["(5).toExponential(num(2))"],
      "Number.prototype.toPrecision": ["(5).toPrecision(num(2))"],
      "Number.prototype.toString": ["(5).toString(num(2))"],
      "Boolean": [
        "Reflect.construct(Boolean, [1], get(function () {}.bind(), 'prototype', Array.prototype)) instanceof Array"
      ],
      "Symbol": ["Symbol(str('x')).toString()"],
      "Symbol.for": ["Symbol.for(str('x')).toString()"],
      "BigInt": ["BigInt(num(5)).toString()"],
      "BigInt.asIntN": ["BigInt.asIntN(num(3), str('x') && { valueOf() { return stop(true); } }).toString()"],
      "BigInt.asUintN": ["BigInt.asUintN(num(3), { valueOf() { return stop('12'); } }).toString()"],
      "BigInt.prototype.toString": ["BigInt(255).toString(num(16))"],
      "parseInt": ["parseInt(str('12'), num(8))"], "parseFloat": ["parseFloat(str('1.5'))"],
      "isNaN": ["isNaN(num(NaN))"], "isFinite": ["isFinite(num(1))"],
      "encodeURI": ["encodeURI(str('a b'))"], "encodeURIComponent": ["encodeURIComponent(str('a b'))"],
      "decodeURI": ["decodeURI(str('a%20b'))"], "decodeURIComponent": ["decodeURIComponent(str('a%20b'))"],
      "escape": ["escape(str('a b'))"], "unescape": ["unescape(str('a%20b'))"],
    ]
    for name in ["at", "charAt", "charCodeAt", "codePointAt", "slice", "substr", "substring"] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str('hello'), num(1), num(3))"]
    }
    for name in ["endsWith", "includes", "indexOf", "lastIndexOf", "startsWith", "localeCompare"] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str('hello'), str('l'), num(2))"]
    }
    for name in ["padEnd", "padStart"] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str('ab'), num(5), str('xy'))"]
    }
    for name in [
      "trim", "trimEnd", "trimStart", "toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase",
      "isWellFormed", "toWellFormed",
    ] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str(' Ab '))"]
    }
    for name in ["big", "blink", "bold", "fixed", "italics", "small", "strike", "sub", "sup"] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str('a'))"]
    }
    for name in ["anchor", "fontcolor", "fontsize", "link"] {
      result["String.prototype.\(name)"] = ["String.prototype.\(name).call(str('a'), str('b\"c'))"]
    }
    for name in ["escape", "unescape"] { result[name] = ["\(name)(str('a b%20'))"] }
    return result
  }()

  private static let collections: [String: [String]] = fixedCollections.merging(setMethods) { a, _ in a }

  private static let setMethods: [String: [String]] = {
    var result: [String: [String]] = [:]
    for name in [
      "union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom",
    ] {
      let other = "{ size: num(2), has: fn((x) => x === 2), keys: fn(() => steps(2, 3)) }"
      result["Set.prototype.\(name)"] = [
        "new Set([1, 2]).\(name)(\(other))", "new Set([1, 2, 3]).\(name)(get(\(other), 'size', 2))",
      ]
    }
    return result
  }()

  private static let fixedCollections: [String: [String]] = [
    "Map.prototype.getOrInsertComputed": ["new Map([[1, 2]]).getOrInsertComputed(2, fn((k) => k + 1))"],
    "WeakMap.prototype.getOrInsertComputed": ["new WeakMap().getOrInsertComputed({}, fn(() => 1))"],
    "Map": ["new Map(iter(like('a', 1), ['b', 2])).get('a')", "attempt(() => new Map(iter(1)))"],
    "Set": ["new Set(iter(1, 2, 1)).size"],
    "WeakMap": ["(k => new WeakMap(iter(like(k, 1))).get(k))({})"],
    "WeakSet": ["(k => new WeakSet(iter(k)).has(k))({})"],
    "WeakRef": [
      "Reflect.construct(WeakRef, [Math], get(function () {}.bind(), 'prototype', WeakRef.prototype)).deref() === Math"
    ],
    "Map.groupBy": ["Map.groupBy(iter(1, 2, 3), fn((x) => x % 2))"],
    "Map.prototype.forEach": ["new Map([['a', 1], ['b', 2]]).forEach(fn((v, k) => console.log(k, v)))"],
    "Set.prototype.forEach": ["new Set([1, 2]).forEach(fn((v) => console.log(v)))"],
    "JSON.parse": ["JSON.parse(str('{\"a\":[1,2]}'), fn((k, v) => typeof v === 'number' ? v + 1 : v))"],
    "JSON.stringify": [
      "JSON.stringify(get({ b: { toJSON: fn(() => 5) }, c: [str('x')] }, 'a', 1), fn((k, v) => v), num(1))",
      "JSON.stringify({ a: 1, b: 2 }, [Object.assign(new String('x'), { toString: fn(() => 'a') })])",
      "JSON.stringify(get({}, 'a', [get({}, 'b', 1)]), null, new String('--'))",
    ],
  ]

  private static let iterators: [String: [String]] = {
    var result: [String: [String]] = [
      "Array Iterator.prototype.next": ["[...Array.prototype.values.call(like(1, 2))]"],
      "Iterator": [
        "Reflect.construct(Iterator, [], get(function () {}.bind(), 'prototype', Iterator.prototype)) instanceof Iterator"
      ],
      "Iterator.from": [
        "Iterator.from(iter(1, 2)).toArray()", "[...Iterator.from(get({}, 'next', fn(() => ({ done: true }))))]",
      ],
      "Iterator.concat": ["Iterator.concat(iter(1), iter(2, 3)).toArray()"],
      "Iterator.prototype.take": ["steps(1, 2, 3).take(num(2)).toArray()"],
      "Iterator.prototype.drop": ["steps(1, 2, 3).drop(num(2)).toArray()"],
      "Iterator.prototype.flatMap": ["steps(1, 2).flatMap(fn((x) => iter(x, x))).toArray()"],
      "Iterator.prototype.reduce": ["steps(1, 2).reduce(fn((a, b) => a + b))"],
      "Iterator.prototype.toArray": ["steps(1, 2).toArray()"],
      "Iterator.prototype.forEach": ["steps(1, 2).forEach(fn((x) => console.log(x)))"],
      "Iterator Helper.prototype.next": ["steps(1).map(fn((x) => x)).next()"],
      "Iterator Helper.prototype.return": ["steps(1).map(fn((x) => x)).return()"],
      "Wrap for valid Iterator.prototype.next": ["Iterator.from({ next: fn(() => ({ done: true })) }).next()"],
      "Wrap for valid Iterator.prototype.return": [
        "Iterator.from({ next() {}, return: fn(() => ({ done: true })) }).return()"
      ],
      "Iterator.prototype.constructor": [
        "(i => { i.constructor = 1; return Object.keys(i); })(Object.create(Iterator.prototype, { constructor: { set: fn(() => 1), configurable: true } }))"
      ],
      "Iterator.prototype[Symbol.toStringTag]": [
        "(i => { i[Symbol.toStringTag] = 1; })(Object.create(Iterator.prototype, { [Symbol.toStringTag]: { set: fn(() => 1), configurable: true } }))"
      ],
    ]
    for name in ["map", "filter", "some", "every", "find"] {
      let call = "steps(1, 2).\(name)(\(callback))"
      result["Iterator.prototype.\(name)"] = [name == "map" || name == "filter" ? call + ".toArray()" : call]
    }
    return result
  }()

  private static let others: [String: [String]] = [
    "Error": ["new Error(str('m'), get({}, 'cause', 1)).cause"],
    "AggregateError": ["new AggregateError(iter(1, 2), str('m'), get({}, 'cause', 1)).errors"],
    "TypeError": ["new TypeError(str('m')).message"], "RangeError": ["new RangeError(str('m')).message"],
    "ReferenceError": ["new ReferenceError(str('m')).message"], "SyntaxError": ["new SyntaxError(str('m')).message"],
    "EvalError": ["new EvalError(str('m')).message"], "URIError": ["new URIError(str('m')).message"],
    "Error.prototype.toString": ["Error.prototype.toString.call(get(get({}, 'name', str('N')), 'message', str('m')))"],
    "fs.readFile": ["fs.readFile(str('x'))"], "fs.writeFile": ["fs.writeFile(str('x'), str('y'))"],
    "fs.listFiles": ["fs.listFiles(str('.'), get(get({}, 'recursive', num(1)), 'filter', str('*')))"],
    "structuredClone": [
      "structuredClone(get({ d: new Date(0) }, 'a', [1, get({}, 'b', new Map([[1, new Set([2])]]))]))"
    ],
    "Date": ["new Date(num(2020), num(1), num(2)).getMonth()", "new Date(num(5)).getTime()"],
    "Date.parse": ["Date.parse(str('2020-01-01'))"], "Date.UTC": ["Date.UTC(num(2020), num(1))"],
    "Date.prototype.toJSON": ["Date.prototype.toJSON.call({ valueOf: fn(() => 1), toISOString: fn(() => 'iso') })"],
    "Date.prototype[Symbol.toPrimitive]": ["Date.prototype[Symbol.toPrimitive].call(str('x'), 'string')"],
  ]
}

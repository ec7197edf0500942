/// The names that every tree interns first, so that their ids are constants.
///
/// The reserved words come first, in the order of their token kinds.
@frozen
public enum WellKnownName: UInt8, CaseIterable, Sendable {
  case `break` = 1
  case `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export, extends,
    `false`, finally, `for`, function, `if`, `import`, `in`, instanceof, new, null, `return`, `super`, `switch`, this,
    `throw`, `true`, `try`, typeof, `var`, void, `while`, with
  // Reserved in strict mode only.
  case implements, interface, `let`, package, `private`, protected, `public`, `static`, yield
  // Reserved in some places.
  case await, arguments, eval
  // Words with a meaning in some places.
  case async, of, get, set, target, meta, from, constructor, prototype, proto, useStrict
  case `as`, satisfies, type, declare, abstract, namespace, module, global, readonly, override, accessor, keyof,
    unique, infer, `is`, asserts, any, unknown, never, undefined, object, string, number, boolean, symbol, bigint,
    require, out, using
  // Names that compilers give to functions.
  case star, main

  /// The strings in order. Asking an enumeration for the names of its cases takes a tenth of the start of a session.
  private static let texts: [Substring] = """
    break case catch class const continue debugger default delete do else enum export extends false finally for
    function if import in instanceof new null return super switch this throw true try typeof var void while with
    implements interface let package private protected public static yield await arguments eval async of get set
    target meta from constructor prototype __proto__ use_strict as satisfies type declare abstract namespace
    module global readonly override accessor keyof unique infer is asserts any unknown never undefined object
    string number boolean symbol bigint require out using * main
    """.split { $0 == " " || $0 == "\n" }

  /// The string itself.
  public var text: String { self == .useStrict ? "use strict" : String(Self.texts[Int(rawValue) - 1]) }

  static let lastReserved = WellKnownName.with
  static let lastStrictReserved = WellKnownName.yield
}

extension NameID {
  /// The constant id of a well-known name.
  @inlinable
  public init(_ name: WellKnownName) {
    self.init(index: UInt32(name.rawValue))
  }

  public static var arguments: NameID { NameID(.arguments) }
  public static var eval: NameID { NameID(.eval) }
  public static var constructor: NameID { NameID(.constructor) }
  public static var prototype: NameID { NameID(.prototype) }
  public static var undefined: NameID { NameID(.undefined) }
  /// `__proto__`.
  public static var proto: NameID { NameID(.proto) }
  /// `default`.
  public static var `default`: NameID { NameID(.default) }

  /// The well-known name that this id stands for, if any.
  @inlinable
  public var wellKnown: WellKnownName? {
    index < 256 ? WellKnownName(rawValue: UInt8(index)) : nil
  }
}

// String, Number, Symbol and Math: the general forms convert their operands, then call the native form again.

// `this` and the arguments are numbers.
function WithNumbers(...values) {
  const list = %ListCreate();
  for (let i = 0; i < values.length; i++) %ListAppend(list, +values[i]);
  return %CallSpread(%Callee(), this, list);
}

// The first argument is a number; others are not looked at.
function WithNumber(value) {
  const number = +value;
  return %Call(%Callee(), this, number);
}

function WithTwoNumbers(a, b) {
  const first = +a;
  return %Call(%Callee(), this, first, +b);
}

// On the text of `this`, without arguments.
function TextAlone() {
  return %Call(%Callee(), `${this}`);
}

// On the text of `this`; a number follows.
function TextWithNumber(a) {
  const text = `${this}`;
  return %Call(%Callee(), text, +a);
}

// On the text of `this`; a text follows, undefined stays undefined.
function TextWithText(a) {
  const text = `${this}`;
  return %Call(%Callee(), text, a === undefined ? a : `${a}`);
}

function LocaleCompare(other) {
  const text = `${this}`;
  return %Call(%Callee(), text, `${other}`);
}

// padStart and padEnd: the filler is converted only when there is something to fill.
function TextPadded(maxLength, filler) {
  const text = `${this}`;
  const length = %ToLength(+maxLength);
  if (length <= text.length) return text;
  const between = filler === undefined ? filler : `${filler}`;
  return %Call(%Callee(), text, length, between);
}

// On the text of `this`; numbers follow, undefined stays undefined.
function TextWithNumbers(a, b) {
  const text = `${this}`;
  const first = a === undefined ? a : +a;
  const second = b === undefined ? b : +b;
  return %Call(%Callee(), text, first, second);
}

// On the text of `this`; a text and a number follow.
function TextWithTextAndNumber(a, b) {
  const text = `${this}`;
  const first = `${a}`;
  const second = b === undefined ? b : +b;
  return %Call(%Callee(), text, first, second);
}

// As TextWithTextAndNumber, for functions that take no regular expression.
function TextWithPlainTextAndNumber(a, b) {
  const text = `${this}`;
  if (IsRegExp(a)) %ThrowRegularExpressionArgument();
  const first = `${a}`;
  const second = b === undefined ? b : +b;
  return %Call(%Callee(), text, first, second);
}

// On the text of `this`; texts follow.
function TextWithTexts(...values) {
  const text = `${this}`;
  const list = %ListCreate();
  for (let i = 0; i < values.length; i++) %ListAppend(list, values[i] === undefined ? undefined : `${values[i]}`);
  return %CallSpread(%Callee(), text, list);
}

// A function of one text, such as the URI functions.
function OfText(value) {
  const text = `${value}`;
  return %Call(%Callee(), undefined, text);
}

function ParseInt(value, radix) {
  const text = `${value}`;
  return %Call(%Callee(), undefined, text, +radix);
}

function ParseFloat(value) {
  const text = `${value}`;
  return %Call(%Callee(), undefined, text);
}

function StringConstructor(value) {
  let text = "";
  if (%ArgumentCount() > 0) {
    if (new.target === undefined && typeof value === "symbol") return %SymbolText(value);
    text = `${value}`;
  }
  if (new.target === undefined) return text;
  return %WrapperCreate(text, new.target.prototype);
}

function NumberConstructor(value) {
  let number = 0;
  if (%ArgumentCount() > 0) {
    const primitive = ToPrimitive(value, "number");
    number = %IsBigInt(primitive) ? %BigIntToNumber(primitive) : +primitive;
  }
  if (new.target === undefined) return number;
  return %WrapperCreate(number, new.target.prototype);
}

// Only for a new.target whose prototype is behind an accessor.
function BooleanConstructor(value) {
  return %WrapperCreate(!!value, new.target.prototype);
}

function SymbolConstructor(description) {
  const text = `${description}`;
  return %Call(%Callee(), undefined, text);
}

function NumberMethod(digits) {
  return %Call(%Callee(), this, +digits);
}

function NumberToLocaleString() {
  return %NumberWithGroups(%ThisNumber(this));
}

function StringRaw(template, ...substitutions) {
  const cooked = %ToObject(template);
  const literals = %ToObject(cooked.raw);
  const count = LengthOfArrayLike(literals);
  let text = "";
  for (let i = 0; i < count; i++) {
    text += `${literals[i]}`;
    if (i + 1 < count && i < substitutions.length) text += `${substitutions[i]}`;
  }
  return text;
}

function StringSplit(separator, limit) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(separator)) {
    const splitter = separator[%SymbolSplit()];
    if (splitter !== undefined && splitter !== null) return %Call(splitter, separator, this, limit);
  }
  const text = `${this}`;
  const count = limit === undefined ? 4294967295 : limit >>> 0;
  const between = separator === undefined ? separator : `${separator}`;
  return %Call(%Callee(), text, between, count);
}

function StringReplace(searched, replacement) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(searched)) {
    const replacer = searched[%SymbolReplace()];
    if (replacer !== undefined && replacer !== null) return %Call(replacer, searched, this, replacement);
  }
  const text = `${this}`;
  const wanted = `${searched}`;
  if (!%IsCallable(replacement)) return %Call(%Callee(), text, wanted, `${replacement}`);
  const position = %StringIndexOf(text, wanted, 0);
  if (position < 0) return text;
  const replaced = `${%Call(replacement, undefined, wanted, position, text)}`;
  return %Substring(text, 0, position) + replaced + %Substring(text, position + wanted.length, text.length);
}

function StringReplaceAll(searched, replacement) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(searched)) {
    if (IsRegExp(searched)) {
      const flags = searched.flags;
      if (flags === undefined || flags === null) {
        %ThrowTypeError("String.prototype.replaceAll called with a pattern whose flags are " + %Describe(flags));
      }
      if (!HasFlag(`${flags}`, "g")) %ThrowTypeError("String.prototype.replaceAll called with a non-global RegExp argument");
    }
    const replacer = searched[%SymbolReplace()];
    if (replacer !== undefined && replacer !== null) return %Call(replacer, searched, this, replacement);
  }
  const text = `${this}`;
  const wanted = `${searched}`;
  if (!%IsCallable(replacement)) return %Call(%Callee(), text, wanted, `${replacement}`);
  const advance = wanted.length > 1 ? wanted.length : 1;
  let result = "";
  let end = 0;
  let position = %StringIndexOf(text, wanted, 0);
  while (position >= 0) {
    const replaced = `${%Call(replacement, undefined, wanted, position, text)}`;
    result += %Substring(text, end, position) + replaced;
    end = position + wanted.length;
    position = position + advance > text.length ? -1 : %StringIndexOf(text, wanted, position + advance);
  }
  return result + %Substring(text, end, text.length);
}

// Array.prototype.join and the like print numbers through this.
function NumberToString(radix) {
  return %Call(%Callee(), this, +radix);
}

function SymbolToPrimitive(hint) {
  return %ThisSymbol(this);
}

function MathSumPrecise(items) {
  %RequireIterable(items);
  const list = %ListCreate();
  for (const value of items) {
    if (typeof value !== "number") %ThrowTypeError(`${%Describe(value)} is not a number`);
    %ListAppend(list, value);
  }
  return %ExactSum(list);
}

// CreateHTML
function HTMLText(text, tag, attribute, value) {
  const content = `${text}`;
  if (attribute === "") return "<" + tag + ">" + content + "</" + tag + ">";
  let rest = `${value}`;
  let escaped = "";
  let quote = %StringIndexOf(rest, "\"", 0);
  while (quote >= 0) {
    escaped += %Substring(rest, 0, quote) + "&quot;";
    rest = %Substring(rest, quote + 1, rest.length);
    quote = %StringIndexOf(rest, "\"", 0);
  }
  return "<" + tag + " " + attribute + "=\"" + escaped + rest + "\">" + content + "</" + tag + ">";
}

function StringAnchor(value) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "a", "name", value);
}

function StringBig() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "big", "", "");
}

function StringBlink() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "blink", "", "");
}

function StringBold() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "b", "", "");
}

function StringFixed() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "tt", "", "");
}

function StringFontcolor(value) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "font", "color", value);
}

function StringFontsize(value) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "font", "size", value);
}

function StringItalics() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "i", "", "");
}

function StringLink(value) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "a", "href", value);
}

function StringSmall() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "small", "", "");
}

function StringStrike() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "strike", "", "");
}

function StringSub() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "sub", "", "");
}

function StringSup() {
  if (this === undefined || this === null) %ThrowNullReceiver();
  return HTMLText(this, "sup", "", "");
}

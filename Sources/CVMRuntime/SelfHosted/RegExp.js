// Regular expressions where code of the program may run: ECMA-262, 22.2.4 to 22.2.9.

function IsRegExp(value) {
  if (!%IsObject(value)) return false;
  const matcher = value[%SymbolMatch()];
  return matcher === undefined ? %IsRegExpObject(value) : !!matcher;
}

function RegExpConstructor(pattern, flags) {
  const isPattern = IsRegExp(pattern);
  let target = new.target;
  if (target === undefined) {
    target = %Callee();
    if (isPattern && flags === undefined && pattern.constructor === target) return pattern;
  }
  let source = pattern;
  let letters = flags;
  if (%IsRegExpObject(pattern)) {
    source = %RegExpSource(pattern);
    if (flags === undefined) letters = %RegExpFlagLetters(pattern);
  } else if (isPattern) {
    source = pattern.source;
    if (flags === undefined) letters = pattern.flags;
  }
  const prototype = target.prototype;
  const sourceText = source === undefined ? "" : `${source}`;
  return %RegExpCreate(sourceText, letters === undefined ? "" : `${letters}`, prototype);
}

function RegExpCompile(pattern, flags) {
  if (!%IsRegExpObject(this)) %ThrowIncompatible("RegExp.prototype.compile", this);
  let source = pattern;
  let letters = flags;
  if (%IsRegExpObject(pattern)) {
    if (flags !== undefined) %ThrowTypeError("Invalid flags: the pattern brings its own");
    source = %RegExpSource(pattern);
    letters = %RegExpFlagLetters(pattern);
  }
  const sourceText = source === undefined ? "" : `${source}`;
  return %RegExpReinitialize(this, sourceText, letters === undefined ? "" : `${letters}`);
}

// RegExpExec, 22.2.7.1
function RegExpExecOn(regExp, text) {
  const exec = regExp.exec;
  if (%IsCallable(exec)) {
    const result = %Call(exec, regExp, text);
    if (result !== null && !%IsObject(result)) %ThrowTypeError("the result of exec is neither an object nor null");
    return result;
  }
  if (!%IsRegExpObject(regExp)) %ThrowIncompatible("RegExp.prototype.exec", regExp);
  return %RegExpBuiltinExec(regExp, text, +regExp.lastIndex);
}

function RegExpExec(string) {
  const text = `${string}`;
  return %RegExpBuiltinExec(this, text, +this.lastIndex);
}

function RegExpTest(string) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.test", this);
  return RegExpExecOn(this, `${string}`) !== null;
}

function RegExpToString() {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.toString", this);
  const source = `${this.source}`;
  return "/" + source + "/" + `${this.flags}`;
}

function RegExpFlags() {
  if (!%IsObject(this)) %ThrowTypeError("RegExp.prototype.flags getter called on non-object " + %Describe(this));
  let flags = "";
  if (this.hasIndices) flags += "d";
  if (this.global) flags += "g";
  if (this.ignoreCase) flags += "i";
  if (this.multiline) flags += "m";
  if (this.dotAll) flags += "s";
  if (this.unicode) flags += "u";
  if (this.unicodeSets) flags += "v";
  if (this.sticky) flags += "y";
  return flags;
}

function HasFlag(flags, letter) {
  return %StringIndexOf(flags, letter, 0) >= 0;
}

function ReadsCodePoints(flags) {
  return HasFlag(flags, "u") || HasFlag(flags, "v");
}

function AdvanceStringIndex(text, index, readsCodePoints) {
  if (!readsCodePoints || index + 1 >= text.length) return index + 1;
  const first = text[index];
  if (first < "\ud800" || first > "\udbff") return index + 1;
  const second = text[index + 1];
  return second < "\udc00" || second > "\udfff" ? index + 1 : index + 2;
}

function RegExpMatch(string) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.@@match", this);
  const text = `${string}`;
  const flags = `${this.flags}`;
  if (!HasFlag(flags, "g")) return RegExpExecOn(this, text);
  const readsCodePoints = ReadsCodePoints(flags);
  this.lastIndex = 0;
  const matches = %ArrayCreate(0);
  let count = 0;
  while (true) {
    const result = RegExpExecOn(this, text);
    if (result === null) return count === 0 ? null : matches;
    const match = `${result[0]}`;
    %CreateDataProperty(matches, count, match);
    count++;
    if (match === "") this.lastIndex = AdvanceStringIndex(text, %ToLength(+this.lastIndex), readsCodePoints);
  }
}

function RegExpSpeciesConstructor(regExp) {
  const constructor = regExp.constructor;
  if (constructor === undefined) return %RegExpConstructorFunction();
  if (!%IsObject(constructor)) %ThrowTypeError("The .constructor property is not an object");
  const species = constructor[%SymbolSpecies()];
  if (species === undefined || species === null) return %RegExpConstructorFunction();
  if (!%IsConstructor(species)) %ThrowTypeError("object.constructor[Symbol.species] is not a constructor");
  return species;
}

function RegExpMatchAll(string) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.@@matchAll", this);
  const text = `${string}`;
  const constructor = RegExpSpeciesConstructor(this);
  const flags = `${this.flags}`;
  const matcher = %Construct(constructor, this, flags);
  matcher.lastIndex = %ToLength(+this.lastIndex);
  const bits = (HasFlag(flags, "g") ? 1 : 0) + (ReadsCodePoints(flags) ? 2 : 0);
  return %RegExpStringIterator(matcher, text, bits);
}

function RegExpStringIteratorNext() {
  if (!%IsObject(this) || !%IsRegExpStringIterator(this)) {
    %ThrowIncompatible("%RegExpStringIterator.prototype%.next", this);
  }
  const regExp = %RegExpStringIteratorTarget(this);
  if (regExp === undefined) return %IteratorResult(undefined, true);
  const text = %IteratorPosition(this);
  const bits = %IteratorKind(this);
  let isFinished = true;
  try {
    const match = RegExpExecOn(regExp, text);
    if (match === null) return %IteratorResult(undefined, true);
    if ((bits & 1) === 0) return %IteratorResult(match, false);
    if (`${match[0]}` === "") {
      regExp.lastIndex = AdvanceStringIndex(text, %ToLength(+regExp.lastIndex), (bits & 2) !== 0);
    }
    isFinished = false;
    return %IteratorResult(match, false);
  } finally {
    if (isFinished) %IteratorFinish(this);
  }
}

function RegExpSearch(string) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.@@search", this);
  const text = `${string}`;
  const previous = this.lastIndex;
  if (!IsSameValue(previous, 0)) this.lastIndex = 0;
  const result = RegExpExecOn(this, text);
  const current = this.lastIndex;
  if (!IsSameValue(current, previous)) this.lastIndex = previous;
  return result === null ? -1 : result.index;
}

// SameValue
function IsSameValue(left, right) {
  if (left === right) return left !== 0 || 1 / left === 1 / right;
  return left !== left && right !== right;
}

function RegExpSplit(string, limit) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.@@split", this);
  const text = `${string}`;
  const constructor = RegExpSpeciesConstructor(this);
  const flags = `${this.flags}`;
  const readsCodePoints = ReadsCodePoints(flags);
  const splitter = %Construct(constructor, this, HasFlag(flags, "y") ? flags : flags + "y");
  const parts = %ArrayCreate(0);
  const bound = limit === undefined ? 4294967295 : limit >>> 0;
  if (bound === 0) return parts;
  const size = text.length;
  if (size === 0) {
    if (RegExpExecOn(splitter, text) === null) %CreateDataProperty(parts, 0, text);
    return parts;
  }
  let count = 0;
  let start = 0;
  let index = 0;
  while (index < size) {
    splitter.lastIndex = index;
    const match = RegExpExecOn(splitter, text);
    let end = index;
    if (match !== null) {
      end = %ToLength(+splitter.lastIndex);
      if (end > size) end = size;
    }
    if (match === null || end === start) {
      index = AdvanceStringIndex(text, index, readsCodePoints);
      continue;
    }
    %CreateDataProperty(parts, count, %Substring(text, start, index));
    count++;
    if (count === bound) return parts;
    start = end;
    let groups = LengthOfArrayLike(match) - 1;
    if (groups < 0) groups = 0;
    for (let i = 1; i <= groups; i++) {
      %CreateDataProperty(parts, count, match[i]);
      count++;
      if (count === bound) return parts;
    }
    index = start;
  }
  %CreateDataProperty(parts, count, %Substring(text, start, size));
  return parts;
}

function RegExpReplace(string, replacement) {
  if (!%IsObject(this)) %ThrowIncompatible("RegExp.prototype.@@replace", this);
  const text = `${string}`;
  const isFunction = %IsCallable(replacement);
  const template = isFunction ? replacement : `${replacement}`;
  if (%IsPristineRegExp(this)) {
    if (isFunction) return RegExpReplaceByFunction(this, text, replacement);
    return %Call(%Callee(), this, text, template);
  }
  const flags = `${this.flags}`;
  const isGlobal = HasFlag(flags, "g");
  const readsCodePoints = ReadsCodePoints(flags);
  if (isGlobal) this.lastIndex = 0;
  const results = %ListCreate();
  while (true) {
    const result = RegExpExecOn(this, text);
    if (result === null) break;
    %ListAppend(results, result);
    if (!isGlobal) break;
    if (`${result[0]}` === "") {
      this.lastIndex = AdvanceStringIndex(text, %ToLength(+this.lastIndex), readsCodePoints);
    }
  }
  let accumulated = "";
  let next = 0;
  const count = results.length;
  for (let i = 0; i < count; i++) {
    const result = results[i];
    let groupCount = LengthOfArrayLike(result) - 1;
    if (groupCount < 0) groupCount = 0;
    const matched = `${result[0]}`;
    let position = %ToIntegerOrInfinity(+result.index);
    if (position < 0) position = 0;
    if (position > text.length) position = text.length;
    const captures = %ListCreate();
    %ListAppend(captures, matched);
    for (let n = 1; n <= groupCount; n++) {
      const capture = result[n];
      %ListAppend(captures, capture === undefined ? undefined : `${capture}`);
    }
    let named = result.groups;
    let replaced;
    if (isFunction) {
      %ListAppend(captures, position);
      %ListAppend(captures, text);
      if (named !== undefined) %ListAppend(captures, named);
      replaced = `${%CallSpread(template, undefined, captures)}`;
    } else {
      if (named !== undefined) named = %ToObject(named);
      replaced = GetSubstitution(matched, text, position, captures, groupCount, named, template);
    }
    if (position >= next) {
      accumulated += %Substring(text, next, position) + replaced;
      next = position + matched.length;
    }
  }
  if (next >= text.length) return accumulated;
  return accumulated + %Substring(text, next, text.length);
}

// All matches are found before the first call.
function RegExpReplaceByFunction(regExp, text, replacer) {
  const positions = %RegExpCollect(regExp, text);
  const stride = %RegExpPositionsPerMatch(regExp);
  const isSimple = stride === 2 && !%RegExpHasNamedGroups(regExp);
  const count = positions.length;
  let result = "";
  let end = 0;
  for (let i = 0; i < count; i += stride) {
    const start = positions[i];
    const next = positions[i + 1];
    let replaced;
    if (isSimple) {
      replaced = `${%Call(replacer, undefined, %Substring(text, start, next), start, text)}`;
    } else {
      replaced = `${%CallSpread(replacer, undefined, %RegExpReplacerArguments(regExp, text, positions, i, stride))}`;
    }
    result += %Substring(text, end, start) + replaced;
    end = next;
  }
  return count === 0 ? text : result + %Substring(text, end, text.length);
}

// 22.1.3.19.1; captures[0] is the match.
function GetSubstitution(matched, text, position, captures, groupCount, named, template) {
  const size = template.length;
  const end = position + matched.length;
  let result = "";
  let start = 0;
  let index = %StringIndexOf(template, "$", 0);
  while (index >= 0 && index + 1 < size) {
    const letter = template[index + 1];
    let part;
    let length = 2;
    if (letter === "$") {
      part = "$";
    } else if (letter === "&") {
      part = matched;
    } else if (letter === "`") {
      part = %Substring(text, 0, position);
    } else if (letter === "'") {
      part = end >= text.length ? "" : %Substring(text, end, text.length);
    } else if (letter >= "0" && letter <= "9") {
      let number = +letter;
      const second = index + 2 < size ? template[index + 2] : "";
      if (second >= "0" && second <= "9") {
        const both = number * 10 + +second;
        if (both >= 1 && both <= groupCount) {
          number = both;
          length = 3;
        }
      }
      if (number >= 1 && number <= groupCount) {
        part = captures[number];
        if (part === undefined) part = "";
      }
    } else if (letter === "<" && named !== undefined) {
      const close = %StringIndexOf(template, ">", index + 2);
      if (close >= 0) {
        const capture = named[%Substring(template, index + 2, close)];
        part = capture === undefined ? "" : `${capture}`;
        length = close + 1 - index;
      }
    }
    if (part !== undefined) {
      result += %Substring(template, start, index) + part;
      start = index + length;
      index = start < size ? %StringIndexOf(template, "$", start) : -1;
    } else {
      index = %StringIndexOf(template, "$", index + 1);
    }
  }
  return start < size ? result + %Substring(template, start, size) : result;
}

// String.prototype.match, matchAll and search.

function StringMatch(pattern) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(pattern)) {
    const matcher = pattern[%SymbolMatch()];
    if (matcher !== undefined && matcher !== null) return %Call(matcher, pattern, this);
  }
  const text = `${this}`;
  const regExp = %RegExpCreate(pattern === undefined ? "" : `${pattern}`, "", undefined);
  return %Call(regExp[%SymbolMatch()], regExp, text);
}

function StringMatchAll(pattern) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(pattern)) {
    if (IsRegExp(pattern)) {
      const flags = pattern.flags;
      if (flags === undefined || flags === null) %ThrowTypeError("String.prototype.matchAll called with a pattern whose flags are " + %Describe(flags));
      if (!HasFlag(`${flags}`, "g")) {
        %ThrowTypeError("String.prototype.matchAll called with a non-global RegExp argument");
      }
    }
    const matcher = pattern[%SymbolMatchAll()];
    if (matcher !== undefined && matcher !== null) return %Call(matcher, pattern, this);
  }
  const text = `${this}`;
  const regExp = %RegExpCreate(pattern === undefined ? "" : `${pattern}`, "g", undefined);
  return %Call(regExp[%SymbolMatchAll()], regExp, text);
}

function StringSearch(pattern) {
  if (this === undefined || this === null) %ThrowNullReceiver();
  if (%IsObject(pattern)) {
    const searcher = pattern[%SymbolSearch()];
    if (searcher !== undefined && searcher !== null) return %Call(searcher, pattern, this);
  }
  const text = `${this}`;
  const regExp = %RegExpCreate(pattern === undefined ? "" : `${pattern}`, "", undefined);
  return %Call(regExp[%SymbolSearch()], regExp, text);
}

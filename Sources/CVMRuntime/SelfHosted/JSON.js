// JSON with revivers, replacers, toJSON and accessors. Explicit stacks: nesting is bounded by memory only.

function JSONParse(text, reviver) {
  const value = %JSONParseText(`${text}`);
  // Only in the dialect cvm1.
  if (value === undefined) return null;
  return %IsCallable(reviver) ? Revive(value, reviver) : value;
}

// InternalizeJSONProperty, children first. The stack holds holder, key, value, keys and position of each level.
function Revive(root, reviver) {
  const stack = %ListCreate();
  let holder = %ObjectCreate();
  %CreateDataProperty(holder, "", root);
  let key = "";
  let value = root;
  let keys = %IsObject(value) ? ReviveKeys(value) : undefined;
  let position = 0;
  while (true) {
    if (keys !== undefined && position < keys.length) {
      const childKey = keys[position];
      position++;
      const child = value[childKey];
      %ListAppend(stack, holder);
      %ListAppend(stack, key);
      %ListAppend(stack, value);
      %ListAppend(stack, keys);
      %ListAppend(stack, position);
      holder = value;
      key = childKey;
      value = child;
      keys = %IsObject(value) ? ReviveKeys(value) : undefined;
      position = 0;
      continue;
    }
    const revived = %Call(reviver, holder, key, value);
    if (stack.length === 0) return revived;
    if (revived === undefined) %DeleteProperty(holder, key);
    else %CreateDataProperty(holder, key, revived);
    position = %ListPop(stack);
    keys = %ListPop(stack);
    value = %ListPop(stack);
    key = %ListPop(stack);
    holder = %ListPop(stack);
  }
}

function ReviveKeys(value) {
  if (!%IsArray(value)) return EnumerableOwnNames(value);
  const length = LengthOfArrayLike(value);
  const keys = %ListCreate();
  for (let i = 0; i < length; i++) %ListAppend(keys, `${i}`);
  return keys;
}

function EnumerableOwnNames(object) {
  const all = %OwnStringKeys(object);
  const keys = %ListCreate();
  for (let i = 0; i < all.length; i++) if (%IsEnumerableOwn(object, all[i])) %ListAppend(keys, all[i]);
  return keys;
}

function JSONStringify(value, replacer, space) {
  let replace = undefined;
  let allowed = undefined;
  if (%IsCallable(replacer)) replace = replacer;
  else if (%IsArray(replacer)) allowed = AllowedNames(replacer);
  const gap = JSONGap(space);
  const holder = %ObjectCreateInternal();
  %CreateDataProperty(holder, "", value);
  return Serialize(holder, value, replace, allowed, gap);
}

function AllowedNames(replacer) {
  const names = %ListCreate();
  const length = LengthOfArrayLike(replacer);
  for (let i = 0; i < length; i++) {
    const item = replacer[i];
    let name = undefined;
    if (typeof item === "string") name = item;
    else if (typeof item === "number" || %IsStringOrNumberObject(item)) name = `${item}`;
    if (name !== undefined && !%ListIncludes(names, name)) %ListAppend(names, name);
  }
  return names;
}

function JSONGap(space) {
  let value = space;
  if (%IsObject(value)) {
    const tag = %BuiltinTag(value);
    if (tag === "Number") value = +value;
    else if (tag === "String") value = `${value}`;
  }
  if (typeof value === "number") {
    const count = %ToIntegerOrInfinity(value);
    return count < 1 ? "" : %Substring("          ", 0, count > 10 ? 10 : count);
  }
  return typeof value === "string" ? %Substring(value, 0, 10) : "";
}

// The value that is written for a property: after toJSON, the replacer and unwrapping.
function PrepareValue(holder, key, original, replace) {
  let value = original;
  if (%IsObject(value) || %IsBigInt(value)) {
    const toJSON = value.toJSON;
    if (%IsCallable(toJSON)) value = %Call(toJSON, value, key);
  }
  if (replace !== undefined) value = %Call(replace, holder, key, value);
  if (%IsObject(value)) {
    const tag = %WrapperTag(value);
    if (tag === "Number") return +value;
    if (tag === "String") return `${value}`;
    if (tag === "Boolean") return %ThisBoolean(value);
    if (tag === "BigInt") return %ThisBigInt(value);
  }
  return value;
}

// The text of a value that is no object to descend into; undefined when nothing is written.
function PrimitiveText(value) {
  if (value === null) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  if (typeof value === "string") return %QuoteJSON(value);
  if (typeof value === "number") return %IsFinite(value) ? `${value}` : "null";
  if (%IsBigInt(value)) %ThrowTypeError("Do not know how to serialize a BigInt");
  return undefined;
}

// The stack holds, for each enclosing level: object, keys (or length of an array), position, whether something was
// written, and its indentation.
function Serialize(root, rootValue, replace, allowed, gap) {
  const first = PrepareValue(root, "", rootValue, replace);
  if (!%IsObject(first) || %IsCallable(first)) return PrimitiveText(first);
  const stack = %ListCreate();
  // The objects being written, as a list with the key that led to each, and as a set.
  const open = %ListCreate();
  const path = %ListCreate();
  const openSet = %ObjectSetCreate();
  let object = first;
  let isArray = %IsArray(object);
  let keys = isArray ? undefined : allowed === undefined ? EnumerableOwnNames(object) : allowed;
  let count = isArray ? LengthOfArrayLike(object) : keys.length;
  let position = 0;
  let wrote = false;
  let indent = gap;
  let out = isArray ? "[" : "{";
  %ListAppend(open, object);
  %ListAppend(path, "");
  %ObjectSetAdd(openSet, object);
  while (true) {
    if (position < count) {
      const key = isArray ? `${position}` : keys[position];
      position++;
      const value = PrepareValue(object, key, object[key], replace);
      const descends = %IsObject(value) && !%IsCallable(value);
      let text = undefined;
      if (!descends) {
        text = PrimitiveText(value);
        if (text === undefined) {
          if (!isArray) continue;
          text = "null";
        }
      }
      if (wrote) out += ",";
      wrote = true;
      if (gap !== "") out += "\n" + indent;
      if (!isArray) out += %QuoteJSON(key) + (gap === "" ? ":" : ": ");
      if (!descends) {
        out += text;
        continue;
      }
      if (%ObjectSetHas(openSet, value)) %ThrowCircularJSON(open, path, value, key);
      %ListAppend(stack, object);
      %ListAppend(stack, isArray);
      %ListAppend(stack, keys);
      %ListAppend(stack, count);
      %ListAppend(stack, position);
      %ListAppend(stack, indent);
      object = value;
      %ListAppend(open, object);
      %ListAppend(path, key);
      %ObjectSetAdd(openSet, object);
      isArray = %IsArray(object);
      keys = isArray ? undefined : allowed === undefined ? EnumerableOwnNames(object) : allowed;
      count = isArray ? LengthOfArrayLike(object) : keys.length;
      position = 0;
      wrote = false;
      indent += gap;
      out += isArray ? "[" : "{";
      continue;
    }
    %ListPop(path);
    %ObjectSetRemove(openSet, %ListPop(open));
    const outer = stack.length === 0 ? "" : stack[stack.length - 1];
    if (wrote && gap !== "") out += "\n" + outer;
    out += isArray ? "]" : "}";
    if (stack.length === 0) return out;
    indent = %ListPop(stack);
    position = %ListPop(stack);
    count = %ListPop(stack);
    keys = %ListPop(stack);
    isArray = %ListPop(stack);
    object = %ListPop(stack);
    wrote = true;
  }
}

// JSON with revivers, replacers, toJSON and accessors. Explicit stacks: nesting is bounded by memory only.

function JSONParse(text, reviver) {
  const value = %JSONParseText(`${text}`);
  // Only in the dialect cvm1.
  if (value === undefined) return null;
  return %IsCallable(reviver) ? Revive(value, reviver) : value;
}

// InternalizeJSONProperty, children first. The stack holds, for each enclosing level, what holds its object under which
// key, the keys (undefined for arrays), their number and the position.
function Revive(root, reviver) {
  let holder = %ObjectCreate();
  %CreateDataProperty(holder, "", root);
  if (!%IsObject(root)) return %Call(reviver, holder, "", root);
  const stack = %ListCreate();
  let holderKey = "";
  let object = root;
  let keys = %IsArray(object) ? undefined : %EnumerableNames(object);
  let count = keys === undefined ? LengthOfArrayLike(object) : keys.length;
  let position = 0;
  while (true) {
    if (position < count) {
      const key = keys === undefined ? `${position}` : keys[position];
      const value = object[key];
      position++;
      if (%IsObject(value)) {
        %ListPush(stack, holder, holderKey, keys, count, position);
        holder = object;
        holderKey = key;
        object = value;
        keys = %IsArray(object) ? undefined : %EnumerableNames(object);
        count = keys === undefined ? LengthOfArrayLike(object) : keys.length;
        position = 0;
      } else {
        %StoreRevived(object, key, %Call(reviver, object, key, value));
      }
    } else {
      const revived = %Call(reviver, holder, holderKey, object);
      if (stack.length === 0) return revived;
      %StoreRevived(holder, holderKey, revived);
      object = holder;
      const level = stack.length - 5;
      holder = stack[level];
      holderKey = stack[level + 1];
      keys = stack[level + 2];
      count = stack[level + 3];
      position = stack[level + 4];
      %ListCut(stack, level);
    }
  }
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

// The stack holds, for each enclosing level: object, keys (or length of an array), position, whether something was
// written, and its indentation.
function Serialize(root, rootValue, replace, allowed, gap) {
  const first = PrepareValue(root, "", rootValue, replace);
  const firstKind = %JSONKind(first);
  if (firstKind === 0) return undefined;
  if (firstKind === 1) return %JSONMember(false, "", undefined, first);
  const stack = %ListCreate();
  // The objects being written, as a list with the key that led to each, and as a set.
  const open = %ListCreate();
  const path = %ListCreate();
  const openSet = %ObjectSetCreate();
  let object = first;
  let isArray = %IsArray(object);
  let keys = isArray ? undefined : allowed === undefined ? %EnumerableNames(object) : allowed;
  let count = isArray ? LengthOfArrayLike(object) : keys.length;
  let position = 0;
  let wrote = false;
  let lead = gap === "" ? "" : "\n" + gap;
  let out = isArray ? "[" : "{";
  %ListAppend(open, object);
  %ListAppend(path, "");
  %ObjectSetAdd(openSet, object);
  while (true) {
    if (position < count) {
      const key = isArray ? `${position}` : keys[position];
      position++;
      let value = PrepareValue(object, key, object[key], replace);
      let kind = %JSONKind(value);
      if (kind === 0) {
        if (!isArray) continue;
        value = null;
        kind = 1;
      }
      out += %JSONMember(wrote, lead, isArray ? undefined : key, value);
      wrote = true;
      if (kind === 1) continue;
      if (%ObjectSetHas(openSet, value)) %ThrowCircularJSON(open, path, value, key);
      %ListPush(stack, object, isArray, keys, count, position, lead);
      object = value;
      %ListAppend(open, object);
      %ListAppend(path, key);
      %ObjectSetAdd(openSet, object);
      isArray = %IsArray(object);
      keys = isArray ? undefined : allowed === undefined ? %EnumerableNames(object) : allowed;
      count = isArray ? LengthOfArrayLike(object) : keys.length;
      position = 0;
      wrote = false;
      lead += gap;
      out += isArray ? "[" : "{";
      continue;
    }
    %ListPop(path);
    %ObjectSetRemove(openSet, %ListPop(open));
    if (wrote && gap !== "") out += stack.length === 0 ? "\n" : stack[stack.length - 1];
    out += isArray ? "]" : "}";
    if (stack.length === 0) return out;
    const level = stack.length - 6;
    object = stack[level];
    isArray = stack[level + 1];
    keys = stack[level + 2];
    count = stack[level + 3];
    position = stack[level + 4];
    lead = stack[level + 5];
    %ListCut(stack, level);
    wrote = true;
  }
}

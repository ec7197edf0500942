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
  return Serialize(holder, replace, allowed, gap);
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

// The text of a holder's only property; undefined if there is none. The stack holds, for each enclosing level: object, whether
// it is an array, its keys, their number (or the length of an array), position, and indentation. The holder is the first
// level, which has neither brackets nor the names of members.
function Serialize(holder, replace, allowed, gap) {
  const stack = %ListCreate();
  // The objects being written, as a list with the key that led to each, and as a set.
  const open = %ListCreate();
  const path = %ListCreate();
  const openSet = %ObjectSetCreate();
  let object = holder;
  let isArray = false;
  let isNamed = false;
  let keys = %ListCreate();
  %ListAppend(keys, "");
  let count = 1;
  let position = 0;
  let wrote = false;
  let lead = "";
  let out = "";
  while (true) {
    if (position < count) {
      const key = isArray ? position : keys[position];
      position++;
      let value = object[key];
      let form = %JSONForm(value);
      if (form > 1) {
        const toJSON = value.toJSON;
        if (%IsCallable(toJSON)) {
          value = %Call(toJSON, value, `${key}`);
          form = %JSONForm(value);
        }
      }
      if (replace !== undefined) {
        value = %Call(replace, object, `${key}`, value);
        form = %JSONForm(value);
      }
      if (form === 3) {
        value = Unwrapped(value);
        form = %JSONForm(value);
      }
      if (form === 0 || form === 4) {
        if (!isArray) continue;
        value = null;
        form = 1;
      }
      out = %JSONAppend(out, wrote, lead, isNamed ? key : undefined, value);
      wrote = true;
      if (form !== 2 && form !== 3) continue;
      if (%ObjectSetHas(openSet, value)) %ThrowCircularJSON(open, path, value, `${key}`);
      %ListPush(stack, object, isArray, keys, count, position, lead);
      if (gap !== "") lead = lead === "" ? "\n" + gap : lead + gap;
      object = value;
      %ListAppend(open, object);
      %ListAppend(path, `${key}`);
      %ObjectSetAdd(openSet, object);
      isArray = %IsArray(object);
      isNamed = !isArray;
      keys = isArray ? undefined : allowed === undefined ? %EnumerableNames(object) : allowed;
      count = isArray ? LengthOfArrayLike(object) : keys.length;
      position = 0;
      wrote = false;
      out += isArray ? "[" : "{";
      continue;
    }
    if (stack.length === 0) return wrote ? out : undefined;
    %ListPop(path);
    %ObjectSetRemove(openSet, %ListPop(open));
    const bracket = isArray ? "]" : "}";
    const level = stack.length - 6;
    object = stack[level];
    isArray = stack[level + 1];
    isNamed = !isArray && level > 0;
    keys = stack[level + 2];
    count = stack[level + 3];
    position = stack[level + 4];
    lead = stack[level + 5];
    %ListCut(stack, level);
    if (wrote && gap !== "") out += lead === "" ? "\n" : lead;
    out += bracket;
    wrote = true;
  }
}

// The value of an object that stands for a primitive one.
function Unwrapped(object) {
  const tag = %WrapperTag(object);
  if (tag === "Number") return +object;
  if (tag === "String") return `${object}`;
  if (tag === "Boolean") return %ThisBoolean(object);
  if (tag === "BigInt") return %ThisBigInt(object);
  return object;
}

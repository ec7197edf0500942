// structuredClone: a copy of everything that a value reaches, each object once.

function StructuredClone(value) {
  if (%ArgumentCount() === 0) %ThrowTypeError("The \"value\" argument must be specified");
  return CloneValue(value, %MapCreate(null));
}

// What a clone of an object is made as: 0 a plain object, 1 an array, 2 a map, 3 a set, 4 a date, 5 a boxed primitive,
// 6 an error, 8 a regular expression; anything else can't be cloned.
function CloneValue(value, clones) {
  if (!%IsObject(value)) {
    if (typeof value === "symbol") %ThrowDataClone(value);
    return value;
  }
  const known = %MapGet(clones, value);
  if (known !== undefined) return known;
  const kind = %CloneKind(value);
  if (kind === 7) %ThrowDataClone(value);
  if (kind === 6) return CloneError(value, clones);
  const result = %CloneCreate(value, kind);
  %MapSet(clones, value, result);
  if (kind === 2) CloneMap(value, result, clones);
  else if (kind === 3) CloneSet(value, result, clones);
  else if (kind < 2) CloneProperties(value, result, clones);
  return result;
}

function CloneProperties(value, result, clones) {
  const keys = %OwnStringKeys(value);
  const count = keys.length;
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    if (%IsEnumerableOwn(value, key)) %CreateDataProperty(result, key, CloneValue(value[key], clones));
  }
}

// The entries are taken first: cloning them may change the map.
function CloneMap(map, result, clones) {
  const list = %ListCreate();
  const cursor = %MapCursor(map);
  for (const key of %Steps(cursor)) {
    %ListAppend(list, key);
    %ListAppend(list, %EntryValue());
  }
  const count = list.length;
  for (let i = 0; i < count; i += 2) {
    const key = CloneValue(list[i], clones);
    %MapSet(result, key, CloneValue(list[i + 1], clones));
  }
}

function CloneSet(set, result, clones) {
  const list = %ListCreate();
  const cursor = %SetCursor(set);
  for (const key of %Steps(cursor)) %ListAppend(list, key);
  const count = list.length;
  for (let i = 0; i < count; i++) %ObjectSetAdd(result, CloneValue(list[i], clones));
}

function CloneError(error, clones) {
  const name = error.name;
  let message = undefined;
  if (%HasOwn(error, "message")) message = `${error.message}`;
  const stack = error.stack;
  const result = %CloneErrorCreate(name === undefined ? "Error" : `${name}`, message, stack);
  %MapSet(clones, error, result);
  if (%HasOwn(error, "cause")) %DefineHidden(result, "cause", CloneValue(error.cause, clones));
  return result;
}

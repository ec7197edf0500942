// Map, Set, their iteration, array iterators and errors.

function MapConstructor(iterable) {
  if (new.target === undefined) %ThrowTypeError("Constructor Map requires 'new'");
  const map = %MapCreate(new.target.prototype);
  if (iterable === undefined || iterable === null) return map;
  const adder = map.set;
  if (!%IsCallable(adder)) %ThrowTypeError(`'${%Describe(adder)}' returned for property 'set' of object '#<Map>' is not a function`);
  %RequireIterable(iterable);
  for (const entry of iterable) {
    if (!%IsObject(entry)) %ThrowTypeError(`Iterator value ${%Describe(entry)} is not an entry object`);
    %Call(adder, map, entry[0], entry[1]);
  }
  return map;
}

function SetConstructor(iterable) {
  if (new.target === undefined) %ThrowTypeError("Constructor Set requires 'new'");
  const set = %SetCreate(new.target.prototype);
  if (iterable === undefined || iterable === null) return set;
  const adder = set.add;
  if (!%IsCallable(adder)) %ThrowTypeError(`'${%Describe(adder)}' returned for property 'add' of object '#<Set>' is not a function`);
  %RequireIterable(iterable);
  for (const value of iterable) %Call(adder, set, value);
  return set;
}

function MapForEach(callback, thisArgument) {
  const cursor = %MapCursor(this);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  for (const key of %Steps(cursor)) %Call(callback, thisArgument, %EntryValue(), key, this);
}

function SetForEach(callback, thisArgument) {
  const cursor = %SetCursor(this);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  for (const key of %Steps(cursor)) %Call(callback, thisArgument, key, key, this);
}

function MapGroupBy(items, callback) {
  %RequireIterable(items);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  const map = %MapCreate(undefined);
  let i = 0;
  for (const value of items) {
    %MapGroupAppend(map, %Call(callback, undefined, value, i), value);
    i++;
  }
  return map;
}

// %ArrayIteratorPrototype%.next over anything that is no plain array.
function ArrayIteratorNext() {
  const target = %ArrayIteratorTarget(this);
  if (target === undefined) return %IteratorResult(undefined, true);
  const index = %IteratorPosition(this);
  const kind = %IteratorKind(this);
  if (index >= LengthOfArrayLike(target)) {
    %IteratorFinish(this);
    return %IteratorResult(undefined, true);
  }
  %IteratorAdvance(this);
  if (kind === 0) return %IteratorResult(index, false);
  const value = target[index];
  return %IteratorResult(kind === 1 ? value : %ArrayPair(index, value), false);
}

function ErrorConstructor(message, options) {
  const text = message === undefined ? undefined : `${message}`;
  const target = new.target === undefined ? %Callee() : new.target;
  const error = %ErrorCreate(%Callee(), target.prototype, text);
  InstallCause(error, options);
  return error;
}

function InstallCause(error, options) {
  if (%IsObject(options) && "cause" in options) %DefineHidden(error, "cause", options.cause);
}

function AggregateErrorConstructor(errors, message, options) {
  const text = message === undefined ? undefined : `${message}`;
  const target = new.target === undefined ? %Callee() : new.target;
  const error = %ErrorCreate(%Callee(), target.prototype, text);
  InstallCause(error, options);
  %RequireIterable(errors);
  const list = %ArrayCreate(0);
  for (const value of errors) %ListAppend(list, value);
  %DefineHidden(error, "errors", list);
  return error;
}

function ErrorToString() {
  if (!%IsObject(this)) {
    %ThrowTypeError("Method Error.prototype.toString called on incompatible receiver " + %Describe(this));
  };
  const nameValue = this.name;
  const name = nameValue === undefined ? "Error" : `${nameValue}`;
  const messageValue = this.message;
  const message = messageValue === undefined ? "" : `${messageValue}`;
  if (name === "") return message;
  return message === "" ? name : name + ": " + message;
}

function WeakMapConstructor(iterable) {
  if (new.target === undefined) %ThrowTypeError("Constructor WeakMap requires 'new'");
  const map = %WeakMapCreate(new.target.prototype);
  if (iterable === undefined || iterable === null) return map;
  const adder = map.set;
  if (!%IsCallable(adder)) %ThrowTypeError(`'${%Describe(adder)}' returned for property 'set' of object '#<WeakMap>' is not a function`);
  %RequireIterable(iterable);
  for (const entry of iterable) {
    if (!%IsObject(entry)) %ThrowTypeError(`Iterator value ${%Describe(entry)} is not an entry object`);
    %Call(adder, map, entry[0], entry[1]);
  }
  return map;
}

function WeakSetConstructor(iterable) {
  if (new.target === undefined) %ThrowTypeError("Constructor WeakSet requires 'new'");
  const set = %WeakSetCreate(new.target.prototype);
  if (iterable === undefined || iterable === null) return set;
  const adder = set.add;
  if (!%IsCallable(adder)) %ThrowTypeError(`'${%Describe(adder)}' returned for property 'add' of object '#<WeakSet>' is not a function`);
  %RequireIterable(iterable);
  for (const value of iterable) %Call(adder, set, value);
  return set;
}

function WeakRefConstructor(target) {
  if (new.target === undefined) %ThrowTypeError("Constructor WeakRef requires 'new'");
  if (!%CanBeHeldWeakly(target)) %ThrowTypeError("WeakRef: invalid target");
  return %WeakRefCreate(target, new.target.prototype);
}

// GetSetRecord: size, `has` and `keys` of what the methods of sets take for a set.
function SetRecord(value) {
  if (!%IsObject(value)) %ThrowTypeError(`${%Describe(value)} is not an object`);
  const size = +value.size;
  if (size !== size) %ThrowTypeError("The 'size' property must be a number");
  const count = %ToIntegerOrInfinity(size);
  if (count < 0) %ThrowRangeError(`'${count}' is an invalid size`);
  const has = value.has;
  if (!%IsCallable(has)) %ThrowTypeError("The 'has' property must be a function");
  const keys = value.keys;
  if (!%IsCallable(keys)) %ThrowTypeError("The 'keys' property must be a function");
  const record = %ListCreate();
  %ListAppend(record, count);
  %ListAppend(record, has);
  %ListAppend(record, keys);
  return record;
}

function OpenKeys(value, record) {
  const iterator = %Call(record[2], value);
  if (!%IsObject(iterator)) %ThrowTypeError(`${%Describe(iterator)} is not an object`);
  return iterator;
}

function CopySet(set) {
  const result = %SetCreate(undefined);
  const cursor = %SetCursor(set);
  for (const value of %Steps(cursor)) %ObjectSetAdd(result, value);
  return result;
}

function SetUnion(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  const keys = OpenKeys(other, record);
  const next = keys.next;
  const result = CopySet(this);
  for (const value of %Steps(keys, next)) %ObjectSetAdd(result, value);
  return result;
}

function SetIntersection(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  const result = %SetCreate(undefined);
  if (%TableSize(this) <= record[0]) {
    const cursor = %SetCursor(this);
    for (const value of %Steps(cursor)) if (%Call(record[1], other, value)) %ObjectSetAdd(result, value);
    return result;
  }
  const keys = OpenKeys(other, record);
  const next = keys.next;
  for (const value of %Steps(keys, next)) if (%ObjectSetHas(this, value)) %ObjectSetAdd(result, value);
  return result;
}

function SetDifference(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  if (%TableSize(this) <= record[0]) {
    const result = CopySet(this);
    const cursor = %SetCursor(this);
    for (const value of %Steps(cursor)) if (%Call(record[1], other, value)) %ObjectSetRemove(result, value);
    return result;
  }
  const keys = OpenKeys(other, record);
  const next = keys.next;
  const result = CopySet(this);
  for (const value of %Steps(keys, next)) %ObjectSetRemove(result, value);
  return result;
}

function SetSymmetricDifference(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  const keys = OpenKeys(other, record);
  const next = keys.next;
  const result = CopySet(this);
  for (const value of %Steps(keys, next)) {
    if (%ObjectSetHas(this, value)) %ObjectSetRemove(result, value);
    else %ObjectSetAdd(result, value);
  }
  return result;
}

function SetIsSubsetOf(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  if (%TableSize(this) > record[0]) return false;
  const cursor = %SetCursor(this);
  for (const value of %Steps(cursor)) if (!%Call(record[1], other, value)) return false;
  return true;
}

function SetIsSupersetOf(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  if (%TableSize(this) < record[0]) return false;
  const keys = OpenKeys(other, record);
  const next = keys.next;
  for (const value of %Steps(keys, next)) {
    if (!%ObjectSetHas(this, value)) {
      IteratorClose(keys);
      return false;
    }
  }
  return true;
}

function SetIsDisjointFrom(other) {
  %RequireSet(this);
  const record = SetRecord(other);
  if (%TableSize(this) <= record[0]) {
    const cursor = %SetCursor(this);
    for (const value of %Steps(cursor)) if (%Call(record[1], other, value)) return false;
    return true;
  }
  const keys = OpenKeys(other, record);
  const next = keys.next;
  for (const value of %Steps(keys, next)) {
    if (%ObjectSetHas(this, value)) {
      IteratorClose(keys);
      return false;
    }
  }
  return true;
}

// Map.prototype.getOrInsertComputed; the callback may have changed the map.
function MapGetOrInsertComputed(key, callback) {
  %RequireMap(this);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  if (%ObjectSetHas(this, key)) return %MapGet(this, key);
  const value = %Call(callback, undefined, %CanonicalKey(key));
  %MapSet(this, key, value);
  return value;
}

function WeakMapGetOrInsertComputed(key, callback) {
  %RequireWeakMap(this);
  if (!%CanBeHeldWeakly(key)) %ThrowTypeError("Invalid value used as weak map key");
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  if (%WeakMapHas(this, key)) return %WeakMapGet(this, key);
  const value = %Call(callback, undefined, key);
  %WeakMapSet(this, key, value);
  return value;
}

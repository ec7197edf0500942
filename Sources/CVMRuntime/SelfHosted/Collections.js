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
  while (true) {
    const key = %CursorNext(cursor);
    if (key === %Done()) return;
    %Call(callback, thisArgument, %CursorValue(cursor), key, this);
  }
}

function SetForEach(callback, thisArgument) {
  const cursor = %SetCursor(this);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  while (true) {
    const key = %CursorNext(cursor);
    if (key === %Done()) return;
    %Call(callback, thisArgument, key, key, this);
  }
}

function MapGroupBy(items, callback) {
  %RequireIterable(items);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  const map = %MapCreate(undefined);
  let i = 0;
  for (const value of items) {
    const key = %Call(callback, undefined, value, i);
    let group = %MapGet(map, key);
    if (group === undefined) {
      group = %ArrayCreate(0);
      %MapSet(map, key, group);
    }
    %ListAppend(group, value);
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

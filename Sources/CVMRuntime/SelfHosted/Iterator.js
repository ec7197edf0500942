// Iterator: the constructor, its static methods and the methods that all iterators inherit.
//
// The state of a helper is a list: what it does, the underlying iterator, its next method, the callback or
// the number of elements left, a counter, its status, the inner iterator of flatMap and that one's next method.
// What it does: 0 map, 1 filter, 2 take, 3 drop, 4 flatMap, 5 a wrapper made by Iterator.from, 6 concat (its iterables and
// their methods are a list in place of the iterator).
// Status: 0 not started, 1 suspended, 2 running, 3 completed.

function IteratorConstructor() {
  if (new.target === undefined) %ThrowTypeError("Constructor Iterator requires 'new'");
  if (new.target === %Callee()) %ThrowTypeError("Abstract class Iterator not directly constructable");
  return %IteratorObjectCreate(new.target.prototype);
}

function RequireIteratorObject(value, name) {
  if (!%IsObject(value)) %ThrowTypeError("Iterator.prototype." + name + " called on non-object");
}

// Raises for an argument that is no function, after closing the iterator.
function RequireCallback(iterator, callback) {
  if (%IsCallable(callback)) return;
  IteratorCloseSilently(iterator);
  %ThrowNotAFunction(callback);
}

function IteratorMap(mapper) {
  RequireIteratorObject(this, "map");
  RequireCallback(this, mapper);
  return %IteratorHelperCreate(0, this, this.next, mapper);
}

function IteratorFilter(predicate) {
  RequireIteratorObject(this, "filter");
  RequireCallback(this, predicate);
  return %IteratorHelperCreate(1, this, this.next, predicate);
}

function IteratorFlatMap(mapper) {
  RequireIteratorObject(this, "flatMap");
  RequireCallback(this, mapper);
  return %IteratorHelperCreate(4, this, this.next, mapper);
}

// The number of elements that take and drop count.
function IteratorLimit(iterator, limit) {
  let number = 0;
  try {
    number = +limit;
  } catch (error) {
    IteratorCloseSilently(iterator);
    throw error;
  }
  if (number !== number) {
    IteratorCloseSilently(iterator);
    %ThrowRangeError(`${%Describe(limit)} must be positive`);
  }
  const count = %ToIntegerOrInfinity(number);
  if (count < 0 || (count > 9007199254740991 && %IsFinite(count))) {
    IteratorCloseSilently(iterator);
    %ThrowRangeError(`${%Describe(limit)} must be positive`);
  }
  return count;
}

function IteratorTake(limit) {
  RequireIteratorObject(this, "take");
  const count = IteratorLimit(this, limit);
  return %IteratorHelperCreate(2, this, this.next, count);
}

function IteratorDrop(limit) {
  RequireIteratorObject(this, "drop");
  const count = IteratorLimit(this, limit);
  return %IteratorHelperCreate(3, this, this.next, count);
}

function CallOrClose(iterator, callback, value, counter) {
  try {
    return %Call(callback, undefined, value, counter);
  } catch (error) {
    IteratorCloseSilently(iterator);
    throw error;
  }
}

// As IteratorStep, without reading the value: whether there is one more.
function IteratorAdvances(iterator, next) {
  const result = %Call(next, iterator);
  if (!%IsObject(result)) %ThrowTypeError(`Iterator result ${%Describe(result)} is not an object`);
  return !result.done;
}

// The next value of a helper, or the end.
function HelperStep(state) {
  const kind = state[0];
  const iterator = state[1];
  const next = state[2];
  if (kind === 0) {
    const value = IteratorStep(iterator, next);
    if (value === %Done()) return value;
    const mapped = CallOrClose(iterator, state[3], value, state[4]);
    state[4]++;
    return mapped;
  }
  if (kind === 1) {
    while (true) {
      const value = IteratorStep(iterator, next);
      if (value === %Done()) return value;
      const isWanted = CallOrClose(iterator, state[3], value, state[4]);
      state[4]++;
      if (isWanted) return value;
    }
  }
  if (kind === 2) {
    const left = state[3];
    if (left === 0) {
      IteratorClose(iterator);
      return %Done();
    }
    state[3] = left - 1;
    return IteratorStep(iterator, next);
  }
  if (kind === 3) {
    while (state[3] > 0) {
      state[3] = state[3] - 1;
      if (!IteratorAdvances(iterator, next)) return %Done();
    }
    return IteratorStep(iterator, next);
  }
  if (kind === 6) return ConcatStep(state, iterator);
  return FlatMapStep(state, iterator, next);
}

function ConcatStep(state, iterables) {
  while (true) {
    if (state[6] !== undefined) {
      const value = IteratorStep(state[6], state[7]);
      if (value !== %Done()) return value;
      state[6] = undefined;
    }
    const position = state[4];
    if (position >= iterables.length) return %Done();
    state[4] = position + 2;
    const iterator = %Call(iterables[position + 1], iterables[position]);
    if (!%IsObject(iterator)) %ThrowTypeError(`${%Describe(iterator)} is not an object`);
    state[7] = iterator.next;
    state[6] = iterator;
  }
}

// Iterator.concat
function IteratorConcat(...items) {
  const iterables = %ListCreate();
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!%IsObject(item)) %ThrowTypeError(`${%Describe(item)} is not an object`);
    const method = item[%SymbolIterator()];
    if (!%IsCallable(method)) %ThrowNotIterable(item);
    %ListAppend(iterables, item);
    %ListAppend(iterables, method);
  }
  return %IteratorHelperCreate(6, iterables, undefined, undefined);
}

function FlatMapStep(state, iterator, next) {
  while (true) {
    if (state[6] !== undefined) {
      let value = undefined;
      try {
        value = IteratorStep(state[6], state[7]);
      } catch (error) {
        IteratorCloseSilently(iterator);
        throw error;
      }
      if (value !== %Done()) return value;
      state[6] = undefined;
    }
    const value = IteratorStep(iterator, next);
    if (value === %Done()) return value;
    const mapped = CallOrClose(iterator, state[3], value, state[4]);
    try {
      const inner = IteratorOfFlattenable(mapped, false);
      state[7] = inner.next;
      state[6] = inner;
    } catch (error) {
      IteratorCloseSilently(iterator);
      throw error;
    }
    state[4]++;
  }
}

// GetIteratorFlattenable: the iterator of an object, or the object itself.
function IteratorOfFlattenable(value, allowsStrings) {
  if (!%IsObject(value) && !(allowsStrings && typeof value === "string")) {
    %ThrowTypeError(`${%Describe(value)} is not an object`);
  }
  const method = value[%SymbolIterator()];
  let iterator = value;
  if (method !== undefined && method !== null) {
    if (!%IsCallable(method)) %ThrowNotAFunction(method);
    iterator = %Call(method, value);
  }
  if (!%IsObject(iterator)) %ThrowTypeError(`${%Describe(iterator)} is not an object`);
  return iterator;
}

// %IteratorHelperPrototype%.next
function IteratorHelperNext() {
  const state = %IteratorHelperState(this, false);
  if (state[5] === 2) %ThrowTypeError("Generator is already running");
  if (state[5] === 3) return %IteratorResult(undefined, true);
  state[5] = 2;
  let value = undefined;
  try {
    value = HelperStep(state);
  } catch (error) {
    state[5] = 3;
    throw error;
  }
  if (value === %Done()) {
    state[5] = 3;
    return %IteratorResult(undefined, true);
  }
  state[5] = 1;
  return %IteratorResult(value, false);
}

// %IteratorHelperPrototype%.return
function IteratorHelperReturn() {
  const state = %IteratorHelperState(this, false);
  const status = state[5];
  if (status === 2) %ThrowTypeError("Generator is already running");
  if (status === 3) return %IteratorResult(undefined, true);
  if (status === 0) {
    state[5] = 3;
    if (state[0] !== 6) IteratorClose(state[1]);
    return %IteratorResult(undefined, true);
  }
  state[5] = 2;
  try {
    if (state[0] === 6) {
      IteratorClose(state[6]);
      return %IteratorResult(undefined, true);
    }
    if (state[6] !== undefined) {
      try {
        IteratorClose(state[6]);
      } catch (error) {
        IteratorCloseSilently(state[1]);
        throw error;
      }
    }
    IteratorClose(state[1]);
  } finally {
    state[5] = 3;
  }
  return %IteratorResult(undefined, true);
}

function WrappedIteratorNext() {
  const state = %IteratorHelperState(this, true);
  const next = state[2];
  if (!%IsCallable(next)) %ThrowNotAFunction(next);
  return %Call(next, state[1]);
}

function WrappedIteratorReturn() {
  const iterator = %IteratorHelperState(this, true)[1];
  const method = iterator.return;
  if (method === undefined || method === null) return %IteratorResult(undefined, true);
  if (!%IsCallable(method)) %ThrowNotAFunction(method);
  return %Call(method, iterator);
}

function IteratorFrom(value) {
  const iterator = IteratorOfFlattenable(value, true);
  const next = iterator.next;
  if (OrdinaryHasInstance(%IteratorConstructorObject(), iterator)) return iterator;
  return %IteratorHelperCreate(5, iterator, next, undefined);
}

function IteratorReduce(reducer, initialValue) {
  const hasInitial = %ArgumentCount() > 1;
  RequireIteratorObject(this, "reduce");
  RequireCallback(this, reducer);
  const next = this.next;
  let accumulator = initialValue;
  let counter = 0;
  if (!hasInitial) {
    accumulator = IteratorStep(this, next);
    if (accumulator === %Done()) %ThrowTypeError("Reduce of a done iterator with no initial value");
    counter = 1;
  }
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return accumulator;
    try {
      accumulator = %Call(reducer, undefined, accumulator, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    counter++;
  }
}

function IteratorToArray() {
  RequireIteratorObject(this, "toArray");
  const next = this.next;
  const result = %ArrayCreate(0);
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return result;
    %ListAppend(result, value);
  }
}

function IteratorForEach(callback) {
  RequireIteratorObject(this, "forEach");
  RequireCallback(this, callback);
  const next = this.next;
  let counter = 0;
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return;
    CallOrClose(this, callback, value, counter);
    counter++;
  }
}

function IteratorSome(predicate) {
  RequireIteratorObject(this, "some");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return false;
    if (CallOrClose(this, predicate, value, counter)) {
      IteratorClose(this);
      return true;
    }
    counter++;
  }
}

function IteratorEvery(predicate) {
  RequireIteratorObject(this, "every");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return true;
    if (!CallOrClose(this, predicate, value, counter)) {
      IteratorClose(this);
      return false;
    }
    counter++;
  }
}

function IteratorFind(predicate) {
  RequireIteratorObject(this, "find");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  while (true) {
    const value = IteratorStep(this, next);
    if (value === %Done()) return undefined;
    if (CallOrClose(this, predicate, value, counter)) {
      IteratorClose(this);
      return value;
    }
    counter++;
  }
}

function IteratorSetConstructor(value) {
  SetOnInstance(this, %IteratorPrototype(), "constructor", value);
}

function IteratorSetTag(value) {
  SetOnInstance(this, %IteratorPrototype(), %SymbolToStringTag(), value);
}

// SetterThatIgnoresPrototypeProperties
function SetOnInstance(object, home, key, value) {
  if (!%IsObject(object)) %ThrowTypeError(`Iterator.prototype setter called on non-object ${%Describe(object)}`);
  if (object === home) %ThrowTypeError("Cannot assign to this property of Iterator.prototype");
  if (%HasOwn(object, key)) object[key] = value;
  else %CreateDataPropertyOrThrow(object, key, value);
}

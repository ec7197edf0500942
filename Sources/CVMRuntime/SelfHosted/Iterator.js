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

// As IteratorStep, without reading the value: whether there is one more.
function IteratorAdvances(iterator, next) {
  const result = %Call(next, iterator);
  if (!%IsObject(result)) %ThrowTypeError(`Iterator result ${%Describe(result)} is not an object`);
  return !result.done;
}

// The steps of helpers: the next value, or the done marker. They are called by iterations that take no result object, with
// the parts of the state that they need; the helper has just been marked as running.

function HelperMapStep(state, iterator, next, mapper, counter) {
  try {
    for (const value of %Steps(iterator, next)) {
      try {
        const mapped = %Call(mapper, undefined, value, counter);
        state[4] = counter + 1;
        state[5] = 1;
        return mapped;
      } catch (error) {
        IteratorCloseSilently(iterator);
        throw error;
      }
    }
    state[5] = 3;
    return %Done();
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

function HelperFilterStep(state, iterator, next, predicate, start) {
  let counter = start;
  try {
    for (const value of %Steps(iterator, next)) {
      try {
        if (%Call(predicate, undefined, value, counter++)) {
          state[4] = counter;
          state[5] = 1;
          return value;
        }
      } catch (error) {
        IteratorCloseSilently(iterator);
        throw error;
      }
    }
    state[5] = 3;
    return %Done();
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

function HelperTakeStep(state, iterator, next, left) {
  try {
    let value = %Done();
    if (left === 0) {
      IteratorClose(iterator);
    } else {
      state[3] = left - 1;
      value = %IteratorNext(iterator, next);
    }
    state[5] = value === %Done() ? 3 : 1;
    return value;
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

function HelperDropStep(state, iterator, next, count) {
  try {
    let isDone = false;
    if (count > 0) {
      state[3] = 0;
      isDone = !DropValues(iterator, next, count);
    }
    const value = isDone ? %Done() : %IteratorNext(iterator, next);
    state[5] = value === %Done() ? 3 : 1;
    return value;
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

// Goes over values without reading them; false at the end.
function DropValues(iterator, next, count) {
  let left = count;
  if (%HasUnobservedResults(iterator, next)) {
    for (; left > 0; left--) if (%IteratorNext(iterator, next) === %Done()) return false;
  } else {
    for (; left > 0; left--) if (!IteratorAdvances(iterator, next)) return false;
  }
  return true;
}

function HelperFlatMapStep(state, iterator, next) {
  try {
    const value = FlatMapStep(state, iterator, next);
    state[5] = value === %Done() ? 3 : 1;
    return value;
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

function HelperConcatStep(state, iterables) {
  try {
    const value = ConcatStep(state, iterables);
    state[5] = value === %Done() ? 3 : 1;
    return value;
  } catch (error) {
    state[5] = 3;
    throw error;
  }
}

function ConcatStep(state, iterables) {
  while (true) {
    if (state[6] !== undefined) {
      const value = %IteratorNext(state[6], state[7]);
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
        value = %IteratorNext(state[6], state[7]);
      } catch (error) {
        IteratorCloseSilently(iterator);
        throw error;
      }
      if (value !== %Done()) return value;
      state[6] = undefined;
    }
    const value = %IteratorNext(iterator, next);
    if (value === %Done()) return value;
    try {
      const mapped = %Call(state[3], undefined, value, state[4]);
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
  const value = %IteratorNext(this, %IteratorHelperNextFunction());
  return value === %Done() ? %IteratorResult(undefined, true) : %IteratorResult(value, false);
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
    accumulator = %IteratorNext(this, next);
    if (accumulator === %Done()) %ThrowTypeError("Reduce of a done iterator with no initial value");
    counter = 1;
  }
  for (const value of %Steps(this, next)) {
    try {
      accumulator = %Call(reducer, undefined, accumulator, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    counter++;
  }
  return accumulator;
}

function IteratorToArray() {
  RequireIteratorObject(this, "toArray");
  const next = this.next;
  const result = %ArrayCreate(0);
  for (const value of %Steps(this, next)) %ListAppend(result, value);
  return result;
}

function IteratorForEach(callback) {
  RequireIteratorObject(this, "forEach");
  RequireCallback(this, callback);
  const next = this.next;
  let counter = 0;
  for (const value of %Steps(this, next)) {
    try {
      %Call(callback, undefined, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    counter++;
  }
}

function IteratorSome(predicate) {
  RequireIteratorObject(this, "some");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  for (const value of %Steps(this, next)) {
    let answer = undefined;
    try {
      answer = %Call(predicate, undefined, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    if (answer) {
      IteratorClose(this);
      return true;
    }
    counter++;
  }
  return false;
}

function IteratorEvery(predicate) {
  RequireIteratorObject(this, "every");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  for (const value of %Steps(this, next)) {
    let answer = undefined;
    try {
      answer = %Call(predicate, undefined, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    if (!answer) {
      IteratorClose(this);
      return false;
    }
    counter++;
  }
  return true;
}

function IteratorFind(predicate) {
  RequireIteratorObject(this, "find");
  RequireCallback(this, predicate);
  const next = this.next;
  let counter = 0;
  for (const value of %Steps(this, next)) {
    let answer = undefined;
    try {
      answer = %Call(predicate, undefined, value, counter);
    } catch (error) {
      IteratorCloseSilently(this);
      throw error;
    }
    if (answer) {
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

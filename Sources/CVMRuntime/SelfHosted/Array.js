// Array.prototype and Array: what may call back into the program, and the general forms of the native methods.

function LengthOfArrayLike(object) {
  return %ToLength(+object.length);
}

function IsConstructorOrThrow(value) {
  if (!%IsConstructor(value)) %ThrowTypeError("object.constructor[Symbol.species] is not a constructor");
}

// ArraySpeciesCreate
function ArraySpeciesCreate(original, length) {
  if (%HasDefaultSpecies(original)) return %ArrayCreate(length);
  let constructor = original.constructor;
  if (%IsObject(constructor)) {
    constructor = constructor[%SymbolSpecies()];
    if (constructor === null) constructor = undefined;
  }
  if (constructor === undefined) return %ArrayCreate(length);
  IsConstructorOrThrow(constructor);
  return %Construct(constructor, length);
}

function ArrayForEach(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  for (let i = 0; i < length; i++) {
    if (i in object) %Call(callback, thisArgument, object[i], i, object);
  }
}

function ArrayMap(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  const result = ArraySpeciesCreate(object, length);
  for (let i = 0; i < length; i++) {
    if (i in object) {
      %CreateDataPropertyOrThrow(result, i, %Call(callback, thisArgument, object[i], i, object));
    }
  }
  return result;
}

function ArrayFilter(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  const result = ArraySpeciesCreate(object, 0);
  let to = 0;
  for (let i = 0; i < length; i++) {
    if (i in object) {
      const value = object[i];
      if (%Call(callback, thisArgument, value, i, object)) {
        %CreateDataPropertyOrThrow(result, to, value);
        to++;
      }
    }
  }
  return result;
}

function ArraySome(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  for (let i = 0; i < length; i++) {
    if (i in object && %Call(callback, thisArgument, object[i], i, object)) return true;
  }
  return false;
}

function ArrayEvery(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  for (let i = 0; i < length; i++) {
    if (i in object && !%Call(callback, thisArgument, object[i], i, object)) return false;
  }
  return true;
}

function ArrayReduce(callback, initialValue) {
  const hasInitial = %ArgumentCount() > 1;
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  let i = 0;
  let accumulator = initialValue;
  if (!hasInitial) {
    while (i < length && !(i in object)) i++;
    if (i >= length) %ThrowTypeError("Reduce of empty array with no initial value");
    accumulator = object[i];
    i++;
  }
  for (; i < length; i++) {
    if (i in object) accumulator = %Call(callback, undefined, accumulator, object[i], i, object);
  }
  return accumulator;
}

function ArrayReduceRight(callback, initialValue) {
  const hasInitial = %ArgumentCount() > 1;
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  let i = length - 1;
  let accumulator = initialValue;
  if (!hasInitial) {
    while (i >= 0 && !(i in object)) i--;
    if (i < 0) %ThrowTypeError("Reduce of empty array with no initial value");
    accumulator = object[i];
    i--;
  }
  for (; i >= 0; i--) {
    if (i in object) accumulator = %Call(callback, undefined, accumulator, object[i], i, object);
  }
  return accumulator;
}

function ArrayFind(predicate, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(predicate)) %ThrowNotAFunction(predicate);
  for (let i = 0; i < length; i++) {
    const value = object[i];
    if (%Call(predicate, thisArgument, value, i, object)) return value;
  }
}

function ArrayFindIndex(predicate, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(predicate)) %ThrowNotAFunction(predicate);
  for (let i = 0; i < length; i++) {
    if (%Call(predicate, thisArgument, object[i], i, object)) return i;
  }
  return -1;
}

function ArrayFindLast(predicate, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(predicate)) %ThrowNotAFunction(predicate);
  for (let i = length - 1; i >= 0; i--) {
    const value = object[i];
    if (%Call(predicate, thisArgument, value, i, object)) return value;
  }
}

function ArrayFindLastIndex(predicate, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(predicate)) %ThrowNotAFunction(predicate);
  for (let i = length - 1; i >= 0; i--) {
    if (%Call(predicate, thisArgument, object[i], i, object)) return i;
  }
  return -1;
}

function ArrayAt(index) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const relative = %ToIntegerOrInfinity(+index);
  const k = relative >= 0 ? relative : length + relative;
  if (k < 0 || k >= length) return undefined;
  return object[k];
}

function ArrayConcat(...items) {
  const object = %ToObject(this);
  const result = ArraySpeciesCreate(object, 0);
  let n = ConcatOne(result, 0, object);
  for (let i = 0; i < items.length; i++) n = ConcatOne(result, n, items[i]);
  result.length = n;
  return result;
}

function ConcatOne(result, start, item) {
  if (!IsConcatSpreadable(item)) {
    if (start >= 9007199254740991) %ThrowTypeError("Invalid array length");
    %CreateDataPropertyOrThrow(result, start, item);
    return start + 1;
  }
  const length = LengthOfArrayLike(item);
  if (start + length > 9007199254740991) %ThrowTypeError("Invalid array length");
  for (let i = 0; i < length; i++) {
    if (i in item) %CreateDataPropertyOrThrow(result, start + i, item[i]);
  }
  return start + length;
}

function IsConcatSpreadable(item) {
  if (!%IsObject(item)) return false;
  const spreadable = item[%SymbolIsConcatSpreadable()];
  if (spreadable !== undefined) return !!spreadable;
  return %IsArray(item);
}

function ArrayCopyWithin(target, start, end) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  let to = %RelativeIndex(+target, length);
  let from = %RelativeIndex(+start, length);
  const final = end === undefined ? length : %RelativeIndex(+end, length);
  let count = final - from < length - to ? final - from : length - to;
  let step = 1;
  if (from < to && to < from + count) {
    step = -1;
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--) {
    if (from in object) object[to] = object[from];
    else delete object[to];
    from += step;
    to += step;
  }
  return object;
}

function ArrayFill(value, start, end) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const first = %RelativeIndex(+start, length);
  const final = end === undefined ? length : %RelativeIndex(+end, length);
  for (let i = first; i < final; i++) object[i] = value;
  return object;
}

// FlattenIntoArray with an explicit stack: `pending` holds object, length and next index of the enclosing levels.
function FlattenInto(target, source, sourceLength, depth) {
  const pending = %ListCreate();
  let object = source;
  let length = sourceLength;
  let to = 0;
  let i = 0;
  let level = 0;
  while (true) {
    if (i >= length) {
      if (level === 0) return to;
      level--;
      i = %ListPop(pending);
      length = %ListPop(pending);
      object = %ListPop(pending);
      continue;
    }
    const index = i;
    i++;
    if (!(index in object)) continue;
    const element = object[index];
    if (level < depth && %IsArray(element)) {
      %ListAppend(pending, object);
      %ListAppend(pending, length);
      %ListAppend(pending, i);
      object = element;
      length = LengthOfArrayLike(element);
      i = 0;
      level++;
    } else {
      %CreateDataPropertyOrThrow(target, to, element);
      to++;
    }
  }
}

function ArrayFlat(depth) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  let levels = 1;
  if (depth !== undefined) {
    levels = %ToIntegerOrInfinity(+depth);
    if (levels < 0) levels = 0;
  }
  const result = ArraySpeciesCreate(object, 0);
  FlattenInto(result, object, length, levels);
  return result;
}

function ArrayFlatMap(callback, thisArgument) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%IsCallable(callback)) %ThrowTypeError("flatMap mapper function is not callable");
  const result = ArraySpeciesCreate(object, 0);
  let to = 0;
  for (let i = 0; i < length; i++) {
    const value = object[i];
    if (value === undefined && !(i in object)) continue;
    const element = %Call(callback, thisArgument, value, i, object);
    if (!%IsArray(element)) {
      %CreateDataPropertyOrThrow(result, to, element);
      to++;
      continue;
    }
    const count = LengthOfArrayLike(element);
    for (let j = 0; j < count; j++) {
      const inner = element[j];
      if (inner === undefined && !(j in element)) continue;
      %CreateDataPropertyOrThrow(result, to, inner);
      to++;
    }
  }
  return result;
}

function ArrayIncludes(searched, fromIndex) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (length === 0) return false;
  for (let i = %RelativeIndex(+fromIndex, length); i < length; i++) {
    if (%SameValueZero(object[i], searched)) return true;
  }
  return false;
}

function ArrayIndexOf(searched, fromIndex) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (length === 0) return -1;
  for (let i = %RelativeIndex(+fromIndex, length); i < length; i++) {
    if (i in object && object[i] === searched) return i;
  }
  return -1;
}

function ArrayLastIndexOf(searched, fromIndex) {
  const hasFrom = %ArgumentCount() > 1;
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (length === 0) return -1;
  let i = hasFrom ? %ToIntegerOrInfinity(+fromIndex) : length - 1;
  if (i >= length) i = length - 1;
  else if (i < 0) i += length;
  for (; i >= 0; i--) {
    if (i in object && object[i] === searched) return i;
  }
  return -1;
}

function ArrayJoin(separator) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const between = separator === undefined ? "," : `${separator}`;
  if (!%EnterJoin(object)) return "";
  try {
    let text = "";
    for (let i = 0; i < length; i++) {
      if (i > 0) text += between;
      const element = object[i];
      if (element !== undefined && element !== null) text += `${element}`;
    }
    return text;
  } finally {
    %LeaveJoin(object);
  }
}

function ArrayToString() {
  const object = %ToObject(this);
  const join = object.join;
  if (%IsCallable(join)) return %Call(join, object);
  return %Call(ObjectToString, object);
}

function ArrayToLocaleString() {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (!%EnterJoin(object)) return "";
  try {
    let text = "";
    for (let i = 0; i < length; i++) {
      if (i > 0) text += ",";
      const element = object[i];
      if (element !== undefined && element !== null) text += `${%Call(element.toLocaleString, element)}`;
    }
    return text;
  } finally {
    %LeaveJoin(object);
  }
}

function ArrayPop() {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (length === 0) {
    object.length = 0;
    return undefined;
  }
  const element = object[length - 1];
  delete object[length - 1];
  object.length = length - 1;
  return element;
}

function ArrayPush(...items) {
  const object = %ToObject(this);
  let length = LengthOfArrayLike(object);
  const count = items.length;
  if (length + count > 9007199254740991) {
    %ThrowTypeError("Pushing " + count + " elements on an array-like of length " + length
      + " is disallowed, as the total surpasses 2**53-1");
  }
  for (let i = 0; i < count; i++) {
    object[length] = items[i];
    length++;
  }
  object.length = length;
  return length;
}

function ArrayReverse() {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const middle = %ToIntegerOrInfinity(length / 2);
  for (let lower = 0; lower < middle; lower++) {
    const upper = length - 1 - lower;
    const hasLower = lower in object;
    const lowerValue = hasLower ? object[lower] : undefined;
    const hasUpper = upper in object;
    const upperValue = hasUpper ? object[upper] : undefined;
    if (hasUpper) object[lower] = upperValue;
    else if (hasLower) delete object[lower];
    if (hasLower) object[upper] = lowerValue;
    else if (hasUpper) delete object[upper];
  }
  return object;
}

function ArrayShift() {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  if (length === 0) {
    object.length = 0;
    return undefined;
  }
  const first = object[0];
  for (let i = 1; i < length; i++) {
    if (i in object) object[i - 1] = object[i];
    else delete object[i - 1];
  }
  delete object[length - 1];
  object.length = length - 1;
  return first;
}

function ArrayUnshift(...items) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const count = items.length;
  if (count > 0) {
    if (length + count > 9007199254740991) %ThrowTypeError("Invalid array length");
    for (let i = length - 1; i >= 0; i--) {
      if (i in object) object[i + count] = object[i];
      else delete object[i + count];
    }
    for (let i = 0; i < count; i++) object[i] = items[i];
  }
  object.length = length + count;
  return length + count;
}

function ArraySlice(start, end) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const first = %RelativeIndex(+start, length);
  const final = end === undefined ? length : %RelativeIndex(+end, length);
  const result = ArraySpeciesCreate(object, final > first ? final - first : 0);
  let to = 0;
  for (let i = first; i < final; i++) {
    if (i in object) %CreateDataPropertyOrThrow(result, to, object[i]);
    to++;
  }
  result.length = to;
  return result;
}

function ArraySplice(start, deleteCount, ...items) {
  const argumentCount = %ArgumentCount();
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const first = %RelativeIndex(+start, length);
  let removed = 0;
  if (argumentCount === 1) {
    removed = length - first;
  } else if (argumentCount > 1) {
    removed = %ToIntegerOrInfinity(+deleteCount);
    if (removed < 0) removed = 0;
    if (removed > length - first) removed = length - first;
  }
  const added = items.length;
  if (length + added - removed > 9007199254740991) %ThrowTypeError("Invalid array length");
  const result = ArraySpeciesCreate(object, removed);
  for (let i = 0; i < removed; i++) {
    if (first + i in object) %CreateDataPropertyOrThrow(result, i, object[first + i]);
  }
  result.length = removed;
  if (added < removed) {
    for (let i = first; i < length - removed; i++) {
      if (i + removed in object) object[i + added] = object[i + removed];
      else delete object[i + added];
    }
    for (let i = length; i > length - removed + added; i--) delete object[i - 1];
  } else if (added > removed) {
    for (let i = length - removed; i > first; i--) {
      if (i + removed - 1 in object) object[i + added - 1] = object[i + removed - 1];
      else delete object[i + added - 1];
    }
  }
  for (let i = 0; i < added; i++) object[first + i] = items[i];
  object.length = length - removed + added;
  return result;
}

function ArrayWith(index, value) {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const relative = %ToIntegerOrInfinity(+index);
  const actual = relative >= 0 ? relative : length + relative;
  if (actual >= length || actual < 0) %ThrowRangeError("Invalid index : " + relative);
  const result = %ArrayCreate(length);
  for (let i = 0; i < length; i++) %CreateDataPropertyOrThrow(result, i, i === actual ? value : object[i]);
  return result;
}

function ArrayToReversed() {
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const result = %ArrayCreate(length);
  for (let i = 0; i < length; i++) %CreateDataPropertyOrThrow(result, i, object[length - 1 - i]);
  return result;
}

function ArrayToSpliced(start, skipCount, ...items) {
  const argumentCount = %ArgumentCount();
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const first = %RelativeIndex(+start, length);
  let skipped = 0;
  if (argumentCount === 1) {
    skipped = length - first;
  } else if (argumentCount > 1) {
    skipped = %ToIntegerOrInfinity(+skipCount);
    if (skipped < 0) skipped = 0;
    if (skipped > length - first) skipped = length - first;
  }
  const added = items.length;
  const newLength = length + added - skipped;
  if (newLength > 9007199254740991) %ThrowTypeError("Invalid array length");
  const result = %ArrayCreate(newLength);
  for (let i = 0; i < first; i++) %CreateDataPropertyOrThrow(result, i, object[i]);
  for (let i = 0; i < added; i++) %CreateDataPropertyOrThrow(result, first + i, items[i]);
  for (let i = first + added; i < newLength; i++) {
    %CreateDataPropertyOrThrow(result, i, object[i + skipped - added]);
  }
  return result;
}

// Array.from
function ArrayFrom(items, mapper, thisArgument) {
  const constructor = this;
  if (mapper !== undefined && !%IsCallable(mapper)) %ThrowNotAFunction(mapper);
  const isConstructor = %IsConstructor(constructor) && !%IsArrayConstructor(constructor);
  if (items === undefined || items === null) %ThrowNotIterable(items);
  const method = items[%SymbolIterator()];
  if (method !== undefined && method !== null) {
    if (!%IsCallable(method)) {
      %ThrowTypeError("%Array%.from requires that the property of the first argument, "
        + "items[Symbol.iterator], when exists, be a function");
    }
    const result = isConstructor ? %Construct(constructor) : %ArrayCreate(0);
    let i = 0;
    if (isConstructor) {
      for (const value of items) {
        const element = mapper === undefined ? value : %Call(mapper, thisArgument, value, i);
        %CreateDataPropertyOrThrow(result, i, element);
        i++;
      }
      result.length = i;
    } else if (mapper === undefined) {
      AppendSpread(result, items);
    } else {
      for (const value of items) {
        %ListAppend(result, %Call(mapper, thisArgument, value, i));
        i++;
      }
    }
    return result;
  }
  const source = %ToObject(items);
  const length = LengthOfArrayLike(source);
  if (!isConstructor && length < 4294967296) {
    const list = %ArrayCreate(0);
    for (let i = 0; i < length; i++) {
      const value = source[i];
      %ListAppend(list, mapper === undefined ? value : %Call(mapper, thisArgument, value, i));
    }
    return list;
  }
  const result = isConstructor ? %Construct(constructor, length) : %ArrayCreate(length);
  for (let i = 0; i < length; i++) {
    const value = source[i];
    %CreateDataPropertyOrThrow(result, i, mapper === undefined ? value : %Call(mapper, thisArgument, value, i));
  }
  result.length = length;
  return result;
}

function ArrayOf(...items) {
  const length = items.length;
  const result = %IsConstructor(this) ? %Construct(this, length) : %ArrayCreate(length);
  for (let i = 0; i < length; i++) %CreateDataPropertyOrThrow(result, i, items[i]);
  result.length = length;
  return result;
}

// What instructions come to when an operand is an object, so that user code may have to run.

// ECMA-262 7.1.1: hint is "default", "number" or "string".
function ToPrimitive(value, hint) {
  if (!%IsObject(value)) return value;
  const exotic = value[%SymbolToPrimitive()];
  if (exotic !== undefined && exotic !== null) {
    if (!%IsCallable(exotic)) %ThrowNotAFunction(exotic);
    const result = %Call(exotic, value, hint);
    if (%IsObject(result)) %ThrowTypeError("Cannot convert object to primitive value");
    return result;
  }
  return OrdinaryToPrimitive(value, hint);
}

function OrdinaryToPrimitive(value, hint) {
  if (hint === "string") {
    const toString = value.toString;
    if (%IsCallable(toString)) {
      const result = %Call(toString, value);
      if (!%IsObject(result)) return result;
    }
    const valueOf = value.valueOf;
    if (%IsCallable(valueOf)) {
      const result = %Call(valueOf, value);
      if (!%IsObject(result)) return result;
    }
  } else {
    const valueOf = value.valueOf;
    if (%IsCallable(valueOf)) {
      const result = %Call(valueOf, value);
      if (!%IsObject(result)) return result;
    }
    const toString = value.toString;
    if (%IsCallable(toString)) {
      const result = %Call(toString, value);
      if (!%IsObject(result)) return result;
    }
  }
  %ThrowTypeError("Cannot convert object to primitive value");
}

function ToNumberSlow(value) {
  return +ToPrimitive(value, "number");
}

function ToNumericSlow(value) {
  return ToNumericPrimitive(ToPrimitive(value, "number"));
}

function ToNumericPrimitive(value) {
  return typeof value === "bigint" ? value : +value;
}

function ToStringSlow(value) {
  return `${ToPrimitive(value, "string")}`;
}

function ToPropertyKeySlow(value) {
  const key = ToPrimitive(value, "string");
  return typeof key === "symbol" ? key : `${key}`;
}

function Add(left, right) {
  const a = ToPrimitive(left, "default");
  return a + ToPrimitive(right, "default");
}

// Numeric operators convert the left operand wholly before the right one.
function Sub(left, right) {
  const a = ToNumericSlow(left);
  return a - ToPrimitive(right, "number");
}

function Mul(left, right) {
  const a = ToNumericSlow(left);
  return a * ToPrimitive(right, "number");
}

function Div(left, right) {
  const a = ToNumericSlow(left);
  return a / ToPrimitive(right, "number");
}

// Division in the dialect cvm1.
function DivChecked(left, right) {
  const a = ToNumericSlow(left);
  const b = ToNumericSlow(right);
  if (b === 0 && typeof a !== "bigint") %ThrowDivisionByZero();
  return a / b;
}

// What a CC of the dialect cvm1 asks when its prompt could not be computed.
function FailurePrompt(error) {
  const message = %IsObject(error) ? error.message : undefined;
  const text = message === undefined || message === "" ? error : message;
  return `ERROR: ${typeof text === "symbol" ? %SymbolText(text) : text}. How should I proceed?`;
}

function Mod(left, right) {
  const a = ToNumericSlow(left);
  return a % ToPrimitive(right, "number");
}

function Exp(left, right) {
  const a = ToNumericSlow(left);
  return a ** ToPrimitive(right, "number");
}

function BitAnd(left, right) {
  const a = ToNumericSlow(left);
  return a & ToPrimitive(right, "number");
}

function BitOr(left, right) {
  const a = ToNumericSlow(left);
  return a | ToPrimitive(right, "number");
}

function BitXor(left, right) {
  const a = ToNumericSlow(left);
  return a ^ ToPrimitive(right, "number");
}

function ShiftLeft(left, right) {
  const a = ToNumericSlow(left);
  return a << ToPrimitive(right, "number");
}

function ShiftRight(left, right) {
  const a = ToNumericSlow(left);
  return a >> ToPrimitive(right, "number");
}

function ShiftRightUnsigned(left, right) {
  const a = ToNumericSlow(left);
  return a >>> ToPrimitive(right, "number");
}

function Negate(value) {
  return -ToPrimitive(value, "number");
}

function BitNot(value) {
  return ~ToPrimitive(value, "number");
}

function Increment(value) {
  let number = ToPrimitive(value, "number");
  return ++number;
}

function Decrement(value) {
  let number = ToPrimitive(value, "number");
  return --number;
}

function LessThan(left, right) {
  const a = ToPrimitive(left, "number");
  return a < ToPrimitive(right, "number");
}

function LessEqual(left, right) {
  const a = ToPrimitive(left, "number");
  return a <= ToPrimitive(right, "number");
}

function GreaterThan(left, right) {
  const a = ToPrimitive(left, "number");
  return a > ToPrimitive(right, "number");
}

function GreaterEqual(left, right) {
  const a = ToPrimitive(left, "number");
  return a >= ToPrimitive(right, "number");
}

// One operand is an object, the other one neither an object nor null nor undefined.
function LooseEquals(left, right) {
  if (%IsObject(left)) return ToPrimitive(left, "default") == right;
  return left == ToPrimitive(right, "default");
}

function InstanceOf(value, target) {
  if (!%IsObject(target)) %ThrowTypeError("Right-hand side of 'instanceof' is not an object");
  const method = target[%SymbolHasInstance()];
  if (method !== undefined && method !== null) {
    if (!%IsCallable(method)) %ThrowNotAFunction(method);
    return !!%Call(method, target, value);
  }
  if (!%IsCallable(target)) %ThrowTypeError("Right-hand side of 'instanceof' is not callable");
  return OrdinaryHasInstance(target, value);
}

function OrdinaryHasInstance(target, value) {
  if (!%IsCallable(target)) return false;
  const bound = %BoundTarget(target);
  if (bound !== undefined) return InstanceOf(value, bound);
  if (!%IsObject(value)) return false;
  const prototype = target.prototype;
  if (!%IsObject(prototype)) {
    %ThrowTypeError(`Function has non-object prototype '${%Describe(prototype)}' in instanceof check`);
  }
  return %HasInPrototypeChain(value, prototype);
}

// The key is converted here, or the property is an accessor.
function GetElement(object, key) {
  if (object === undefined || object === null) %ThrowCannotRead(object, key);
  return object[ToPropertyKeySlow(key)];
}

function SetElement(object, key, value) {
  if (object === undefined || object === null) %ThrowCannotSet(object, key);
  object[ToPropertyKeySlow(key)] = value;
}

function DeleteElement(object, key) {
  const name = ToPropertyKeySlow(key);
  return delete object[name];
}

function HasElement(key, object) {
  if (!%IsObject(object)) %ThrowInOnPrimitive(key, object);
  return ToPropertyKeySlow(key) in object;
}

function OpenIterator(iterable) {
  if (iterable === undefined || iterable === null) %ThrowNotIterable(iterable);
  const method = iterable[%SymbolIterator()];
  if (!%IsCallable(method)) %ThrowNotIterable(iterable);
  const iterator = %Call(method, iterable);
  if (!%IsObject(iterator)) {
    %ThrowTypeError("Result of the Symbol.iterator method is not an object");
  }
  return %IteratorRecord(iterator, iterator.next);
}

function IteratorStep(iterator, next) {
  if (!%IsCallable(next)) %ThrowNotAFunction(next);
  const result = %Call(next, iterator);
  if (!%IsObject(result)) %ThrowTypeError(`Iterator result ${%Describe(result)} is not an object`);
  if (result.done) return %Done();
  return result.value;
}

// What an iteration gets from the result object that a generator passes on from another iterator.
function IteratorResultValue(result) {
  if (result.done) return %Done();
  return result.value;
}

// ECMA-262 15.5.5, yield*: mode is 0 for next, 1 for throw, 2 for return.
function DelegateStep(iterator, next, value, mode) {
  let result;
  if (mode === 0) {
    if (!%IsCallable(next)) %ThrowNotAFunction(next);
    result = %Call(next, iterator, value);
  } else if (mode === 1) {
    const method = iterator.throw;
    if (method === undefined || method === null) {
      IteratorClose(iterator);
      %ThrowTypeError("The iterator does not provide a 'throw' method");
    }
    if (!%IsCallable(method)) %ThrowTypeError(`${%TypeAndValue(method)} is not a function`);
    result = %Call(method, iterator, value);
  } else {
    const method = iterator.return;
    if (method === undefined || method === null) return %IteratorRecord(value, true);
    if (!%IsCallable(method)) %ThrowTypeError(`${%TypeAndValue(method)} is not a function`);
    result = %Call(method, iterator, value);
  }
  if (!%IsObject(result)) %ThrowTypeError(`Iterator result ${%Describe(result)} is not an object`);
  if (result.done) return %IteratorRecord(result.value, mode === 2);
  return result;
}

function IteratorClose(iterator) {
  const method = iterator.return;
  if (method === undefined || method === null) return;
  if (!%IsCallable(method)) %ThrowTypeError(`${%TypeAndValue(method)} is not a function`);
  const result = %Call(method, iterator);
  if (!%IsObject(result)) %ThrowTypeError(`Iterator result ${%Describe(result)} is not an object`);
}

// While an exception is on its way: what goes wrong here is dropped.
function IteratorCloseSilently(iterator) {
  try {
    const method = iterator.return;
    if (method !== undefined && method !== null) %Call(method, iterator);
  } catch {
  }
}

function AppendSpread(array, iterable) {
  const iterator = %OpenUnobserved(iterable);
  if (iterator !== undefined) {
    while (!%AppendSteps(array, iterator));
    return;
  }
  for (const value of iterable) %ListAppend(array, value);
}

function CopyProperties(target, source) {
  if (source === undefined || source === null) return;
  const from = %ToObject(source);
  const keys = %OwnKeys(from);
  const count = keys.length;
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    if (%IsEnumerableOwn(from, key)) %CreateDataProperty(target, key, from[key]);
  }
}

function ObjectRest(source, excluded) {
  const from = %ToObject(source);
  const target = %ObjectCreate();
  const keys = %OwnKeys(from);
  const count = keys.length;
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    if (!%ListIncludes(excluded, key) && %IsEnumerableOwn(from, key)) %CreateDataProperty(target, key, from[key]);
  }
  return target;
}

// object[key](argument) where the method is behind an accessor.
function InvokeMethod(object, key, argument) {
  return %Call(object[key], object, argument);
}

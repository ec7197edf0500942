// Object, Function.prototype and Reflect: what reads properties that may be accessors.

function ToPropertyKey(value) {
  return %IsObject(value) ? ToPropertyKeySlow(value) : %ToPropertyKey(value);
}

// Only for a new.target whose prototype is behind an accessor.
function ObjectConstructor() {
  const prototype = new.target.prototype;
  return %IsObject(prototype) ? %ObjectCreateWith(prototype) : %ObjectCreate();
}

function ObjectAssign(target, ...sources) {
  const to = %ToObject(target);
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    if (source === undefined || source === null) continue;
    const from = %ToObject(source);
    const keys = %OwnKeys(from);
    const count = keys.length;
    for (let k = 0; k < count; k++) {
      const key = keys[k];
      if (%IsEnumerableOwn(from, key)) to[key] = from[key];
    }
  }
  return to;
}

function ObjectEntries(value) {
  const object = %ToObject(value);
  const keys = %OwnStringKeys(object);
  const result = %ArrayCreate(0);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (%IsEnumerableOwn(object, key)) %ListAppend(result, %ArrayPair(key, object[key]));
  }
  return result;
}

function ObjectValues(value) {
  const object = %ToObject(value);
  const keys = %OwnStringKeys(object);
  const result = %ArrayCreate(0);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (%IsEnumerableOwn(object, key)) %ListAppend(result, object[key]);
  }
  return result;
}

function ObjectFromEntries(iterable) {
  %RequireIterable(iterable);
  const result = %ObjectCreate();
  for (const entry of iterable) {
    if (%AddPlainEntry(result, entry)) continue;
    if (!%IsObject(entry)) %ThrowTypeError(`Iterator value ${%Describe(entry)} is not an entry object`);
    const key = entry[0];
    const value = entry[1];
    %CreateDataPropertyOrThrow(result, ToPropertyKey(key), value);
  }
  return result;
}

function ObjectGroupBy(items, callback) {
  %RequireIterable(items);
  if (!%IsCallable(callback)) %ThrowNotAFunction(callback);
  const result = %ObjectCreateNull();
  let i = 0;
  for (const value of items) {
    let key = %Call(callback, undefined, value, i);
    if (%IsObject(key)) key = ToPropertyKey(key);
    %GroupAppend(result, key, value);
    i++;
  }
  return result;
}

// The fields of a property descriptor, each read once, as an object without prototype.
function ToPlainDescriptor(descriptor) {
  if (!%IsObject(descriptor)) %ThrowTypeError(`Property description must be an object: ${%Describe(descriptor)}`);
  const result = %RecordCreate();
  if ("enumerable" in descriptor) result.enumerable = !!descriptor.enumerable;
  if ("configurable" in descriptor) result.configurable = !!descriptor.configurable;
  if ("value" in descriptor) result.value = descriptor.value;
  if ("writable" in descriptor) result.writable = !!descriptor.writable;
  if ("get" in descriptor) result.get = descriptor.get;
  if ("set" in descriptor) result.set = descriptor.set;
  %CheckDescriptor(result);
  return result;
}

// ArraySetLength converts an object to a number twice.
function ToArrayLength(value) {
  const length = value >>> 0;
  if (+value !== length) %ThrowRangeError("Invalid array length");
  return length;
}

// array.length = value, where the value is an object.
function SetArrayLength(array, value) {
  array.length = ToArrayLength(value);
}

function DefineOrThrow(object, key, descriptor) {
  if (key === "length" && %IsArray(object) && %HasOwn(descriptor, "value")) {
    descriptor.value = ToArrayLength(descriptor.value);
  }
  %DefineOwnPropertyOrThrow(object, key, descriptor);
}

function ObjectDefineProperty(object, key, descriptor) {
  if (!%IsObject(object)) %ThrowTypeError("Object.defineProperty called on non-object");
  const name = ToPropertyKey(key);
  DefineOrThrow(object, name, ToPlainDescriptor(descriptor));
  return object;
}

function DefineProperties(object, properties) {
  const from = %ToObject(properties);
  const keys = %OwnKeys(from);
  const names = %ListCreate();
  const descriptors = %ListCreate();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (%IsEnumerableOwn(from, key)) {
      %ListAppend(descriptors, ToPlainDescriptor(from[key]));
      %ListAppend(names, key);
    }
  }
  for (let i = 0; i < names.length; i++) DefineOrThrow(object, names[i], descriptors[i]);
  return object;
}

function ObjectDefineProperties(object, properties) {
  if (!%IsObject(object)) %ThrowTypeError("Object.defineProperties called on non-object");
  return DefineProperties(object, properties);
}

function ObjectCreate(prototype, properties) {
  if (prototype !== null && !%IsObject(prototype)) {
    %ThrowTypeError(`Object prototype may only be an Object or null: ${%Describe(prototype)}`);
  }
  const object = %ObjectCreateWith(prototype);
  return properties === undefined ? object : DefineProperties(object, properties);
}

function ObjectGetOwnPropertyDescriptor(value, key) {
  const object = %ToObject(value);
  return %GetOwnPropertyDescriptor(object, ToPropertyKey(key));
}

function ObjectHasOwn(value, key) {
  const object = %ToObject(value);
  return %HasOwn(object, ToPropertyKey(key));
}

function ObjectHasOwnProperty(key) {
  const name = ToPropertyKey(key);
  return %HasOwn(%ToObject(this), name);
}

function ObjectPropertyIsEnumerable(key) {
  const name = ToPropertyKey(key);
  return %IsEnumerableOwn(%ToObject(this), name);
}

function ObjectToString() {
  if (this === undefined) return "[object Undefined]";
  if (this === null) return "[object Null]";
  const object = %ToObject(this);
  const tag = object[%SymbolToStringTag()];
  return "[object " + (typeof tag === "string" ? tag : %BuiltinTag(object)) + "]";
}

function ObjectToLocaleString() {
  return this.toString();
}

function ObjectDefineGetter(key, getter) {
  const object = %ToObject(this);
  if (!%IsCallable(getter)) %ThrowTypeError("Object.prototype.__defineGetter__: Expecting function");
  const descriptor = %RecordCreate();
  descriptor.get = getter;
  descriptor.enumerable = true;
  descriptor.configurable = true;
  %DefineOwnPropertyOrThrow(object, ToPropertyKey(key), descriptor);
}

function ObjectDefineSetter(key, setter) {
  const object = %ToObject(this);
  if (!%IsCallable(setter)) %ThrowTypeError("Object.prototype.__defineSetter__: Expecting function");
  const descriptor = %RecordCreate();
  descriptor.set = setter;
  descriptor.enumerable = true;
  descriptor.configurable = true;
  %DefineOwnPropertyOrThrow(object, ToPropertyKey(key), descriptor);
}

function ObjectLookupGetter(key) {
  let object = %ToObject(this);
  const name = ToPropertyKey(key);
  while (object !== null) {
    const descriptor = %GetOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return %HasOwn(descriptor, "get") ? descriptor.get : undefined;
    object = %GetPrototypeOf(object);
  }
}

function ObjectLookupSetter(key) {
  let object = %ToObject(this);
  const name = ToPropertyKey(key);
  while (object !== null) {
    const descriptor = %GetOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return %HasOwn(descriptor, "set") ? descriptor.set : undefined;
    object = %GetPrototypeOf(object);
  }
}

// CreateListFromArrayLike
function ListFromArrayLike(value) {
  if (!%IsObject(value)) %ThrowTypeError("CreateListFromArrayLike called on non-object");
  const length = LengthOfArrayLike(value);
  const list = %ListCreate();
  for (let i = 0; i < length; i++) %ListAppend(list, value[i]);
  return list;
}

function FunctionApply(thisArgument, argumentList) {
  if (!%IsCallable(this)) %ThrowTypeError("Function.prototype.apply was called on " + %Describe(this)
    + ", which is " + typeof this + " and not a function");
  if (argumentList === undefined || argumentList === null) return %Call(this, thisArgument);
  return %CallSpread(this, thisArgument, ListFromArrayLike(argumentList));
}

function FunctionBind(thisArgument, ...bound) {
  if (!%IsCallable(this)) %ThrowTypeError("Bind must be called on a function");
  let length = 0;
  if (%HasOwn(this, "length")) {
    const targetLength = this.length;
    if (typeof targetLength === "number") {
      const whole = %ToIntegerOrInfinity(targetLength) - bound.length;
      length = whole > 0 ? whole : 0;
    }
  }
  const name = this.name;
  return %BoundFunctionCreate(this, thisArgument, bound, length, typeof name === "string" ? name : "");
}

function FunctionHasInstance(value) {
  return OrdinaryHasInstance(this, value);
}

function ReflectApply(target, thisArgument, argumentList) {
  if (!%IsCallable(target)) %ThrowNotAFunction(target);
  return %CallSpread(target, thisArgument, ListFromArrayLike(argumentList));
}

function RequireReflectTarget(target, name) {
  if (!%IsObject(target)) %ThrowTypeError("Reflect." + name + " called on non-object");
}

function ReflectDefineProperty(target, key, descriptor) {
  RequireReflectTarget(target, "defineProperty");
  const name = ToPropertyKey(key);
  const fields = ToPlainDescriptor(descriptor);
  if (name === "length" && %IsArray(target) && %HasOwn(fields, "value")) fields.value = ToArrayLength(fields.value);
  return %DefineOwnProperty(target, name, fields);
}

function ReflectDeleteProperty(target, key) {
  RequireReflectTarget(target, "deleteProperty");
  return %DeleteProperty(target, ToPropertyKey(key));
}

function ReflectGet(target, key, receiver) {
  RequireReflectTarget(target, "get");
  const name = ToPropertyKey(key);
  if (%ArgumentCount() < 3) return target[name];
  return ReflectGetWith(target, name, receiver);
}

function ReflectGetWith(target, name, receiver) {
  let holder = target;
  while (holder !== null) {
    const descriptor = %GetOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) {
      if (!%HasOwn(descriptor, "get")) return descriptor.value;
      return descriptor.get === undefined ? undefined : %Call(descriptor.get, receiver);
    }
    holder = %GetPrototypeOf(holder);
  }
}

function ReflectHas(target, key) {
  RequireReflectTarget(target, "has");
  return ToPropertyKey(key) in target;
}

function ReflectSet(target, key, value, receiver) {
  RequireReflectTarget(target, "set");
  const name = ToPropertyKey(key);
  const to = %ArgumentCount() < 4 ? target : receiver;
  let holder = target;
  while (holder !== null) {
    const descriptor = %GetOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) {
      if (%HasOwn(descriptor, "set")) {
        if (descriptor.set === undefined) return false;
        %Call(descriptor.set, to, value);
        return true;
      }
      if (!descriptor.writable) return false;
      break;
    }
    holder = %GetPrototypeOf(holder);
  }
  if (!%IsObject(to)) return false;
  const own = %GetOwnPropertyDescriptor(to, name);
  const change = %RecordCreate();
  change.value = name === "length" && %IsArray(to) ? ToArrayLength(value) : value;
  if (own === undefined) {
    change.writable = true;
    change.enumerable = true;
    change.configurable = true;
  } else if (%HasOwn(own, "get") || !own.writable) {
    return false;
  }
  return %DefineOwnProperty(to, name, change);
}

function ReflectGetOwnPropertyDescriptor(target, key) {
  RequireReflectTarget(target, "getOwnPropertyDescriptor");
  return %GetOwnPropertyDescriptor(target, ToPropertyKey(key));
}

function ConstructWith(target, list, newTarget) {
  return %Call(%ReflectConstruct(), undefined, target, list, newTarget);
}

function ReflectConstruct(target, argumentList, newTargetValue) {
  if (!%IsConstructor(target)) %ThrowTypeError(`${%Describe(target)} is not a constructor`);
  const newTarget = %ArgumentCount() > 2 ? newTargetValue : target;
  if (!%IsConstructor(newTarget)) %ThrowTypeError(`${%Describe(newTarget)} is not a constructor`);
  return %Call(%Callee(), undefined, target, ListFromArrayLike(argumentList), newTarget);
}

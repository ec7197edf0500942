// Date: what converts objects.

function DateConstructor(...values) {
  const count = values.length;
  let time = 0;
  if (count === 0) {
    time = %DateOfNow();
  } else if (count === 1) {
    const value = values[0];
    if (%IsDate(value)) {
      time = %DateTime(value);
    } else {
      const primitive = ToPrimitive(value, "default");
      time = typeof primitive === "string" ? %DateOfText(primitive) : %DateOfNumber(+primitive);
    }
  } else {
    const fields = %ListCreate();
    for (let i = 0; i < count; i++) {
      const field = +values[i];
      if (i < 7) %ListAppend(fields, field);
    }
    time = %DateOfFields(fields);
  }
  return %DateCreate(time, new.target.prototype);
}

// A setter: the time value is read before the arguments are converted.
function DateSetter(...values) {
  const time = %DateTime(this);
  const wanted = %DateArgumentCount();
  const fields = %ListCreate();
  for (let i = 0; i < values.length && i < wanted; i++) %ListAppend(fields, +values[i]);
  return %DateSet(this, time, fields);
}

function DateToJSON() {
  const object = %ToObject(this);
  const time = ToPrimitive(object, "number");
  if (typeof time === "number" && !%IsFinite(time)) return null;
  return object.toISOString();
}

function DateToPrimitive(hint) {
  if (!%IsObject(this)) %ThrowTypeError("Date.prototype[Symbol.toPrimitive] called on non-object");
  if (hint === "string" || hint === "default") return OrdinaryToPrimitive(this, "string");
  if (hint === "number") return OrdinaryToPrimitive(this, "number");
  %ThrowTypeError(`Invalid hint: ${%Describe(hint)}`);
}

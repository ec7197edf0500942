// Sorting: the elements are taken out, sorted as a list, and put back.

function ArraySort(comparator) {
  if (comparator !== undefined && !%IsCallable(comparator)) {
    %ThrowTypeError("The comparison function must be either a function or undefined");
  }
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  let list = %SortableValues(object);
  if (list !== undefined) {
    SortList(list, comparator);
    if (%StoreSorted(object, list, length)) return object;
    return PutSorted(object, list, length - list.length, length);
  }
  list = %ListCreate();
  let undefinedCount = 0;
  for (let i = 0; i < length; i++) {
    const value = object[i];
    if (value !== undefined) %ListAppend(list, value);
    else if (i in object) undefinedCount++;
  }
  SortList(list, comparator);
  return PutSorted(object, list, undefinedCount, length);
}

function PutSorted(object, list, undefinedCount, length) {
  const count = list.length;
  let i = 0;
  for (; i < count; i++) object[i] = list[i];
  for (; i < count + undefinedCount; i++) object[i] = undefined;
  for (; i < length; i++) if (i in object) delete object[i];
  return object;
}

function ArrayToSorted(comparator) {
  if (comparator !== undefined && !%IsCallable(comparator)) {
    %ThrowTypeError("The comparison function must be either a function or undefined");
  }
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  let list = %SortableValues(object);
  if (list !== undefined) {
    SortList(list, comparator);
    return %ArrayOfSorted(list, length);
  }
  const result = %ArrayCreate(length);
  list = %ListCreate();
  for (let i = 0; i < length; i++) {
    const value = object[i];
    if (value !== undefined) %ListAppend(list, value);
  }
  SortList(list, comparator);
  const count = list.length;
  for (let i = 0; i < length; i++) %CreateDataPropertyOrThrow(result, i, i < count ? list[i] : undefined);
  return result;
}

function SortList(list, comparator) {
  if (list.length < 2) return;
  if (comparator === undefined) SortByText(list);
  else %SortWith(%SortBegin(list), comparator);
}

function SortByText(list) {
  const count = list.length;
  const texts = %ListCreate();
  for (let i = 0; i < count; i++) %ListAppend(texts, `${list[i]}`);
  %SortByKeys(list, texts);
}

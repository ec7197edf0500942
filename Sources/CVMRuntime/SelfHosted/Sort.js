// Sorting with a comparator: runs are extended by binary insertion and merged, so the order of equal elements stays.
// What the comparator answers only counts where it is less than 0: so NaN is as good as 0.

function ArraySort(comparator) {
  if (comparator !== undefined && !%IsCallable(comparator)) {
    %ThrowTypeError("The comparison function must be either a function or undefined");
  }
  const object = %ToObject(this);
  const length = LengthOfArrayLike(object);
  const list = %ListCreate();
  let undefinedCount = 0;
  for (let i = 0; i < length; i++) {
    const value = object[i];
    if (value !== undefined) %ListAppend(list, value);
    else if (i in object) undefinedCount++;
  }
  SortList(list, comparator);
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
  const result = %ArrayCreate(length);
  const list = %ListCreate();
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
  else MergeSort(list, comparator);
}

function SortByText(list) {
  const count = list.length;
  const texts = %ListCreate();
  for (let i = 0; i < count; i++) %ListAppend(texts, `${list[i]}`);
  %SortByKeys(list, texts);
}

function MergeSort(list, comparator) {
  const count = list.length;
  const minimum = MinimumRun(count);
  if (count <= minimum) {
    ExtendRun(list, 0, count, count, comparator);
    return;
  }
  // Starts of the runs; lengths follow from the next start.
  const starts = %ListCreate();
  let low = 0;
  while (low < count) {
    const end = low + minimum < count ? low + minimum : count;
    const stop = ExtendRun(list, low, end, count, comparator);
    %ListAppend(starts, low);
    low = stop;
  }
  MergeRuns(list, starts, comparator);
}

function MinimumRun(count) {
  let n = count;
  let rest = 0;
  while (n >= 64) {
    rest |= n & 1;
    n >>= 1;
  }
  return n + rest;
}

// Finds the run at `low`, and makes it reach to `end` at least; answers where it ends.
function ExtendRun(list, low, end, limit, comparator) {
  let high = low + 1;
  if (high >= limit) return limit;
  const descending = +%Call(comparator, undefined, list[high], list[low]) < 0;
  high++;
  while (high < limit) {
    if (descending !== (+%Call(comparator, undefined, list[high], list[high - 1]) < 0)) break;
    high++;
  }
  if (descending) {
    for (let i = low, j = high - 1; i < j; i++, j--) {
      const value = list[i];
      list[i] = list[j];
      list[j] = value;
    }
  }
  for (; high < end; high++) {
    const pivot = list[high];
    let left = low;
    let right = high;
    while (left < right) {
      const middle = (left + right) >> 1;
      if (+%Call(comparator, undefined, pivot, list[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    for (let i = high; i > left; i--) list[i] = list[i - 1];
    list[left] = pivot;
  }
  return high;
}

// Merges neighbouring runs, pass by pass, until one is left.
function MergeRuns(list, starts, comparator) {
  const count = list.length;
  const scratch = %ListCreate();
  for (let i = 0; i < count; i++) %ListAppend(scratch, undefined);
  let runs = starts.length;
  while (runs > 1) {
    let kept = 0;
    for (let i = 0; i < runs; i += 2) {
      const low = starts[i];
      if (i + 1 < runs) {
        const high = i + 2 < runs ? starts[i + 2] : count;
        Merge(list, low, starts[i + 1], high, scratch, comparator);
      }
      starts[kept] = low;
      kept++;
    }
    runs = kept;
  }
}

function Merge(list, low, middle, high, scratch, comparator) {
  if (!(+%Call(comparator, undefined, list[middle], list[middle - 1]) < 0)) return;
  const leftCount = middle - low;
  for (let i = 0; i < leftCount; i++) scratch[i] = list[low + i];
  let left = 0;
  let right = middle;
  let to = low;
  while (left < leftCount && right < high) {
    if (+%Call(comparator, undefined, list[right], scratch[left]) < 0) {
      list[to] = list[right];
      right++;
    } else {
      list[to] = scratch[left];
      left++;
    }
    to++;
  }
  for (; left < leftCount; left++, to++) list[to] = scratch[left];
}

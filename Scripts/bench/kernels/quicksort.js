"use strict";
// Calls and elements: a million pseudo-random integers sorted by a hand-written quicksort.

function sort(a, low, high) {
  while (low < high) {
    var pivot = a[(low + high) >> 1], i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        var t = a[i];
        a[i] = a[j];
        a[j] = t;
        i++;
        j--;
      }
    }
    if (j - low < high - i) {
      sort(a, low, j);
      low = i;
    } else {
      sort(a, i, high);
      high = j;
    }
  }
}

function run(n) {
  var a = [], seed = 12345;
  for (var i = 0; i < n; i++) {
    seed = (seed * 4093 + 12345) & 0x7ffff;
    a.push(seed * 2048 + (i & 2047));
  }
  sort(a, 0, n - 1);
  var h = 0;
  for (var k = 1; k < n; k++) {
    if (a[k - 1] > a[k]) return 'not sorted';
    h = (h + a[k] % 1000 * (k & 15)) & 0xffffff;
  }
  return h;
}

(typeof print === 'function' ? print : console.log)(run(1000000));

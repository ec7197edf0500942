// @dialect cvm1
function f(list, n) {
  for (const x of list) {
    let y = x / n;
  }
  return [x, y, typeof list, missing, CC("q" + n / 0)];
}

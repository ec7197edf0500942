function f(v) {
  let before = g;
  const g = 1;
  switch (v) {
    case 0: let x = 1; break;
    case 1: x = 2; return x;
  }
  {
    use(() => late);
    let late = 5;
    late++;
  }
  g = 3;
}
function p(a = b, b = 1) { return a; }

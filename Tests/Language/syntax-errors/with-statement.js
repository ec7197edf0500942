const o = {};
with (o) {
}
// expect syntax error: 2:1 `with` is not allowed

let v;
{
  var v;
}
// expect syntax error: 3:7 `v` has already been declared

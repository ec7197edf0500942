if (true) {
  break;
}
// expect syntax error: 2:3 `break` outside of a loop or `switch`

for (;;) {
  continue nowhere;
}
// expect syntax error: 2:12 There is no label `nowhere`

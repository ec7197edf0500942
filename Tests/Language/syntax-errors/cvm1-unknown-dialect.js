// @dialect cvm9
// expect syntax error: 1:13 There is no dialect `cvm9`; the dialects are js, cvm1

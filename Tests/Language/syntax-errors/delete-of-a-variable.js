let x = 1;
delete x;
// expect syntax error: 2:8 A variable cannot be deleted

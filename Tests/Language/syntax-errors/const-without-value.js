const answer;
// expect syntax error: 1:7 The constant `answer` needs a value

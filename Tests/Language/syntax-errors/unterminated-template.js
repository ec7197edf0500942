const t = `never ${'ending'};
// expect syntax error: 1:11 The template is not closed

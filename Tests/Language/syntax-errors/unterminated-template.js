const t = `never ${'ending'};
// expect syntax error: 1:28 The template is not closed

const a = [3, 2, 1]; for (;;) a.sort(() => { a.push({}); return -1 });

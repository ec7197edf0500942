const l = []; for (;;) l.push(Math.random());

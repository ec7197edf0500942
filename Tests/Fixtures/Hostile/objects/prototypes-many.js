const l = []; for (;;) l.push(Object.create({}));

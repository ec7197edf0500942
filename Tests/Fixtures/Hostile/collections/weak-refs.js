const l = []; for (;;) l.push(new WeakRef({}));

let a = []; for (;;) a = [a];

let s = 'x'.repeat(1000); for (;;) s = `${s}${s}`;

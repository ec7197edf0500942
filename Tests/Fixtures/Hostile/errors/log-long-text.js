const s = 'x'.repeat(3e7); for (;;) console.log(s, s, s, s);

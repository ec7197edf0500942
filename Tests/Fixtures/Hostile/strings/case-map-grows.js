let s = '\u0390'.repeat(1e5); for (;;) s = s.toUpperCase() + s;

const s = '\u0100\ud800'.repeat(5e6); for (;;) s.toWellFormed();

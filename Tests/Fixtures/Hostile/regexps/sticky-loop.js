const r = /(?:)/gy; for (;;) 'abc'.match(r);

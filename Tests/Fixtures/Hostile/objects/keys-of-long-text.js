const s = new String('x'.repeat(2e7)); for (;;) Object.keys(s);

const a = 'a'.repeat(5e6), b = a + 'b'; for (;;) a.localeCompare(b);

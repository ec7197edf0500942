const s = 'x'.repeat(4e7); for (;;) [s.slice(1), s.slice(2), s.slice(3), s.slice(4)];

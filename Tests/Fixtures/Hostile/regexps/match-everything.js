for (;;) 'x'.repeat(1e7).match(/x/g);

'x'.repeat(1e6).replace(/(?:)/g, 'y'.repeat(100));

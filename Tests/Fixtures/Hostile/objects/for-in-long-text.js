for (;;) for (const k in 'x'.repeat(2e7)) break;

for (;;) ({...'x'.repeat(2e7)});

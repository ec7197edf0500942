for (;;) try { new RegExp('x'.repeat(1e7)) } catch (e) { new RegExp('x', 'g'.repeat(1e7)) }

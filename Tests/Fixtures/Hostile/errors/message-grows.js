let m = 'e'; for (;;) try { throw new Error(m + m) } catch (e) { m = e.message }

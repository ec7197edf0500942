const a = {}, b = {}; for (;;) { Object.setPrototypeOf(a, Object.create(b)); a.missing }

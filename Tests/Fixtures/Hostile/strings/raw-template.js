const t = {raw: {length: 2 ** 53 - 1}}; String.raw(t, 1);

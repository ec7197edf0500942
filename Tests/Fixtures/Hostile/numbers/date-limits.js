for (;;) { new Date(8.64e15).toString(); new Date(NaN).getTime(); Date.parse('x'.repeat(1000)) }

const o = {valueOf() { for (;;) {} }}; o * 2;

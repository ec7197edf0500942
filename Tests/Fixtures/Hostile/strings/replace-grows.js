let s = 'aaaa'; for (;;) s = s.replaceAll('a', 'aa');

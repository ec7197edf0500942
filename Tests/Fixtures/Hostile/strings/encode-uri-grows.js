let s = '%'; for (;;) s = encodeURIComponent(s) + s;

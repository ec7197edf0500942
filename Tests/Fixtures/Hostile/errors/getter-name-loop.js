const e = new Error; Object.defineProperty(e, 'name', {get() { for (;;) {} }}); throw e;

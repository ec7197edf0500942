throw {get message() { throw this }, toString() { throw this }, get stack() { for (;;) {} }};

function f(x) { return 'a'.replace(/a/, f) } f();

function f(...a) { return f(...a, 1) } f();

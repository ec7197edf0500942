function f(x) { return [x].map(f) } f(1);

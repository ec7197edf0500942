function f(a) { let b = a, c = b, d = c, e = d; return f(a) + b + c + d + e } f(1);

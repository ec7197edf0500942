let n = 0; function f() { try { f() } catch { n++; f() } } f();

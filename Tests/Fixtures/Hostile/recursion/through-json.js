function f() { return JSON.stringify({toJSON: f}) } f();

class A { constructor() { this.a = 1; } }
const tries = [
  class extends A { constructor() { this.b = 1; } },
  class extends A { constructor() {} },
  class extends A { constructor() { super(); super(); } },
  class extends A { constructor() { const f = () => super(); f(); this.b = 2; } },
  class extends A { constructor() { return { other: 1 }; } },
  class extends A { constructor() { super(); return { replaced: 1 }; } },
  class extends A { constructor() { super(); return 5; } },
  class extends A { constructor() { super(); return undefined; } },
  class extends A { constructor() { super.x; } },
  class extends A { constructor() { try { super(); } finally { this.c = 3; } } },
  class extends A { constructor(v = super()) { this.d = 4; } },
];
for (const T of tries) {
  try {
    console.log(Object.keys(new T()));
  } catch (e) {
    console.log(e.name, e.message);
    // expect: ReferenceError Must call super constructor in derived class before accessing 'this' or returning from derived constructor
    // expect: ReferenceError Must call super constructor in derived class before accessing 'this' or returning from derived constructor
    // expect: ReferenceError Super constructor may only be called once
    // expect: [ 'a', 'b' ]
    // expect: [ 'other' ]
    // expect: [ 'replaced' ]
    // expect: TypeError Derived constructors may only return object or undefined
    // expect: [ 'a' ]
    // expect: ReferenceError Must call super constructor in derived class before accessing 'this' or returning from derived constructor
    // expect: [ 'a', 'c' ]
    // expect: [ 'a', 'd' ]
  }
}

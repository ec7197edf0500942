class A { constructor() { this.next = new A } } new A;

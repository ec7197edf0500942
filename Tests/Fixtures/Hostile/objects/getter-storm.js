const o = {get x() { return this.x + this.x }}; o.x;

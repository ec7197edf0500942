const a = {get x() { return b.x }}, b = {get x() { return a.x }}; a.x;

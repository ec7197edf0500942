Math.max(...new Array(5e7));

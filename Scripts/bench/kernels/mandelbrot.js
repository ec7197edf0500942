"use strict";
// Floating point: 400 by 400 points of the Mandelbrot set, at most 50 rounds each.

function mandelbrot(size, limit) {
  var inside = 0;
  for (var py = 0; py < size; py++) {
    var y0 = 2 * py / size - 1;
    for (var px = 0; px < size; px++) {
      var x0 = 3 * px / size - 2;
      var x = 0, y = 0, n = 0;
      while (n < limit) {
        var xx = x * x, yy = y * y;
        if (xx + yy > 4) break;
        y = 2 * x * y + y0;
        x = xx - yy + x0;
        n++;
      }
      inside += n;
    }
  }
  return inside;
}

(typeof print === 'function' ? print : console.log)(mandelbrot(400, 50));

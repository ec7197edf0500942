for (;;) (1.7976931348623157e308).toString(2) + (5e-324).toString(3) + (0.1).toFixed(100);

enum CVMHeapGraphPlaceholder {}

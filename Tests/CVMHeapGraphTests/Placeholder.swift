enum CVMHeapGraphTestsPlaceholder {}

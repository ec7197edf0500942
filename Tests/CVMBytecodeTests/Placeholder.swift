enum CVMBytecodeTestsPlaceholder {}

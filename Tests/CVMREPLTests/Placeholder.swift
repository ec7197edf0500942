enum CVMREPLTestsPlaceholder {}

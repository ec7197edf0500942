enum CVMCompilerTestsPlaceholder {}

enum CVMRuntimeTestsPlaceholder {}

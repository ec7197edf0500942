enum CVMCompilerPlaceholder {}

enum CVMBytecodePlaceholder {}

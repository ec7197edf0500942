enum CVMREPLPlaceholder {}

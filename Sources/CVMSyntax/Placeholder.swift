enum CVMSyntaxPlaceholder {}

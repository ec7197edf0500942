enum CVMSyntaxTestsPlaceholder {}

enum CVMReportTestsPlaceholder {}

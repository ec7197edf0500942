enum CVMReportPlaceholder {}

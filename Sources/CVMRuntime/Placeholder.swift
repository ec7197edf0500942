enum CVMRuntimePlaceholder {}

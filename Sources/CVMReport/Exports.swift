@_exported import func CVMText.displayWidth

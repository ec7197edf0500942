@_exported import func CVMText.displayWidth
@_exported import struct CVMText.JSONWriter

enum CVMSnapshotPlaceholder {}

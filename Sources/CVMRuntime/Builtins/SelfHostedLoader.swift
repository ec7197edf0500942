import CVMBytecode
import CVMDispatch

/// The built-ins that are written in JavaScript, decoded once in a process.
private enum SelfHostedImage {
  static let blocks: [CodeBlock] = {
    let bytes = [UInt8](UnsafeBufferPointer(start: cvm_selfhosted_image_start(), count: Int(cvm_selfhosted_image_size)))
    do throws(CodingError) {
      let image = try CodeImage(bytes)
      var blocks: [CodeBlock] = []
      for name in image.names {
        guard var block = try image.block(named: name) else { continue }
        block.isSelfHosted = true
        blocks.append(block)
      }
      return blocks
    } catch {
      fatalError("the image of the built-ins is damaged: \(error)")
    }
  }()
}

extension Machine {
  /// Loads the built-ins that are written in JavaScript from their image.
  func loadSelfHosted() {
    _ = code.load(SelfHostedImage.blocks, source: nil) { block, number in
      natives.addSelfHosted(String(codeUnits: block.name), code: number)
    }
  }
}

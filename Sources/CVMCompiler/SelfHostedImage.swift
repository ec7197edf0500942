import CVMBytecode
import CVMSyntax

/// Compiles all sources of built-ins together; their functions see each other.
public func compileSelfHostedImage(_ sources: [SourceFile]) -> (image: [UInt8], errors: [String]) {
  let parsed = sources.map { parse($0, options: ParseOptions(selfHosted: true)) }
  let names = Set(parsed.flatMap { selfHostedFunctionNames($0.tree) })
  var blocks: [CodeBlock] = []
  var errors: [String] = []
  for (source, parse) in zip(sources, parsed) {
    let result = compileSelfHosted(parse, names: names)
    for diagnostic in result.diagnostics where diagnostic.severity == .error {
      errors.append("\(source.name):\(source.location(at: diagnostic.range.start)): \(diagnostic.message)")
    }
    for block in result.blocks {
      do throws(VerifierError) {
        try Verifier.verify(block)
      } catch {
        errors.append("\(source.name): \(String(decoding: block.name, as: UTF16.self)): \(error)")
      }
    }
    blocks += result.blocks.map(withoutDebugTables)
  }
  return (errors.isEmpty ? CodeImage.encode(blocks) : [], errors)
}

/// Frames of built-ins are shown to nobody, and what is not in the image need not be read at each start.
private func withoutDebugTables(_ block: CodeBlock) -> CodeBlock {
  var block = block
  block.sourceMap = SourceMap()
  block.variables = []
  block.nested = block.nested.map(withoutDebugTables)
  return block
}

/// The C file with the image of the built-ins.
public func selfHostedImageSource(_ image: [UInt8]) -> String {
  var text = """
    //// DO NOT EDIT: made by `swift run cvm-generate selfhosted`.
    #include "SelfHostedImage.h"

    const unsigned char cvm_selfhosted_image[] = {

    """
  for start in stride(from: 0, to: image.count, by: 24) {
    text += image[start..<min(start + 24, image.count)].map { "\($0)," }.joined() + "\n"
  }
  return text + "};\nconst unsigned long cvm_selfhosted_image_size = sizeof(cvm_selfhosted_image);\n"
}

/// The header that declares the image.
public let selfHostedImageHeader = """
  //// DO NOT EDIT: made by `swift run cvm-generate selfhosted`.
  #ifndef CVM_SELF_HOSTED_IMAGE_H
  #define CVM_SELF_HOSTED_IMAGE_H

  /// The compiled built-ins that are written in JavaScript, as `CodeImage` reads them.
  extern const unsigned char cvm_selfhosted_image[];
  extern const unsigned long cvm_selfhosted_image_size;

  static inline const unsigned char *_Nonnull cvm_selfhosted_image_start(void) {
    return cvm_selfhosted_image;
  }

  #endif

  """

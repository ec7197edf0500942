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

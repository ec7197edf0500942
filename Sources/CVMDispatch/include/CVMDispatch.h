// The machine's plain data, shared by the generated handlers (C) and the runtime (Swift).
// Everything here is trivially copyable; nothing owns memory.
#ifndef CVM_DISPATCH_H
#define CVM_DISPATCH_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#pragma clang assume_nonnull begin

/// Asks for the memory at an address ahead of its use; any address will do.
static inline void CVMPrefetch(const void *_Nullable address) { __builtin_prefetch(address); }

/// A NaN-boxed JavaScript value: a double as it is, or a tag in the top 16 bits.
typedef struct CVMValue {
  uint64_t bits;
} CVMValue;

/// What a heap cell is. Stored in byte 14 of every cell. Closed, so that a `switch` over it must know every kind.
enum __attribute__((enum_extensibility(closed))) CVMKind : uint8_t {
  CVMKindFree = 0,
  // Objects: shape, extension, id.
  CVMKindObject = 1,
  CVMKindArray = 2,
  CVMKindFunction = 3,
  CVMKindError = 4,
  CVMKindMap = 5,
  CVMKindSet = 6,
  CVMKindWrapper = 7,
  CVMKindArguments = 8,
  CVMKindArrayIterator = 9,
  CVMKindMapIterator = 10,
  CVMKindSetIterator = 11,
  CVMKindStringIterator = 12,
  CVMKindBoundFunction = 13,
  CVMKindRegExp = 14,
  CVMKindRegExpStringIterator = 15,
  CVMKindGenerator = 18,
  CVMKindDate = 20,
  CVMKindWeakMap = 21,
  CVMKindWeakSet = 22,
  CVMKindWeakRef = 23,
  CVMKindIteratorHelper = 24,
  CVMKindLastObject = 31,
  // Primitives that live in the heap.
  CVMKindLatin1 = 32,
  CVMKindUTF16 = 33,
  CVMKindRope = 34,
  CVMKindSymbol = 35,
  CVMKindBigInt = 36,
  // Parts of objects, never seen by a program.
  CVMKindCell = 48,
  CVMKindValues = 49,
  CVMKindAccessor = 50,
  CVMKindDictionary = 51,
  CVMKindHashTable = 52,
  CVMKindEnumeration = 53,
};

/// The common start of every cell.
typedef struct CVMCellHeader {
  /// Objects: the shape. Strings: the length in code units.
  uint32_t shape;
  /// Objects: handle of the cell with further properties, or 0. Strings: the hash, 0 while unknown.
  uint32_t extension;
  /// The id of an object (0: built in or not counted).
  uint64_t id : 48;
  uint64_t kind : 8;
  uint64_t flags : 8;
} CVMCellHeader;

/// A free run of cells of one size class: allocation moves `current` up to `end`.
typedef struct CVMBump {
  uint8_t *current;
  uint8_t *end;
} CVMBump;

/// A function's code as the machine runs it.
typedef struct CVMCode {
  /// First word, counted from the start of the code region.
  uint32_t entry;
  uint32_t wordCount;
  uint16_t registerCount;
  uint16_t parameterCount;
  /// parameterCount when a call with that many arguments or more needs no preparation; else 0xffff.
  uint16_t fastParameterCount;
  uint16_t captureCount;
  /// First constant, counted from the start of the constants region.
  uint32_t constants;
  /// First of the nested codes' numbers in the machine's list of nested codes.
  uint32_t nested;
  /// CodeBlock.Kind.
  uint8_t kind;
  uint8_t flags;
  uint8_t instanceSlots;
  uint8_t reserved;
  /// The value of the function's length property.
  uint32_t length;
} CVMCode;

/// A hidden class: which properties an object has, in which order, and its prototype.
typedef struct CVMShape {
  /// Handle of the prototype object, or 0 for null.
  uint32_t prototype;
  /// The shape without the last property.
  uint32_t parent;
  /// Handle of the last property's key (an interned string or a symbol).
  uint32_t key;
  /// Number of properties: the slot of the last one is count - 1.
  uint32_t count;
  /// Slots inside the object itself; the others are in its extension.
  uint8_t inlineCapacity;
  /// Attributes of the last property.
  uint8_t attributes;
  uint8_t flags;
  uint8_t kind;
  /// The root of the transition tree this shape is in.
  uint32_t root;
  /// Offset + 1 of the lookup table in the machine's table of tables, 0 while there is none.
  uint32_t table;
  /// How many shapes follow from this one by one property more.
  uint32_t children;
} CVMShape;

enum { CVMBumpClassCount = 17 };

/// One machine: what the hot paths touch. Cold state is in a Swift object behind `host`.
typedef struct CVMMachine {
  /// Start of the reserved heap range; a handle counts 8-byte units from here.
  uint8_t *heap;
  CVMValue *frame;
  uint32_t *pc;
  /// Safepoints left before the machine looks at interrupts, limits and the collector.
  int64_t budget;
  CVMValue *stackLimit;
  uint32_t *code;
  CVMCode *codes;
  CVMValue *constants;
  CVMValue *globals;
  CVMShape *shapes;
  /// One byte of dirty bits for each 512 bytes of heap.
  uint8_t *cards;
  uint64_t nextID;
  uint32_t globalObject;
  uint32_t arrayShape;
  uint32_t stringPrototype;
  uint32_t prototypeEpoch;
  /// Not 0 once something that makes plain array iteration observable was changed.
  uint32_t arrayIterationModified;
  uint32_t arrayPushShape;
  CVMBump bump[CVMBumpClassCount];
  CVMValue result;
  CVMValue exception;
  CVMValue *stack;
  /// The native functions by number.
  void *natives;
  /// What calls of a code need beyond CVMCode, by its number.
  void *codeParts;
  void *host;
  /// The last answers to where a shape has a property: ShapeTable's.
  void *slotAnswers;
  const void *_Nullable table[256];
  /// What begins at each word of the code, while a run is watched and nothing else is looked for; else null.
  const uint8_t *_Nullable marks;
  uint64_t markCount;
  /// A word, from the start of the code, at which the watched run is looked at in any case.
  uint64_t watchedPlace;
  /// All marked words count in frames below this one.
  CVMValue *_Nullable watchFloor;
  /// The marks that count.
  uint8_t watchedMarks;
  /// Whether instructions of an opcode are looked at.
  bool watchedOpcodes[256];
} CVMMachine;

#pragma clang assume_nonnull end
#endif

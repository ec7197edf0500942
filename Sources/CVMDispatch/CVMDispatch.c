#include "CVMDispatch.h"

_Static_assert(sizeof(CVMCellHeader) == 16, "a cell header is 16 bytes");

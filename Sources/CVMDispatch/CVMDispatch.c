#include "CVMDispatch.h"

// The reentrant C interface of GEOS (https://libgeos.org/doxygen/geos__c_8h.html); the
// variants without a context handle are hidden.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

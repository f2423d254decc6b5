// PROJ's C interface (https://proj.org/development/reference/functions.html) and the
// geodesic routines that come with it (https://geographiclib.sourceforge.io/C/).
#include <proj.h>
#include <geodesic.h>

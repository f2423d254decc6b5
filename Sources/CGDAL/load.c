#include "CGDAL.h"

#include <dlfcn.h>

static struct CGDALFunctions functions;

const struct CGDALFunctions *cgdal_load(const char *library, const char **problem) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) {
        *problem = dlerror();
        return NULL;
    }
#define CGDAL_FIND(name, result, arguments) \
    *(void **)&functions.name = dlsym(handle, #name); \
    if (!functions.name) { \
        *problem = "the function " #name " is missing"; \
        dlclose(handle); \
        return NULL; \
    }
    CGDAL_FUNCTIONS(CGDAL_FIND)
#undef CGDAL_FIND
    void (*setHandler)(void *) = (void (*)(void *))dlsym(handle, "CPLSetErrorHandler");
    void *quiet = dlsym(handle, "CPLQuietErrorHandler");
    if (setHandler && quiet) setHandler(quiet);
    return &functions;
}

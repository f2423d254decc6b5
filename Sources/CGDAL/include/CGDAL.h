// The part of GDAL's C interface that is used, as a table of functions that is filled when the
// shared object is loaded: building needs no GDAL, and a process that reads GeoJSON loads none.
//
// Declarations follow GDAL 3.6: https://gdal.org/api/index.html (raster_c_api, vector_c_api, cpl).
#ifndef CLUSTERATLAS_CGDAL_H
#define CLUSTERATLAS_CGDAL_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct CGDALDataset *GDALDatasetRef;
typedef struct CGDALDriver *GDALDriverRef;
typedef struct CGDALLayer *OGRLayerRef;
typedef struct CGDALFeature *OGRFeatureRef;
typedef struct CGDALFeatureDefinition *OGRFeatureDefinitionRef;
typedef struct CGDALFieldDefinition *OGRFieldDefinitionRef;
typedef struct CGDALGeometry *OGRGeometryRef;
typedef struct CGDALSpatialReference *OGRSpatialReferenceRef;
typedef struct CGDALFile *VSIFileRef;
typedef const char *_Nullable const *CGDALStrings;
typedef char *_Nullable *CGDALOwnedStrings;

// Flags of GDALOpenEx (gdal.h).
enum {
    CGDAL_OF_READONLY = 0x00,
    CGDAL_OF_UPDATE = 0x01,
    CGDAL_OF_VECTOR = 0x04,
};

// OGRFieldType and OGRFieldSubType (ogr_core.h).
enum {
    CGDAL_OFTInteger = 0,
    CGDAL_OFTIntegerList = 1,
    CGDAL_OFTReal = 2,
    CGDAL_OFTRealList = 3,
    CGDAL_OFTString = 4,
    CGDAL_OFTStringList = 5,
    CGDAL_OFTBinary = 8,
    CGDAL_OFTDate = 9,
    CGDAL_OFTTime = 10,
    CGDAL_OFTDateTime = 11,
    CGDAL_OFTInteger64 = 12,
    CGDAL_OFTInteger64List = 13,
    CGDAL_OFSTNone = 0,
    CGDAL_OFSTBoolean = 1,
    CGDAL_OFSTJSON = 4,
};

// OGRwkbGeometryType (ogr_core.h), as far as it is no Shape.Kind.
enum {
    CGDAL_wkbUnknown = 0,
    CGDAL_wkbMultiPolygon = 6,
    CGDAL_wkbPolyhedralSurface = 15,
    CGDAL_wkbTIN = 16,
    CGDAL_wkbTriangle = 17,
    CGDAL_wkbNone = 100,
};

// OSRAxisMappingStrategy (ogr_srs_api.h) and CPLErr (cpl_error.h).
enum {
    CGDAL_OAMS_TRADITIONAL_GIS_ORDER = 0,
    CGDAL_CE_None = 0,
    CGDAL_CE_Warning = 2,
    CGDAL_CE_Failure = 3,
};

// name, result, arguments
#define CGDAL_FUNCTIONS(F) \
    F(GDALVersionInfo, const char *_Nonnull, (const char *_Nonnull request)) \
    F(GDALAllRegister, void, (void)) \
    F(GDALGetDriverByName, GDALDriverRef _Nullable, (const char *_Nonnull name)) \
    F(GDALGetDriverShortName, const char *_Nonnull, (GDALDriverRef _Nonnull driver)) \
    F(GDALGetMetadataItem, const char *_Nullable, \
        (void *_Nonnull object, const char *_Nonnull name, const char *_Nullable domain)) \
    F(GDALOpenEx, GDALDatasetRef _Nullable, \
        (const char *_Nonnull name, unsigned int flags, CGDALStrings _Nullable drivers, \
         CGDALStrings _Nullable options, CGDALStrings _Nullable siblings)) \
    F(GDALClose, void, (GDALDatasetRef _Nonnull dataset)) \
    F(GDALCreate, GDALDatasetRef _Nullable, \
        (GDALDriverRef _Nonnull driver, const char *_Nonnull name, int width, int height, \
         int bands, int type, \
         CGDALStrings _Nullable options)) \
    F(GDALGetDatasetDriver, GDALDriverRef _Nonnull, (GDALDatasetRef _Nonnull dataset)) \
    F(GDALDatasetGetLayerCount, int, (GDALDatasetRef _Nonnull dataset)) \
    F(GDALDatasetGetLayer, OGRLayerRef _Nullable, (GDALDatasetRef _Nonnull dataset, int index)) \
    F(GDALDatasetGetLayerByName, OGRLayerRef _Nullable, \
        (GDALDatasetRef _Nonnull dataset, const char *_Nonnull name)) \
    F(GDALDatasetCreateLayer, OGRLayerRef _Nullable, \
        (GDALDatasetRef _Nonnull dataset, const char *_Nonnull name, \
         OGRSpatialReferenceRef _Nullable system, \
         unsigned int geometryType, CGDALStrings _Nullable options)) \
    F(GDALDatasetExecuteSQL, OGRLayerRef _Nullable, \
        (GDALDatasetRef _Nonnull dataset, const char *_Nonnull statement, \
         OGRGeometryRef _Nullable filter, const char *_Nullable dialect)) \
    F(GDALDatasetReleaseResultSet, void, \
        (GDALDatasetRef _Nonnull dataset, OGRLayerRef _Nonnull result)) \
    F(GDALDatasetStartTransaction, int, (GDALDatasetRef _Nonnull dataset, int force)) \
    F(GDALDatasetCommitTransaction, int, (GDALDatasetRef _Nonnull dataset)) \
    F(OGR_L_GetName, const char *_Nonnull, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_GetGeomType, unsigned int, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_GetLayerDefn, OGRFeatureDefinitionRef _Nonnull, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_GetSpatialRef, OGRSpatialReferenceRef _Nullable, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_GetFeatureCount, int64_t, (OGRLayerRef _Nonnull layer, int force)) \
    F(OGR_L_GetFIDColumn, const char *_Nonnull, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_ResetReading, void, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_GetNextFeature, OGRFeatureRef _Nullable, (OGRLayerRef _Nonnull layer)) \
    F(OGR_L_CreateField, int, \
        (OGRLayerRef _Nonnull layer, OGRFieldDefinitionRef _Nonnull field, int approximate)) \
    F(OGR_L_CreateFeature, int, (OGRLayerRef _Nonnull layer, OGRFeatureRef _Nonnull feature)) \
    F(OGR_FD_GetFieldCount, int, (OGRFeatureDefinitionRef _Nonnull definition)) \
    F(OGR_FD_GetFieldDefn, OGRFieldDefinitionRef _Nonnull, \
        (OGRFeatureDefinitionRef _Nonnull definition, int at)) \
    F(OGR_Fld_Create, OGRFieldDefinitionRef _Nonnull, (const char *_Nonnull name, int type)) \
    F(OGR_Fld_Destroy, void, (OGRFieldDefinitionRef _Nonnull field)) \
    F(OGR_Fld_GetNameRef, const char *_Nonnull, (OGRFieldDefinitionRef _Nonnull field)) \
    F(OGR_Fld_GetType, int, (OGRFieldDefinitionRef _Nonnull field)) \
    F(OGR_Fld_GetSubType, int, (OGRFieldDefinitionRef _Nonnull field)) \
    F(OGR_Fld_SetSubType, void, (OGRFieldDefinitionRef _Nonnull field, int type)) \
    F(OGR_Fld_SetWidth, void, (OGRFieldDefinitionRef _Nonnull field, int width)) \
    F(OGR_Fld_SetPrecision, void, (OGRFieldDefinitionRef _Nonnull field, int digits)) \
    F(OGR_F_Create, OGRFeatureRef _Nullable, (OGRFeatureDefinitionRef _Nonnull definition)) \
    F(OGR_F_Destroy, void, (OGRFeatureRef _Nonnull feature)) \
    F(OGR_F_GetFID, int64_t, (OGRFeatureRef _Nonnull feature)) \
    F(OGR_F_SetFID, int, (OGRFeatureRef _Nonnull feature, int64_t id)) \
    F(OGR_F_IsFieldSetAndNotNull, int, (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_GetFieldAsInteger64, int64_t, (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_GetFieldAsDouble, double, (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_GetFieldAsString, const char *_Nonnull, (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_GetFieldAsIntegerList, const int *_Nullable, \
        (OGRFeatureRef _Nonnull feature, int field, int *_Nonnull count)) \
    F(OGR_F_GetFieldAsInteger64List, const int64_t *_Nullable, \
        (OGRFeatureRef _Nonnull feature, int field, int *_Nonnull count)) \
    F(OGR_F_GetFieldAsDoubleList, const double *_Nullable, \
        (OGRFeatureRef _Nonnull feature, int field, int *_Nonnull count)) \
    F(OGR_F_GetFieldAsStringList, CGDALOwnedStrings _Nullable, \
        (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_GetFieldAsBinary, const unsigned char *_Nullable, \
        (OGRFeatureRef _Nonnull feature, int field, int *_Nonnull count)) \
    F(OGR_F_GetFieldAsDateTimeEx, int, \
        (OGRFeatureRef _Nonnull feature, int field, int *_Nonnull year, int *_Nonnull month, \
         int *_Nonnull day, int *_Nonnull hour, \
         int *_Nonnull minute, float *_Nonnull second, int *_Nonnull zone)) \
    F(OGR_F_SetFieldNull, void, (OGRFeatureRef _Nonnull feature, int field)) \
    F(OGR_F_SetFieldInteger64, void, (OGRFeatureRef _Nonnull feature, int field, int64_t value)) \
    F(OGR_F_SetFieldDouble, void, (OGRFeatureRef _Nonnull feature, int field, double value)) \
    F(OGR_F_SetFieldString, void, \
        (OGRFeatureRef _Nonnull feature, int field, const char *_Nonnull value)) \
    F(OGR_F_GetGeometryRef, OGRGeometryRef _Nullable, (OGRFeatureRef _Nonnull feature)) \
    F(OGR_F_SetGeometryDirectly, int, \
        (OGRFeatureRef _Nonnull feature, OGRGeometryRef _Nullable geometry)) \
    F(OGR_G_GetGeometryType, unsigned int, (OGRGeometryRef _Nonnull geometry)) \
    F(OGR_G_HasCurveGeometry, int, (OGRGeometryRef _Nonnull geometry, int lookForNonLinear)) \
    F(OGR_G_GetLinearGeometry, OGRGeometryRef _Nullable, \
        (OGRGeometryRef _Nonnull geometry, double maxAngle, CGDALStrings _Nullable options)) \
    F(OGR_G_Clone, OGRGeometryRef _Nonnull, (OGRGeometryRef _Nonnull geometry)) \
    F(OGR_G_ForceToMultiPolygon, OGRGeometryRef _Nonnull, (OGRGeometryRef _Nonnull geometry)) \
    F(OGR_G_DestroyGeometry, void, (OGRGeometryRef _Nonnull geometry)) \
    F(OGR_G_SetMeasured, void, (OGRGeometryRef _Nonnull geometry, int isMeasured)) \
    F(OGR_G_WkbSize, int, (OGRGeometryRef _Nonnull geometry)) \
    F(OGR_G_ExportToIsoWkb, int, \
        (OGRGeometryRef _Nonnull geometry, int order, unsigned char *_Nonnull bytes)) \
    F(OGR_G_CreateFromWkb, int, \
        (const void *_Nonnull bytes, OGRSpatialReferenceRef _Nullable system, \
         OGRGeometryRef _Nullable *_Nonnull geometry, int count)) \
    F(OSRNewSpatialReference, OGRSpatialReferenceRef _Nullable, (const char *_Nullable wkt)) \
    F(OSRRelease, void, (OGRSpatialReferenceRef _Nonnull system)) \
    F(OSRSetFromUserInput, int, \
        (OGRSpatialReferenceRef _Nonnull system, const char *_Nonnull text)) \
    F(OSRSetAxisMappingStrategy, void, (OGRSpatialReferenceRef _Nonnull system, int strategy)) \
    F(OSRExportToWktEx, int, \
        (OGRSpatialReferenceRef _Nonnull system, char *_Nullable *_Nonnull text, \
         CGDALStrings _Nullable options)) \
    F(OSRGetAuthorityName, const char *_Nullable, \
        (OGRSpatialReferenceRef _Nonnull system, const char *_Nullable key)) \
    F(OSRGetAuthorityCode, const char *_Nullable, \
        (OGRSpatialReferenceRef _Nonnull system, const char *_Nullable key)) \
    F(VSIFOpenL, VSIFileRef _Nullable, (const char *_Nonnull name, const char *_Nonnull mode)) \
    F(VSIFCloseL, int, (VSIFileRef _Nonnull file)) \
    F(VSIFReadL, size_t, \
        (void *_Nonnull space, size_t size, size_t count, VSIFileRef _Nonnull file)) \
    F(VSIFSeekL, int, (VSIFileRef _Nonnull file, uint64_t at, int whence)) \
    F(VSIReadDirRecursive, CGDALOwnedStrings _Nullable, (const char *_Nonnull folder)) \
    F(VSIFree, void, (void *_Nullable memory)) \
    F(CSLDestroy, void, (CGDALOwnedStrings _Nullable strings)) \
    F(CPLErrorReset, void, (void)) \
    F(CPLGetLastErrorMsg, const char *_Nonnull, (void)) \
    F(CPLGetLastErrorType, int, (void)) \
    F(CPLSetConfigOption, void, (const char *_Nonnull name, const char *_Nullable value))

#define CGDAL_DECLARE(name, result, arguments) result (*_Nonnull name) arguments;

/// The functions of GDAL, each under its own name.
struct CGDALFunctions {
    CGDAL_FUNCTIONS(CGDAL_DECLARE)
};

#undef CGDAL_DECLARE

/// Loads a shared object of GDAL and finds its functions; its messages are kept, not printed.
///
/// Of several objects that were tried, the first that could be loaded is the one for the whole
/// process. Not safe to call from two threads at once.
///
/// @param library The file name of the shared object, as dlopen(3) takes it.
/// @param problem Set where the result is NULL: why it could not be loaded, or which function it
///     lacks.
/// @return The functions, or NULL.
const struct CGDALFunctions *_Nullable cgdal_load(
    const char *library, const char *_Nullable *_Nonnull problem);

#pragma clang assume_nonnull end

#endif

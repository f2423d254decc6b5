// Everything a script needs by one import: `import ClusterAtlasKit`.

@_exported public import Analysis
@_exported public import Catalogue
@_exported public import Features
@_exported public import Formats
@_exported public import Geometry

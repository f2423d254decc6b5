/// One import for all rooms of ClusterAtlas: what a program needs that uses it as a library.
@_exported public import Analysis
@_exported public import Catalogue
@_exported public import Features
@_exported public import Formats
@_exported public import Geometry
@_exported public import Maps
@_exported public import Reports
@_exported public import Siting

/// Operations of the XML files whose answer GEOS 3.11 does not give, with the reason.
///
/// The versions are those of GEOS's NEWS.
enum XMLDifference {
    /// Curved geometries in overlay: types GEOS 3.13 (GH-1046), overlay GEOS 3.15 (GH-1427).
    static let curves = "curved geometries: GEOS 3.13, their overlay 3.15"
    /// Lines of an overlay joined where they continue: GEOS 3.15 (GH-1459).
    ///
    /// The test checks that the areas, lines and points are otherwise the expected ones.
    static let piecesOfLines = "lines of a result joined where they continue: GEOS 3.15"
    /// Predicates rewritten as RelateNG, with collections as unions, robust crossings and
    /// zero-length lines as points: GEOS 3.13.
    static let relateNG = "predicates by RelateNG: GEOS 3.13"
    /// Ends of rings simplified too (GEOS 3.12.0, GH-773 and GH-784), no crossing of other lines
    /// (3.12.1, GH-986) and no jumping over components (3.12.2, GH-1012).
    static let simplification = "simplification of ring ends and past neighbours: GEOS 3.12"
    /// Collections of mixed dimensions in overlay (GH-797) and prepared lines (GH-774): GEOS 3.12.
    static let mixedCollections = "collections of mixed dimensions: GEOS 3.12"
    /// Crossings in double-double arithmetic: GEOS 3.12.2 (GH-937).
    ///
    /// Ours leaves a sliver of 4e-14 square units.
    static let intersectionPoints = "crossings in double-double arithmetic: GEOS 3.12.2"
    /// A `LINEARRING` is no kind of `Shape`; as a line it is valid.
    static let rings = "a LINEARRING is read as a line"

    /// The reason for each operation, by its key.
    static let all: [String: String] = {
        var all: [String: String] = [:]
        for (reason, keys) in listed {
            for key in keys.split(separator: "\n") { all[String(key)] = reason }
        }
        return all
    }()

    private static let listed: [(String, String)] = [
        (
            curves,
            """
            general-TestOverlayCurvesAA 1.1 intersection
            general-TestOverlayCurvesAA 1.2 union
            general-TestOverlayCurvesAA 1.3 difference
            general-TestOverlayCurvesAA 1.4 symdifference
            general-TestOverlayCurvesAA 2.1 intersection
            general-TestOverlayCurvesAA 2.2 union
            general-TestOverlayCurvesAA 2.3 difference
            general-TestOverlayCurvesAA 2.4 symdifference
            general-TestOverlayCurvesAA 3.1 intersection
            general-TestOverlayCurvesAA 3.2 union
            general-TestOverlayCurvesAA 3.3 difference
            general-TestOverlayCurvesAA 3.4 symdifference
            general-TestOverlayCurvesAA 4.1 intersection
            general-TestOverlayCurvesAA 4.2 union
            general-TestOverlayCurvesAA 4.3 difference
            general-TestOverlayCurvesAA 4.4 symdifference
            general-TestOverlayCurvesAA 5.1 intersection
            general-TestOverlayCurvesAA 5.2 union
            general-TestOverlayCurvesAA 5.3 difference
            general-TestOverlayCurvesAA 5.4 symdifference
            general-TestOverlayCurvesAA 6.1 symdifference
            general-TestOverlayCurvesAA 7.1 intersection
            general-TestOverlayCurvesAA 7.2 symdifference
            general-TestOverlayCurvesAA 8.1 intersection
            general-TestOverlayCurvesAA 8.2 union
            general-TestOverlayCurvesAA 8.3 difference
            general-TestOverlayCurvesAA 8.4 symdifference
            general-TestOverlayCurvesAA 9.1 intersection
            general-TestOverlayCurvesAA 9.2 union
            general-TestOverlayCurvesAA 9.3 difference
            general-TestOverlayCurvesAA 9.4 symdifference
            general-TestOverlayCurvesAA 10.1 intersection
            general-TestOverlayCurvesAA 10.2 union
            general-TestOverlayCurvesAA 10.3 difference
            general-TestOverlayCurvesAA 10.4 symdifference
            general-TestOverlayCurvesAA 11.1 intersection
            general-TestOverlayCurvesAA 11.2 union
            general-TestOverlayCurvesAA 11.3 difference
            general-TestOverlayCurvesAA 11.4 symdifference
            general-TestOverlayCurvesAA 12.1 intersection
            general-TestOverlayCurvesAA 12.2 union
            general-TestOverlayCurvesAA 12.3 difference
            general-TestOverlayCurvesAA 12.4 symdifference
            general-TestOverlayCurvesAA 13.1 intersection
            general-TestOverlayCurvesAA 13.2 union
            general-TestOverlayCurvesAA 13.3 difference
            general-TestOverlayCurvesAA 13.4 symdifference
            """
        ),
        (
            piecesOfLines,
            """
            general-TestNGOverlayA 9.1 intersectionng
            general-TestNGOverlayA 16.1 intersectionng
            general-TestNGOverlayAPrec 3.1 intersectionsr
            general-TestNGOverlayAPrec 12.1 intersectionsr
            general-TestNGOverlayEmpty 9.3 differenceng
            general-TestNGOverlayEmpty 9.5 symdifferenceng
            general-TestNGOverlayGC 3.1 intersectionng
            general-TestNGOverlayL 2.3 differenceng
            general-TestNGOverlayL 2.4 differenceng
            general-TestNGOverlayL 3.5 symdifferenceng
            general-TestNGOverlayL 6.5 symdifferenceng
            general-TestNGOverlayL 7.3 differenceng
            general-TestNGOverlayL 7.4 differenceng
            general-TestNGOverlayL 7.5 symdifferenceng
            general-TestNGOverlayL 8.3 differenceng
            general-TestNGOverlayL 8.4 differenceng
            general-TestNGOverlayLPrec 1.3 differencesr
            general-TestNGOverlayLPrec 1.4 differencesr
            general-TestNGOverlayLPrec 2.1 intersectionsr
            general-TestNGOverlayLPrec 2.5 symdifferencesr
            general-TestNGOverlayLPrec 3.1 intersectionsr
            general-TestNGOverlayLPrec 4.1 intersectionsr
            general-TestNGOverlayLPrec 4.5 symdifferencesr
            general-TestOverlayAA 10.1 intersection
            general-TestOverlayAA 11.1 intersection
            general-TestOverlayAAPrec 4.1 intersection
            general-TestOverlayAAPrec 8.1 intersection
            general-TestOverlayAAPrec 9.1 intersection
            general-TestOverlayAAPrec 10.1 intersection
            general-TestOverlayAAPrec 15.1 intersection
            general-TestOverlayAAPrec 17.4 symdifference
            general-TestOverlayLA 1.1 symdifference
            general-TestOverlayLA 2.1 intersection
            general-TestOverlayLA 2.4 symdifference
            general-TestOverlayLA 3.1 symdifference
            general-TestOverlayLA 3.4 intersection
            general-TestOverlayLA 4.1 symdifference
            general-TestOverlayLL 1.3 difference
            general-TestOverlayLL 2.4 symdifference
            general-TestOverlayLL 4.1 intersection
            general-TestOverlayLL 5.4 symdifference
            general-TestOverlayLL 6.3 difference
            general-TestOverlayLL 6.4 symdifference
            general-TestOverlayLLPrec 2.3 difference
            general-TestOverlayLLPrec 2.4 symdifference
            general-TestOverlayPL 3.3 difference
            general-TestOverlayPL 3.4 symdifference
            general-TestOverlayPL 4.3 difference
            general-TestOverlayPL 4.4 symdifference
            general-TestOverlayPL 5.3 difference
            general-TestOverlayPL 5.4 symdifference
            issue-issue-geos-527 1.1 union
            issue-issue-geos-586 1.1 intersection
            """
        ),
        (
            relateNG,
            """
            general-TestRelateGC 4.1 relate
            general-TestRelateGC 4.2 contains
            general-TestRelateGC 4.4 covers
            general-TestRelateGC 4.5 crosses
            general-TestRelateGC 5.1 relate
            general-TestRelateGC 5.5 crosses
            general-TestRelateGC 5.10 touches
            general-TestRelateGC 7.1 relate
            general-TestRelateGC 7.3 coveredby
            general-TestRelateGC 7.5 crosses
            general-TestRelateGC 7.6 disjoint
            general-TestRelateGC 7.8 intersects
            general-TestRelateGC 7.9 overlaps
            general-TestRelateGC 7.10 touches
            general-TestRelateGC 7.11 within
            general-TestRelateGC 9.1 relate
            general-TestRelateGC 9.10 touches
            general-TestRelateGC 9.11 within
            general-TestRelateGC 10.1 relate
            general-TestRelateGC 10.10 touches
            general-TestRelateGC 10.11 within
            general-TestRelateGC 13.1 relate
            general-TestRelateGC 13.3 coveredby
            general-TestRelateGC 13.5 crosses
            general-TestRelateGC 13.6 disjoint
            general-TestRelateGC 13.8 intersects
            general-TestRelateGC 13.9 overlaps
            general-TestRelateGC 13.10 touches
            general-TestRelateGC 13.11 within
            general-TestRelateGC 14.1 relate
            general-TestRelateGC 14.3 coveredby
            general-TestRelateGC 14.5 crosses
            general-TestRelateGC 14.6 disjoint
            general-TestRelateGC 14.7 equalstopo
            general-TestRelateGC 14.8 intersects
            general-TestRelateGC 14.9 overlaps
            general-TestRelateGC 14.10 touches
            general-TestRelateGC 14.11 within
            general-TestRelateGC 16.1 relate
            general-TestRelateGC 16.2 contains
            general-TestRelateGC 16.10 touches
            general-TestRelateGC 19.1 relate
            general-TestRelateGC 20.1 relate
            general-TestRelateGC 21.1 relate
            general-TestRelateGC 21.2 contains
            general-TestRelateGC 21.4 covers
            general-TestRelateGC 21.5 crosses
            general-TestRelateGC 22.1 relate
            general-TestRelateGC 22.2 contains
            general-TestRelateGC 22.4 covers
            general-TestRelateGC 22.9 overlaps
            general-TestRelateGC 23.1 relate
            general-TestRelateGC 24.1 relate
            general-TestRelateGC 24.2 contains
            general-TestRelateGC 24.3 coveredby
            general-TestRelateGC 24.4 covers
            general-TestRelateGC 24.5 crosses
            general-TestRelateGC 24.6 disjoint
            general-TestRelateGC 24.7 equalstopo
            general-TestRelateGC 24.8 intersects
            general-TestRelateGC 24.9 overlaps
            general-TestRelateGC 24.10 touches
            general-TestRelateGC 24.11 within
            general-TestRelateGC 25.1 relate
            general-TestRelateGC 25.3 coveredby
            general-TestRelateGC 25.5 crosses
            general-TestRelateGC 25.6 disjoint
            general-TestRelateGC 25.8 intersects
            general-TestRelateGC 25.9 overlaps
            general-TestRelateGC 25.10 touches
            general-TestRelateGC 25.11 within
            general-TestRelateGC 26.1 relate
            general-TestRelateGC 26.3 coveredby
            general-TestRelateGC 26.5 crosses
            general-TestRelateGC 26.6 disjoint
            general-TestRelateGC 26.7 equalstopo
            general-TestRelateGC 26.9 overlaps
            general-TestRelateGC 26.10 touches
            general-TestRelateGC 26.11 within
            general-TestRelateGC 27.1 relate
            general-TestRelateGC 28.1 relate
            general-TestRelateLL 22.1 relate
            general-TestRelateLL 22.2 contains
            general-TestRelateLL 22.4 covers
            general-TestRelateLL 22.5 crosses
            general-TestRelateLL 23.1 relate
            general-TestRelateLL 23.2 contains
            general-TestRelateLL 23.4 covers
            general-TestRelateLL 23.9 overlaps
            validate-TestRelatePL 2.7 equalstopo
            """
        ),
        (
            simplification,
            """
            general-TestSimplify 6.2 simplifytp
            general-TestSimplify 8.1 simplifydp
            general-TestSimplify 8.2 simplifytp
            general-TestSimplify 9.1 simplifydp
            general-TestSimplify 9.2 simplifytp
            general-TestSimplify 12.1 simplifydp
            general-TestSimplify 15.2 simplifytp
            general-TestSimplify 17.2 simplifytp
            """
        ),
        (
            mixedCollections,
            """
            general-TestOverlayEmpty 146.5 symdifference
            general-TestPreparedPredicatesWithGeometryCollection 6.1 intersects
            """
        ),
        (
            intersectionPoints,
            """
            issue-issue-geos-398 1.1 union
            """
        ),
        (
            rings,
            """
            general-TestValid 45.1 isvalid
            """
        ),
    ]
}

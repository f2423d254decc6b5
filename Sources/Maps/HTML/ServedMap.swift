/// The page of a map in its parts, for a service that hands them out as files of their own.
package struct ServedMap {
    /// The elements that the script fills.
    package static var body: String { ViewerPage.body }
    /// How the page looks.
    package static var style: String { ViewerStyle.text }

    /// What the page does.
    ///
    /// - Parameter more: Further script behind the functions of the page, which it can use and
    ///   replace, run before the map is drawn for the first time.
    /// - Returns: The script.
    package static func script(with more: String) -> String { ViewerScript.text(with: more) }

    /// The data of the page, JSON that can stand in a script element.
    package let data: String

    /// Prepares the data.
    ///
    /// - Parameters:
    ///   - content: What the map shows.
    ///   - design: By which attributes it is drawn.
    /// - Throws: ``MapError`` where there is nothing to draw or a field is none.
    package init(_ content: MapContent, _ design: MapDesign = MapDesign()) throws {
        data =
            MapData(
                content, try MapStyle(content.layers, design), try ProjectedMap(content)
            ).json
    }
}

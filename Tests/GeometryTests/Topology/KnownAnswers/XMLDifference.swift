/// Operations of the XML files whose answer GEOS 3.11 does not give, with the reason.
enum XMLDifference {
    static let all: [String: String] = [:]
}

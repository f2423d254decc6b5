import Testing

@testable import Formats

struct PostGISAddressTests {
    @Test func `an address is read in its parts, percent signs decoded`() throws {
        let address = try PostGISAddress(
            "postgis://kim%40office:p%3Aw'%20\\@db.example:5433/atlas%20db?schema=%EC%A7%80%EB%8F%84&sslmode=require"
        )
        #expect(address.host == "db.example")
        #expect(address.port == 5433)
        #expect(address.user == "kim@office")
        #expect(address.database == "atlas db")
        #expect(address.schema == "지도")
        #expect(
            address.words(schema: address.schema)
                == "PG:host='db.example' port='5433' dbname='atlas db' user='kim@office' "
                + "password='p:w\\' \\\\' sslmode='require' schemas='지도' active_schema='지도'")
    }

    @Test func `what is not said is left to the database's own rules`() throws {
        let address = try PostGISAddress("postgresql://")
        #expect(address.words(schema: "public") == "PG:schemas='public' active_schema='public'")
        #expect(try PostGISAddress("postgres://[::1]/x").host == "::1")
        #expect(try PostGISAddress("postgis://[::1]:99/x").port == 99)
        #expect(try PostGISAddress("postgis://%2Frun%2Fpostgresql/x").host == "/run/postgresql")
    }

    @Test(
        arguments: [
            "http://db/x", "postgis://u:secret@h:port/x", "postgis://u:secret@h/x?schema=",
            "postgis://u:secret@h/x?password=secret", "postgis://u:secret%@h/x",
            "postgis://u:secret%00@h/x", "postgis://u:secret@h:70000/x",
        ])
    func `what is no address is refused without telling a password`(text: String) {
        let error = #expect(throws: FormatError.self) { try PostGISAddress(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains("secret") == false)
        #expect(error?.remedy?.contains("postgis://user@host") == true)
    }

    @Test func `the title of an address has no password`() throws {
        let address = try PostGISAddress("postgis://u:secret@h:1/x?schema=s")
        #expect(address.title == "postgis://u@h:1/x?schema=s")
    }
}

internal import CGDAL
import Features

/// Reads one attribute of a layer into a column.
struct FieldReader {
    let name: String
    let kind: Column.Kind
    private let index: Int32
    private let type: Int
    private let isBoolean: Bool

    init(_ name: String, _ field: OGRFieldDefinitionRef, index: Int32, _ gdal: CGDALFunctions) {
        self.name = name
        self.index = index
        type = Int(gdal.OGR_Fld_GetType(field))
        let subtype = Int(gdal.OGR_Fld_GetSubType(field))
        isBoolean = subtype == CGDAL_OFSTBoolean
        kind =
            switch type {
            case CGDAL_OFTInteger: isBoolean ? .bool : .int
            case CGDAL_OFTInteger64: .int
            case CGDAL_OFTReal: .double
            case CGDAL_OFTIntegerList, CGDAL_OFTInteger64List, CGDAL_OFTRealList,
                CGDAL_OFTStringList:
                .json
            case CGDAL_OFTString where subtype == CGDAL_OFSTJSON: .json
            default: .string
            }
    }

    /// Appends the value of a feature.
    func append(
        _ feature: OGRFeatureRef, to builder: inout ColumnBuilder, _ decoder: TextDecoder,
        _ gdal: CGDALFunctions
    ) {
        guard gdal.OGR_F_IsFieldSetAndNotNull(feature, index) != 0 else {
            return builder.appendNulls()
        }
        switch type {
        case CGDAL_OFTInteger where isBoolean:
            builder.append(gdal.OGR_F_GetFieldAsInteger64(feature, index) != 0)
        case CGDAL_OFTInteger, CGDAL_OFTInteger64:
            builder.append(gdal.OGR_F_GetFieldAsInteger64(feature, index))
        case CGDAL_OFTReal:
            let value = gdal.OGR_F_GetFieldAsDouble(feature, index)
            if value.isFinite { builder.append(value) } else { builder.appendNulls() }
        case CGDAL_OFTIntegerList, CGDAL_OFTInteger64List, CGDAL_OFTRealList, CGDAL_OFTStringList:
            builder.appendJSON(utf8: list(feature, decoder, gdal).utf8)
        case CGDAL_OFTDate, CGDAL_OFTTime, CGDAL_OFTDateTime:
            builder.append(utf8: moment(feature, gdal).utf8)
        case CGDAL_OFTBinary:
            var count: Int32 = 0
            let bytes = gdal.OGR_F_GetFieldAsBinary(feature, index, &count)
            let digits = Array("0123456789abcdef".utf8)
            builder.append(
                utf8: UnsafeBufferPointer(start: bytes, count: Int(count)).flatMap {
                    [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
                })
        default:
            let text = decoder.text(Self.bytes(gdal.OGR_F_GetFieldAsString(feature, index)))
            if kind == .json {
                builder.appendJSON(utf8: text.utf8)
            } else {
                builder.append(utf8: text.utf8)
            }
        }
    }

    /// The bytes of a text of C.
    static func bytes(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        while text[count] != 0 { count += 1 }
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// A list as JSON.
    private func list(
        _ feature: OGRFeatureRef, _ decoder: TextDecoder, _ gdal: CGDALFunctions
    ) -> String {
        var count: Int32 = 0
        var values: [Value] = []
        switch type {
        case CGDAL_OFTIntegerList:
            let start = gdal.OGR_F_GetFieldAsIntegerList(feature, index, &count)
            values = UnsafeBufferPointer(start: start, count: Int(count)).map { .int(Int64($0)) }
        case CGDAL_OFTInteger64List:
            let start = gdal.OGR_F_GetFieldAsInteger64List(feature, index, &count)
            values = UnsafeBufferPointer(start: start, count: Int(count)).map { .int($0) }
        case CGDAL_OFTRealList:
            let start = gdal.OGR_F_GetFieldAsDoubleList(feature, index, &count)
            values = UnsafeBufferPointer(start: start, count: Int(count)).map { .double($0) }
        default:
            // The feature keeps its list.
            let list = gdal.OGR_F_GetFieldAsStringList(feature, index)
            var at = 0
            while let text = list?[at] {
                values.append(.string(decoder.text(Self.bytes(text))))
                at += 1
            }
        }
        return "[" + values.map(JSONText.of).joined(separator: ",") + "]"
    }

    /// A date, a time of day or both, as ISO 8601 writes them.
    private func moment(_ feature: OGRFeatureRef, _ gdal: CGDALFunctions) -> String {
        var (year, month, day, hour, minute, zone): (Int32, Int32, Int32, Int32, Int32, Int32) =
            (0, 0, 0, 0, 0, 0)
        var second: Float = 0
        guard
            gdal.OGR_F_GetFieldAsDateTimeEx(
                feature, index, &year, &month, &day, &hour, &minute, &second, &zone) != 0
        else { return String(cString: gdal.OGR_F_GetFieldAsString(feature, index)) }
        func padded(_ value: Int32, _ width: Int = 2) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        if type == CGDAL_OFTDate { return date }
        let thousandths = Int32((second * 1000).rounded())
        var time = "\(padded(hour)):\(padded(minute)):\(padded(thousandths / 1000))"
        if thousandths % 1000 != 0 { time += ".\(padded(thousandths % 1000, 3))" }
        if type == CGDAL_OFTTime { return time }
        // 0 is unknown, 1 is local time, 100 is UTC; a step is a quarter of an hour.
        if zone == 100 {
            time += "Z"
        } else if zone > 1 {
            let minutes = (zone - 100) * 15
            time +=
                (minutes < 0 ? "-" : "+")
                + "\(padded(abs(minutes) / 60)):\(padded(abs(minutes) % 60))"
        }
        return "\(date)T\(time)"
    }
}

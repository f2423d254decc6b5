internal import Maps

/// How a report looks, on a screen and in print.
///
/// Korean is broken between words only.
enum ReportStyle {
    static let text = """

        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;max-width:880px;padding:1.5em 1.2em 4em;font:16px/1.6 \(SVGText.fonts);color:#1b1b1b;background:#fff;word-break:keep-all;overflow-wrap:break-word;line-break:strict}
        h1{font-size:1.75rem;line-height:1.25;margin:0 0 .2em;text-wrap:balance}
        h2{font-size:1.25rem;line-height:1.3;margin:2.2em 0 .5em;padding-top:.5em;border-top:2px solid #1b1b1b}
        h3{font-size:1.02rem;margin:1.4em 0 .4em}
        p{margin:.5em 0}
        .other{font-size:1.05rem;color:#4a4a4a;margin:0 0 1em}
        .lead{font-size:1.08rem}
        .about,.note,figcaption,caption,small{color:#4a4a4a}
        .about{font-size:.92rem}
        small{font-size:.82em}
        .note,figcaption{font-size:.86rem}
        a{color:#00538a}
        :focus-visible{outline:3px solid #0060a0;outline-offset:2px}
        nav ol{columns:2;column-gap:2em;padding-left:1.4em;margin:.4em 0}
        nav li{break-inside:avoid}
        figure{margin:1em 0;break-inside:avoid}
        figure svg{display:block;max-width:100%;height:auto}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:0 1.2em}
        .scroll{overflow-x:auto;margin:.8em 0}
        table{border-collapse:collapse;font-size:.88rem;width:100%;font-variant-numeric:tabular-nums}
        caption{text-align:left;padding:.2em 0;font-size:.86rem}
        th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid #ddd}
        thead th{border-bottom:1.5px solid #595959;line-height:1.3}
        tbody th{font-weight:500}
        th small,td small{display:block;font-weight:400;line-height:1.3}
        .n{text-align:right;padding-right:.9em}
        .n small{white-space:nowrap}
        tr{break-inside:avoid}
        thead{display:table-header-group}
        pre{font:.8rem/1.45 'D2Coding','Noto Sans Mono CJK KR','NanumGothicCoding',monospace;white-space:pre-wrap;border-left:3px solid #ddd;padding-left:.8em;word-break:normal}
        code,.hash{font-family:'D2Coding','Noto Sans Mono CJK KR','NanumGothicCoding',monospace;font-size:.86em}
        .files{font-size:.68rem}
        .files th{font-weight:400}
        details{margin:.6em 0}
        summary{cursor:pointer}
        .hash{overflow-wrap:anywhere;word-break:break-all}
        .limits{border-left:4px solid #d55e00;padding:.1em 0 .1em 1em;margin:1em 0}
        .method li,.sources li{margin:.35em 0}
        .sources{font-size:.84rem;columns:2;column-gap:2em;padding-left:1.2em}
        .sources li{break-inside:avoid}
        @media (max-width:620px){body{padding:1em .9em 3em}nav ol,.sources{columns:1}.pair{grid-template-columns:1fr}}
        @media screen and (max-width:620px){figure.map{overflow-x:auto}figure.map svg{min-width:640px}}
        @media print{body{max-width:none;padding:0;font-size:10.5pt}h2,h3,.about,caption{break-after:avoid}a{color:inherit;text-decoration:none}.scroll{overflow:visible}nav{display:none}.pair{grid-template-columns:1fr 1fr}svg,.mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}figure.map svg{max-height:190mm}}
        @page{size:A4;margin:16mm 15mm}

        """
}

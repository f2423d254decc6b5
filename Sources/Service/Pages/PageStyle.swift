/// How pages look.
enum PageStyle {
    static let text = """
        *{box-sizing:border-box}
        body{font:16px/1.55 'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',NanumGothic,'Noto Sans',sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;max-width:60rem;padding:0 1rem 2rem;word-break:keep-all;overflow-wrap:anywhere}
        header{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;justify-content:space-between;padding:.8rem 0;border-bottom:1px solid #767676}
        header a{margin-right:.6rem}
        h1{font-size:1.5rem;line-height:1.3;margin:1.2rem 0 .6rem}
        h2{font-size:1.15rem;margin:1.6rem 0 .5rem}
        a{color:#00528a}
        :focus-visible{outline:3px solid #0060a0;outline-offset:2px}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-top:1px solid #ddd}
        thead th{border-top:0}
        th{font-weight:600}
        th span[lang],td span[lang]{display:block;font-weight:400;color:#4a4a4a;font-size:.88em}
        small{color:#4a4a4a}
        code{font-size:.92em}
        .doors{padding-left:1.2rem}
        .wide{overflow-x:auto}
        .turn a{display:inline-block;padding:.4rem .8rem .4rem 0}
        footer{margin-top:2rem;border-top:1px solid #ddd;padding-top:.6rem}
        .skip{position:absolute;left:-999px}
        .skip:focus{left:8px;top:8px;z-index:9;background:#fff;padding:.4em}

        """

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#eaf1f7" stroke="#00528a" stroke-width="2"/><circle cx="12" cy="12" r="3.5" fill="#00528a"/><circle cx="21" cy="15" r="3.5" fill="#b3003c"/><circle cx="14" cy="22" r="3.5" fill="#1b7f4b"/></svg>

        """
}

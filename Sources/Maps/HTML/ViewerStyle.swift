/// How a page looks, on a screen and in print.
enum ViewerStyle {
    static let text = """

        *{box-sizing:border-box}
        html,body{margin:0;height:100%}
        body{font:15px/1.45 \(SVGText.fonts);color:#1b1b1b;background:#fff;word-break:keep-all;overflow-wrap:anywhere;display:grid;grid-template:auto 1fr/1fr 330px;grid-template-areas:'head side' 'map side'}
        header{grid-area:head;padding:.55em 1em .45em}
        h1{font-size:1.25rem;line-height:1.25;margin:0}
        h1 span{display:block;font-size:.95rem;font-weight:400;color:#4a4a4a}
        main{grid-area:map;position:relative;min-height:0;min-width:0}
        #map{position:absolute;inset:0;z-index:0;background:\(MapPalette.sea);border-top:1px solid #767676;font:inherit}
        #map.over{cursor:pointer}
        #paper{display:none}
        aside{grid-area:side;overflow:auto;padding:.8em 1em;border-left:1px solid #767676}
        aside h2{font-size:1rem;margin:1.1em 0 .4em}
        label{display:block;font-weight:600;margin-bottom:.2em}
        input[type=search]{width:100%;font:inherit;padding:.4em .5em;border:1px solid #595959;border-radius:4px}
        :focus-visible{outline:3px solid #0060a0;outline-offset:2px}
        #map:focus-visible{outline-offset:-3px}
        ul{list-style:none;margin:.3em 0;padding:0;max-height:15em;overflow:auto}
        li button{width:100%;text-align:left;padding:.35em .5em}
        button{font:inherit;color:inherit;background:#fff;border:1px solid #767676;border-radius:4px;cursor:pointer}
        button:hover{background:#eef3f8}
        small,.en{color:#4a4a4a;font-size:.86em}
        .leaflet-touch .leaflet-bar{border:1px solid #767676}
        .leaflet-touch .leaflet-bar a{width:36px;height:36px;font:20px/35px \(SVGText.fonts);text-indent:0;color:#1b1b1b}
        .leaflet-bar a,.leaflet-bar a:hover{border-color:#767676}
        .leaflet-bar a:hover{background-color:#eef3f8}
        .leaflet-touch .leaflet-bar a.leaflet-disabled{color:#767676}
        .leaflet-container .leaflet-control-scale{font-size:12px}
        .leaflet-control-scale-line{border-color:#1b1b1b;color:#1b1b1b;background:rgba(255,255,255,.8);font-size:12px}
        #north{position:absolute;z-index:500;right:14px;top:10px;font-weight:700;text-align:center;pointer-events:none}
        #north::before{content:'▲';display:block;font-size:18px;line-height:1}
        .leaflet-tooltip{width:max-content;max-width:260px;white-space:normal;background:#1b1b1b;border-color:#1b1b1b;color:#fff;padding:.2em .55em;border-radius:4px;font-size:13px}
        .leaflet-tooltip-left:before{border-left-color:#1b1b1b}
        .leaflet-tooltip-right:before{border-right-color:#1b1b1b}
        .leaflet-popup-content-wrapper,.leaflet-popup-tip{color:inherit;box-shadow:0 0 0 1px #595959,0 2px 12px rgba(0,0,0,.25)}
        .leaflet-popup-content-wrapper{padding:0;border-radius:6px}
        .leaflet-popup-content{margin:0;line-height:inherit}
        #card[hidden]{display:none}
        #card{position:relative;display:flex;flex-direction:column;padding:.7em .9em}
        #card h2{font-size:1.05rem;margin:0 2em 0 0}
        #card h2 span{display:block;font-size:.88em;font-weight:400;color:#4a4a4a}
        .leaflet-popup-content #card-layer,#card-layer{margin:.1em 0 .5em;color:#4a4a4a;font-size:.86em}
        #card-body{overflow:auto}
        #close{position:absolute;right:8px;top:8px;width:30px;height:30px;font-size:18px;line-height:1}
        table{border-collapse:collapse;width:100%;font-size:.9em}
        th,td{text-align:left;vertical-align:top;padding:.25em .4em .25em 0;border-top:1px solid #ddd}
        th{font-weight:600;width:42%}
        th span{display:block;font-weight:400;color:#4a4a4a;font-size:.9em}
        .layer{margin:.5em 0}
        .layer label{display:flex;gap:.5em;align-items:flex-start;cursor:pointer}
        .layer input{width:18px;height:18px;margin:.15em 0 0;flex:none}
        .entry{display:flex;gap:.5em;align-items:center;margin:.15em 0 .15em 26px}
        .entry svg,.layer svg{flex:none}
        .layer .en{display:block;font-weight:400}
        footer{margin-top:1em;border-top:1px solid #ddd;font-size:.82em;color:#4a4a4a}
        footer p{margin:.4em 0}
        .skip{position:absolute;left:-999px}
        .skip:focus{left:8px;top:8px;z-index:9;background:#fff;padding:.4em}
        @media (max-width:760px){body{grid-template:auto 62vh auto/1fr;grid-template-areas:'head' 'map' 'side';height:auto}aside{border-left:0;overflow:visible}}
        @media print{body{display:block;height:auto}main{height:150mm}#map{visibility:hidden;z-index:1}#north{visibility:visible}#paper{display:block;position:absolute;left:0;top:0;width:100%;height:100%;object-fit:contain;object-position:0 0}#find,#found,#results,.skip,#close,.layer input{display:none}aside{border:0;columns:2}.off{display:none}#card{max-height:none!important}}
        @page{margin:12mm}

        """
}

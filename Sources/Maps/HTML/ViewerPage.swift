/// The elements of a page, which its script fills.
enum ViewerPage {
    static let body = """
        <a class="skip" href="#search">검색으로 · Skip to search</a>
        <header><h1 id="title"></h1></header>
        <main>
        <div id="map" tabindex="0" role="application" aria-roledescription="지도 map"
          aria-label="지도. 화살표로 움직이고 +와 −로 확대·축소, 0은 전체 보기. Map: arrows move, plus and minus zoom, zero shows all.">
        <div id="north" aria-hidden="true">N</div>
        </div>
        <canvas id="paper" aria-hidden="true"></canvas>
        <section id="card" role="dialog" aria-labelledby="card-title" tabindex="-1" hidden>
        <button id="close" type="button" aria-label="닫기 · Close">×</button>
        <h2 id="card-title"></h2><p id="card-layer"></p>
        <div id="card-body"><table><tbody id="card-rows"></tbody></table></div>
        </section>
        </main>
        <aside>
        <form id="find" role="search">
        <label for="search">이름으로 찾기 · Find by name</label>
        <input id="search" type="search" autocomplete="off" spellcheck="false">
        </form>
        <p id="found" role="status"></p>
        <ul id="results"></ul>
        <h2>층과 범례 · Layers and legend</h2>
        <div id="layers"></div>
        <p id="status" role="status"></p>
        <footer id="sources"></footer>
        </aside>
        """
}

// Visits the map page as a person does.
visit(async () => {
  const list = () => $("card-body").querySelector("ol");
  const whole = async () => {
    await until(() => list() && $("near-rows").rows.length && $("cover-save").href);
    say("card", title());
    say("rows", $("card-rows").rows.length > 5);
    say("sources", list().children.length > 0);
    say("nearest", Array.from($("near-rows").rows).map((row) => row.cells[2].textContent).join(","));
    say("cover", $("cover-said").textContent);
    say("rings", $("rings").getAttribute("aria-pressed"));
    say("search", $("search").value);
    say("layers", Array.from(document.querySelectorAll(".layer input:checked")).length);
    say("tiles", performance.getEntriesByType("resource").some((one) => one.name.includes("/tiles/")));
    say("foreign", performance.getEntriesByType("resource")
      .filter((one) => !one.name.startsWith(location.origin)).length);
    say("wide", document.documentElement.scrollWidth > innerWidth);
    await new Promise((done) => setTimeout(done, 600));
    say("address", location.hash);
  };
  if (location.hash.includes("place=")) return await whole();

  // A place of the catalogue by its name, then by a click where it now is.
  set("search", "gwangju bitgaram", "input");
  say("nothing", $("found").textContent);
  set("search", "광주전남공동", "input");
  document.querySelector("#results button").click();
  say("focus", document.activeElement.id);
  escape();
  say("escaped", title());
  // It was moved so far down that all of the card was seen above it.
  downwards(click, () => !$("card").hidden);
  say("clicked", title());
  $("near").click();
  set("cover-layer", "digital-districts", "change");
  set("cover-km", "7", "input");
  set("cover-km", "20", "input");
  await until(() => $("cover-said").textContent.includes("20 km"));
  $("rings").click();
  const view = location.hash;
  $("map").focus();
  $("map").dispatchEvent(new KeyboardEvent("keydown", { key: "+", keyCode: 187, bubbles: true }));
  say("zoomed", await until(() => location.hash !== view));

  // A layer of many features, which the page does not hold.
  const place = title();
  set("search", "Shop 17", "input");
  const shop = await until(() => document.querySelector("#results button"));
  shop.click();
  await until(() => title() === "Shop 17" && $("card-rows").textContent.includes("size"));
  say("shop", title() + " " + $("card-rows").textContent);
  set("search", "광주전남공동", "input");
  document.querySelector("#results button").click();
  say("again", title() === place);
  const unnamed = Array.from(document.querySelectorAll("button,input,select,a,[role=application]"))
    .filter((one) => !(one.labels && one.labels.length) && !one.getAttribute("aria-label") && !one.textContent.trim());
  say("unnamed", unnamed.map((one) => one.id).join(","));
  const unreached = Array.from(document.querySelectorAll("button,input,select,[role=application]"))
    .filter((one) => one.tabIndex < 0);
  say("unreached", unreached.length);
  await whole();
});

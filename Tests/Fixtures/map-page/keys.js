// Visits the map page of a service that asks for keys.
visit(async () => {
  say("before", $("key-line").hidden);
  set("search", "광주전남공동", "input");
  document.querySelector("#results button").click();
  $("near").click();
  set("cover-layer", "digital-districts", "change");
  const both = (words) => $("near-said").textContent.includes(words) && $("cover-said").textContent.includes(words);
  say("needed", await until(() => both("it needs the key")));
  say("asked", !$("key-line").hidden && $("key").labels.length === 1 && $("key").type === "password");
  set("key", "guess", "change");
  say("wrong", await until(() => both("this key is not known here")));
  say("invalid", $("key").getAttribute("aria-invalid"));
  set("key", "secret", "change");
  say("near", await until(() => $("near-rows").rows.length === 5));
  say("cover", await until(() => $("cover-said").textContent.includes("Within 10 km of")));
  say("valid", $("key").getAttribute("aria-invalid"));
  // A key is not part of an address.
  say("secret", (location.href + document.documentElement.outerHTML).includes("secret"));
});

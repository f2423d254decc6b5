// Visits a layer that comes in tiles: points and clicks at the place that the address names.
visit(async () => {
  say("opened", await until(() => title() !== "none") && title());
  escape();
  await until(() => performance.getEntriesByType("resource").some((one) => one.name.includes("/tiles/")));
  let y = 0;
  await until(() => { y = upwards((y) => pointer("pointermove", y), () => !$("tip").hidden); return y; });
  say("tip", $("tip").textContent);
  say("over", $("map").classList.contains("over"));
  click(y);
  say("chosen", await until(() => title() !== "none") && title());
  await until(() => $("card-rows").textContent.includes("size"));
  say("rows", $("card-rows").textContent);
  escape();
  pointer("pointermove", 1);
  say("left", $("tip").hidden);
});

// Visits a layer that comes in tiles: points and clicks at the place that the address names.
visit(async () => {
  say("opened", await until(() => title() !== "none") && title());
  escape();
  await until(() => performance.getEntriesByType("resource").some((one) => one.name.includes("/tiles/")));
  let y = 0;
  await until(() => { y = upwards((y) => pointer("pointermove", y), () => !$("tip").hidden); return y; });
  const tip = $("tip").textContent;
  say("tip", tip);
  say("over", $("map").classList.contains("over"));
  click(y);
  say("chosen", await until(() => title() === tip));
  await until(() => $("card-rows").textContent.includes("size"));
  const told = Array.from($("card-rows").rows).map((row) => row.cells[1].textContent);
  say("facts", told.length === 3 && told[0] === tip.replace(" ", "") && told[1] === tip
    && Number(told[2]) === Number(tip.split(" ")[1]) % 7);
  escape();
  pointer("pointerleave", 1);
  say("left", $("tip").hidden);
});

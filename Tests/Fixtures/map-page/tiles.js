// Visits a layer that comes in tiles: points and clicks at the place that the address names.
visit(async () => {
  say("opened", await until(() => title() !== "none") && title());
  escape();
  await until(() => performance.getEntriesByType("resource").some((one) => one.name.includes("/tiles/")));
  let y = 0;
  await until(() => { y = downwards((y) => pointer("mousemove", y), tip); return y; });
  const name = tip().textContent;
  say("tip", name);
  say("over", $("map").classList.contains("over"));
  click(y);
  say("chosen", await until(() => title() === name));
  await until(() => $("card-rows").textContent.includes("size"));
  const told = Array.from($("card-rows").rows).map((row) => row.cells[1].textContent);
  say("facts", told.length === 3 && told[0] === name.replace(" ", "") && told[1] === name
    && Number(told[2]) === Number(name.split(" ")[1]) % 7);
  escape();
  pointer("mouseout", 1);
  say("left", tip() === null);
});

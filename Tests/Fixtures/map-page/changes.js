// Asks for coverage again and again, before it is told.
visit(async () => {
  // The first is not asked for whole when the second is wanted, the second is under way when the third is.
  let posted = 0;
  const done = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      posted += list.getEntries().filter((one) => one.name.endsWith("/execution")).length;
      if (posted >= 4) resolve();
    }).observe({ type: "resource" });
  });
  set("cover-layer", "innovation-cities", "change");
  set("cover-layer", "digital-districts", "change");
  await done;
  set("cover-layer", "research-zones", "change");
  say("cover", await until(() => $("cover-said").textContent.includes("Within 10 km of")) && $("cover-said").lastElementChild.textContent);
});

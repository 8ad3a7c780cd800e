// 11. Buttons, keys, and the first picture.

byId("open-table").addEventListener("click", openTable);
byId("close-table").addEventListener("click", () => byId("table").close());
byId("save-svg").addEventListener("click", saveSvg);
byId("save-png").addEventListener("click", savePng);
byId("print-page").addEventListener("click", () => print());
byId("switch-language").addEventListener("click", () => {
  state.lang = state.lang === "zh" ? "en" : "zh";
  speak();
  update({});
});

byId("size").addEventListener("change", event => update({ sizeBy: event.target.value }));
byId("areas").addEventListener("change", event => update({ areas: event.target.checked }));
byId("names").addEventListener("change", event => update({ names: event.target.checked }));
byId("frequent").addEventListener("input", event => update({ frequent: Number(event.target.value) }));

byId("reset").addEventListener("click", reset);
byId("zoom-in").addEventListener("click", () => camera.zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => camera.zoomBy(1 / 1.3));
byId("fit").addEventListener("click", () => camera.fit());

byId("open-filters").addEventListener("click", () => openDrawer("filters"));
byId("open-list").addEventListener("click", () => openDrawer("list"));
byId("scrim").addEventListener("click", closeDrawers);
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closeDrawers);

const keys = new Map(Object.entries({
  "/": () => { openDrawer("filters"); byId("search").focus(); },
  Escape: reset,
  1: () => setDepth(1),
  2: () => setDepth(2),
  3: () => setDepth(3),
  ArrowLeft: () => camera.pan(-60, 0),
  ArrowRight: () => camera.pan(60, 0),
  ArrowUp: () => camera.pan(0, -60),
  ArrowDown: () => camera.pan(0, 60),
  "+": () => camera.zoomBy(1.3),
  "=": () => camera.zoomBy(1.3),
  "-": () => camera.zoomBy(1 / 1.3),
}));

// Arrows belong to whatever scrolls or slides; they move the map when nothing of that kind has the focus.
addEventListener("keydown", event => {
  if (byId("table").open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target instanceof Element ? event.target : document.body;
  const typing = at.closest("input:not([type=checkbox]), select, textarea");
  const scrolling = event.key.startsWith("Arrow") && at.closest(".side, .foot");
  if (!keys.has(event.key) || scrolling || (typing && event.key !== "Escape")) return;
  event.preventDefault();
  keys.get(event.key)();
});

speak();
settle();
drawPanels();
camera.fit(false);
if (document.fonts) document.fonts.ready.then(() => { widths.clear(); camera.redraw(); });

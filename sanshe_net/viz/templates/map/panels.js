// 6. The left side: legend and filter in one, size, views, options. All text is set as text, never as HTML.

// Make an element. `traits` are properties, except data-*, aria-* and role, which are attributes.
function make(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (/^(data-|aria-|role$|for$|scope$)/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function draw(tag, traits, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(traits)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function glyph(kind) {
  const shape = draw("path", { d: kind.path, fill: kind.color });
  return draw("svg", { viewBox: "-16 -16 32 32", class: "glyph", "aria-hidden": "true" }, shape);
}

function stroke(layer) {
  const line = draw("line", { x1: 1, y1: 7, x2: layer.directed ? 20 : 27, y2: 7, stroke: layer.color,
    "stroke-width": layer.width + 1, "stroke-dasharray": layer.dash.join(" ") });
  const icon = draw("svg", { viewBox: "0 0 28 14", class: "stroke", "aria-hidden": "true" }, line);
  if (layer.directed) icon.append(draw("path", { d: "M27 7L18 3v8z", fill: layer.color }));
  return icon;
}

function drawPanels() {
  drawLegend();
  drawSize();
  drawViews();
  drawFocusBar();
  drawRight();
  byId("empty").hidden = everyone.some(shown);
  byId("frequent").value = state.frequent;
  byId("frequent-value").textContent = state.frequent > 1 ? t("frequent_from", state.frequent) : t("frequent_all");
}

// Rows are made once per language and then only ticked, so that the keyboard focus stays where it is.
function fillLegend() {
  const row = (icon, pair, count, hidden, item, said) => {
    const tick = make("input", { type: "checkbox", checked: true });
    tick.addEventListener("change", () => {
      const next = new Set(state[hidden]);
      if (tick.checked) next.delete(item); else next.add(item);
      const gone = hidden === "hiddenKinds" && next.has(actors.kind[state.selected]);
      update({ [hidden]: next, ...(gone ? { selected: -1 } : {}) });
      announce(said());
    });
    return make("label", {}, tick, icon, make("span", { className: "word" }, term(pair)),
      make("span", { className: "number" }, number(count)));
  };
  const seen = () => t("said_shown", number(everyone.filter(shown).length));
  byId("kinds").replaceChildren(...data.kinds.map((kind, k) =>
    row(glyph(kind), kind.label, everyone.filter(i => actors.kind[i] === k).length, "hiddenKinds", k, seen)));
  byId("layers").replaceChildren(...data.layers.map((layer, l) =>
    row(stroke(layer), layer.label, everyTie.filter(k => tieLayer[k] === l).length, "hiddenLayers", l, seen)));
  byId("layers-section").hidden = !data.layers.length;
  byId("frequent-box").hidden = mostEvidence < 2;
  byId("frequent").max = mostEvidence;
}

function drawLegend() {
  for (const [id, hidden] of [["kinds", state.hiddenKinds], ["layers", state.hiddenLayers]]) {
    Array.from(byId(id).children).forEach((row, item) => {
      row.classList.toggle("off", hidden.has(item));
      row.firstChild.checked = !hidden.has(item);
    });
  }
}

function fillSize() {
  const choice = (value, text) => make("option", { value }, text);
  byId("size").replaceChildren(...figures.map(fact => choice(fact.id, term(fact.label))), choice("", t("size_equal")));
}

function drawSize() {
  byId("size").value = state.sizeBy;
  const fact = factOf.get(state.sizeBy);
  const legend = byId("size-legend");
  legend.hidden = !fact || fact.low > fact.high;
  if (legend.hidden) return;
  const dot = (r, hollow, text) => make("div", {},
    draw("svg", { width: 2 * r + 4, height: 2 * r + 4, viewBox: `${-r - 2} ${-r - 2} ${2 * r + 4} ${2 * r + 4}` },
      draw("circle", { r, fill: hollow ? "none" : "#8fa3b8", stroke: hollow ? "#566375" : "none", "stroke-width": 1.6 })), text);
  const steps = fact.high > fact.low ? [fact.low, (fact.low + fact.high) / 2, fact.high] : [fact.high];
  const whole = fact.values.every(value => value === null || Number.isInteger(value));
  const values = whole ? steps.map(Math.round) : steps;
  const dots = values.map(value => dot(radiusFor(fact, value), false, number(value)));
  if (everyone.some(withoutData)) dots.push(dot(smallest, true, t("no_data")));
  legend.replaceChildren(...dots);
}

function fillViews() {
  byId("views-section").hidden = !data.views.length;
  byId("views").replaceChildren(...data.views.map((view, v) => {
    const button = make("button", { type: "button" }, term(view.name));
    button.addEventListener("click", () => showView(v));
    return button;
  }));
}

function drawViews() {
  Array.from(byId("views").children).forEach((button, v) => button.setAttribute("aria-pressed", String(state.view === v)));
}

// A row of buttons of which one is pressed.
function segments(choices, current, choose) {
  return choices.map(([value, text]) => {
    const button = make("button", { type: "button", "aria-pressed": String(value === current), "data-value": value }, text);
    button.addEventListener("click", () => choose(value));
    return button;
  });
}

function drawFocusBar() {
  byId("focus-bar").hidden = !inFocus();
  if (!inFocus()) return;
  byId("focus-name").textContent = state.selected >= 0 ? actors.label[state.selected] : term(data.views[state.view].name);
  byId("depths").hidden = state.selected < 0;
  const focused = document.activeElement && document.activeElement.closest("#depths");
  byId("depths").replaceChildren(...segments([[1, "1"], [2, "2"], [3, "3"]], state.depth, setDepth));
  if (focused) byId("depths").children[state.depth - 1].focus();
}

function setDepth(depth) {
  if (state.selected < 0) return;
  update({ depth }, `${t("depth")} ${depth}`);
  camera.showLit();
}

// Drawers, on a phone only: elsewhere both sides are always there and these do nothing to see.
function openDrawer(id) {
  if (innerWidth > 760) return;
  closeDrawers();
  byId(id).classList.add("open");
  byId(`open-${id}`).setAttribute("aria-expanded", "true");
  byId("scrim").hidden = id !== "filters";   // the map stays in reach above the list
}

function closeDrawers() {
  for (const id of ["filters", "list"]) {
    byId(id).classList.remove("open");
    byId(`open-${id}`).setAttribute("aria-expanded", "false");
  }
  byId("scrim").hidden = true;
}

function speak() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.title = wording(data.title);
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-title]")) element.title = t(element.dataset.title);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  byId("title").textContent = wording(data.title);
  byId("subtitle").textContent = wording(data.subtitle);
  byId("badge").textContent = t({full: "with_names", groups: "with_groups"}[data.names] || "with_codes");
  byId("badge").classList.toggle("coded", data.names !== "full");
  byId("counts").textContent = t("counts", number(size), number(ties.from.length));
  byId("names-text").textContent = t(data.names === "full" ? "show_labels" : "show_codes");
  byId("search").placeholder = t({full: "search", groups: "search_groups"}[data.names] || "search_codes");
  byId("search").setAttribute("aria-label", byId("search").placeholder);
  byId("areas-option").hidden = !areas.length;
  const part = (title, text) => make("span", {}, make("b", {}, t(title)), text);
  // What to beware of stands first: on a small screen the rest may have to be scrolled to.
  byId("foot").replaceChildren(
    ...(data.notes.length ? [part("notes_title", data.notes.map(wording).join(state.lang === "zh" ? "　" : "  "))] : []),
    part("rule_title", wording(data.rule)),
    part("drawn_title", wording(data.drawn)),
    make("span", { className: "offline" }, t("offline")));
  fillLegend();
  fillSize();
  fillViews();
}

// 2. The state: what is chosen, what follows from it, and the words for it.

const state = {
  lang: data.lang,
  selected: -1,        // an actor, or -1
  view: -1,            // one of data.views, or -1; a selected actor comes before it
  depth: 1,            // how many steps out from the selected actor
  sizeBy: figures.length ? figures[0].id : "",
  sizeBefore: "",      // what size showed before a view was opened
  hiddenKinds: new Set(),
  hiddenLayers: new Set(),
  frequent: 1,         // fewest records a tie must rest on
  areas: true,
  names: true,
  list: rankListsHere[0] || "",
  moving: false,
};
const level = new Int8Array(size);   // steps from what is in focus; -1: faded
const drawnTie = new Uint8Array(ties.from.length);
const radius = new Float64Array(size);

const byId = id => document.getElementById(id);
const wording = pair => (pair ? pair[state.lang === "zh" ? 0 : 1] : "");
// A word of the vocabulary where a line begins: English takes a capital there.
const term = pair => (state.lang === "en" ? wording(pair).replace(/^\p{Ll}/u, letter => letter.toUpperCase()) : wording(pair));
const groupName = i => (actors.group[i] < 0 ? "" : wording(data.groups[actors.group[i]]));
const t = (key, ...facts) =>
  facts.reduce((text, fact, place) => text.replaceAll(`{${place}}`, () => String(fact)), data.texts[state.lang][key]);

const wholeNumber = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const number = value => (Number.isInteger(value) || Math.abs(value) >= 1000 ? wholeNumber : threeDigits).format(value);

// A day as people write it; days are counted from 1970 so that no time zone can shift them.
const day = days => new Date(days * 864e5).toISOString().slice(0, 10);

function period(first, last) {
  if (first === null) return last === null ? "" : day(last);
  return last === null || last === first ? day(first) : `${day(first)} – ${day(last)}`;
}

const inFocus = () => state.selected >= 0 || state.view >= 0;
const shown = i => !state.hiddenKinds.has(actors.kind[i]);
const tieAllowed = k =>
  !state.hiddenLayers.has(tieLayer[k]) && shown(ties.from[k]) && shown(ties.to[k]) &&
  (!repeats[tieLayer[k]] || ties.evidence[k] >= state.frequent);

// Work out levels, ties and sizes after any change of state.
function settle() {
  level.fill(inFocus() ? -1 : 0);
  if (state.selected >= 0) spread(state.selected);
  else if (state.view >= 0) for (const i of data.views[state.view].actors) level[i] = 0;
  for (const k of everyTie) drawnTie[k] = tieAllowed(k) && tieLit(k) ? 1 : 0;
  for (const i of everyone) radius[i] = radiusOf(i);
}

function spread(start) {
  level[start] = 0;
  let edge = [start];
  for (let step = 1; step <= state.depth; step += 1) {
    const next = [];
    for (const i of edge) {
      for (const k of tiesOf[i]) {
        const j = other(k, i);
        if (level[j] >= 0 || !tieAllowed(k)) continue;
        level[j] = step;
        next.push(j);
      }
    }
    edge = next;
  }
}

function tieLit(k) {
  const a = level[ties.from[k]], b = level[ties.to[k]];
  if (state.selected >= 0) return a >= 0 && b >= 0 && Math.min(a, b) < state.depth;
  if (state.view >= 0) return a === 0 && b === 0;
  return true;
}

const smallest = 5, largest = 14, plainSize = 7;

function radiusOf(i) {
  const fact = factOf.get(state.sizeBy);
  if (!fact || !fact.asked[actors.kind[i]]) return plainSize;
  return radiusFor(fact, fact.values[i]);
}

// The area of a dot grows with the value.
function radiusFor(fact, value) {
  if (value === null) return smallest;
  const low = Math.min(fact.low, 0);
  const share = fact.high > low ? (value - low) / (fact.high - low) : 0.5;
  return Math.sqrt(smallest ** 2 + share * (largest ** 2 - smallest ** 2));
}

function withoutData(i) {
  const fact = factOf.get(state.sizeBy);
  return Boolean(fact) && fact.asked[actors.kind[i]] && fact.values[i] === null;
}

// The one way to change the state. `change` holds the new values; then everything is drawn again.
function update(change, said = "") {
  Object.assign(state, change);
  settle();
  drawPanels();
  camera.redraw();
  if (said) announce(said);
}

function select(i, { move = true } = {}) {
  const hiddenKinds = new Set(state.hiddenKinds);
  hiddenKinds.delete(actors.kind[i]);   // whoever is looked for must be seen
  update({ selected: i, depth: 1, hiddenKinds }, t("said_card", actors.label[i], totalTies(i)));
  openDrawer("list");
  if (move) camera.showLit();
}

function showView(v) {
  const view = data.views[v];
  if (state.view === v && state.selected < 0) return reset();
  const sizeBefore = state.view < 0 ? state.sizeBy : state.sizeBefore;
  update({ selected: -1, view: v, sizeBy: view.size, sizeBefore, hiddenKinds: new Set() },
    t("said_view", term(view.name), number(view.actors.length)));
  openDrawer("list");
  return camera.fit();
}

// One step back: from an actor to the view it was found in, from a view to the whole map.
function letGo() {
  if (state.selected >= 0) update({ selected: -1, depth: 1 });
  else if (state.view >= 0) reset();
}

function reset() {
  closeDrawers();
  const sizeBy = state.view >= 0 ? state.sizeBefore : state.sizeBy;
  update({ selected: -1, view: -1, depth: 1, sizeBy }, t("said_reset"));
  camera.fit();
}

function announce(text) {
  byId("live").textContent = text;
}

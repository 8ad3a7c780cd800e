// 1. The data: columns written by Python, and what can be read off them once.
//    Actors, ties, groups are numbers everywhere: positions in these columns.

const data = JSON.parse(document.getElementById("data").textContent);
const actors = data.nodes;
const ties = data.edges;
const size = actors.label.length;
const everyone = Array.from({ length: size }, (_, i) => i);
const everyTie = ties.from.map((_, k) => k);
const kindOf = i => data.kinds[actors.kind[i]];

const layerNumber = new Map(data.layers.map((layer, number) => [layer.id, number]));
const tieLayer = ties.layer.map(id => layerNumber.get(id));
const other = (k, i) => (ties.from[k] === i ? ties.to[k] : ties.from[k]);

const tiesOf = everyone.map(() => []);
for (const k of everyTie) {
  tiesOf[ties.from[k]].push(k);
  if (ties.to[k] !== ties.from[k]) tiesOf[ties.to[k]].push(k);
}
const totalTies = i => data.layers.reduce((sum, layer) => sum + layer.ties[i], 0);
const onShelf = everyone.map(i => totalTies(i) === 0);
const shelf = everyone.filter(i => onShelf[i]);
if (innerHeight > 1.2 * innerWidth) standUpright();
const membersOf = data.groups.map((_, g) => everyone.filter(i => actors.group[i] === g && !onShelf[i]));

// On a phone held upright the map is turned to stand, and the shelf below it filled anew.
function standUpright() {
  const step = 30;
  const tied = everyone.filter(i => !onShelf[i]);
  for (const i of tied) [actors.x[i], actors.y[i]] = [actors.y[i], actors.x[i]];
  if (!tied.length || !shelf.length) return;
  const xs = tied.map(i => actors.x[i]), left = Math.min(...xs), right = Math.max(...xs);
  const top = Math.max(...tied.map(i => actors.y[i])) + 3.5 * step;
  const columns = Math.max(1, Math.floor((right - left) / step));
  shelf.forEach((i, place) => {
    const row = Math.floor(place / columns), inRow = Math.min(columns, shelf.length - row * columns);
    actors.x[i] = (left + right) / 2 + (place % columns - (inRow - 1) / 2) * step;
    actors.y[i] = top + row * step;
  });
}

const heaviest = data.layers.map((_, layer) =>
  everyTie.reduce((most, k) => (tieLayer[k] === layer ? Math.max(most, ties.weight[k]) : most), 0));
// "Frequent" means nothing in a layer where every tie rests on one record (a membership, a registration).
const repeats = data.layers.map((_, layer) => everyTie.some(k => tieLayer[k] === layer && ties.evidence[k] > 1));
const mostEvidence = Math.min(10, ties.evidence.reduce((most, n) => Math.max(most, n), 1));

const factOf = new Map(data.facts.map(fact => [fact.id, fact]));
const figures = data.facts.filter(fact => fact.numeric);
for (const fact of figures) {
  const known = fact.values.filter(value => value !== null);
  fact.low = known.reduce((low, value) => Math.min(low, value), Infinity);
  fact.high = known.reduce((high, value) => Math.max(high, value), -Infinity);
  // A kind that never has this figure is not "without data": the question does not arise for it.
  fact.asked = data.kinds.map((_, kind) => everyone.some(i => actors.kind[i] === kind && fact.values[i] !== null));
}

// Who is ranked among whom. Staff are in no list: they are paid to be there.
const rankLists = ["resident", "organisation", "partner", "other"];
const rankListOf = kind => (kind.staff ? "" : rankLists.includes(kind.id) ? kind.id : "other");
const listOf = everyone.map(i => rankListOf(kindOf(i)));
const rankListsHere = rankLists.filter(list => listOf.includes(list));

function ranking(fact, list) {
  const rows = everyone.filter(i => listOf[i] === list && fact.values[i] !== null);
  rows.sort((a, b) => fact.values[b] - fact.values[a] || a - b);
  return rows;
}

function rankOf(fact, i) {
  const mine = fact.values[i];
  let above = 0, same = 0, all = 0;
  for (const j of everyone) {
    if (listOf[j] !== listOf[i] || fact.values[j] === null) continue;
    all += 1;
    if (fact.values[j] > mine) above += 1;
    if (fact.values[j] === mine) same += 1;
  }
  return { place: above + 1, same, all };
}

// 4. Names on the map. The most important first; a name that would cover another is left out.

const fonts = getComputedStyle(document.body).fontFamily;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function textWidth(text, px, weight) {
  const key = `${px}|${weight}|${text}`;
  if (!widths.has(key)) {
    ruler.font = `${weight} ${px}px ${fonts}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

function shorten(text, px, weight, most) {
  if (textWidth(text, px, weight) <= most) return text;
  const signs = Array.from(text);
  let low = 1, high = signs.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${signs.slice(0, middle).join("")}…`, px, weight) <= most) low = middle;
    else high = middle - 1;
  }
  return `${signs.slice(0, low).join("")}…`;
}

// Whom to name, the most important first.
function namingOrder() {
  if (!state.names) return state.selected >= 0 ? [state.selected] : [];
  const fact = factOf.get(state.sizeBy);
  const weight = i => (fact && fact.values[i] !== null && fact.high > fact.low
    ? (fact.values[i] - fact.low) / (fact.high - fact.low) : 0) + (listOf[i] === "organisation" ? 0.35 : 0);
  const lit = everyone.filter(i => shown(i) && level[i] >= 0 && (inFocus() || !onShelf[i] || shelf.length === size));
  return lit.sort((a, b) => level[a] - level[b] || weight(b) - weight(a) || tiesOf[b].length - tiesOf[a].length || a - b);
}

// Where the names go. `project` gives the place on screen of a point of the map.
// Returns [{ x, y, text, px, weight, color }], x the middle and y the base line of the text.
function placeLabels({ project, scale, width, height, enlarge = 1 }) {
  const taken = [];
  const labels = [];
  const free = box => box[0] >= 2 && box[2] <= width - 2 && box[1] >= 2 && box[3] <= height - 2 &&
    !taken.some(b => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
  const put = (box, label) => { taken.push(box); labels.push(label); };
  nameAreas({ project, enlarge, free, put });
  const room = inFocus() ? 160 : Math.round((width * height) / (8500 * enlarge * enlarge));
  const order = namingOrder();
  for (const i of order.slice(0, 90)) {   // nothing is written over a dot that matters
    const [x, y] = project(actors.x[i], actors.y[i]);
    const r = radiusAt(i, scale) * 0.8;
    if (inFocus() || r > 5) taken.push([x - r, y - r, x + r, y + r]);
  }
  let written = 0;
  for (const i of order) {
    if (written >= room) break;
    if (nameActor(i, { project, scale, width, height, enlarge, free, put })) written += 1;
  }
  return labels;
}

function nameAreas({ project, enlarge, free, put }) {
  const captions = state.areas ? areas.map(area => ({ text: wording(area.name), x: area.x, y: area.top })) : [];
  if (shelfBox) {
    captions.push({ text: t("shelf", number(shelf.length)), x: (shelfBox.x0 + shelfBox.x1) / 2, y: shelfBox.y0, always: true });
  }
  for (const caption of captions) {
    const px = 13.5 * enlarge, weight = 700;
    const text = shorten(caption.text, px, weight, 170 * enlarge);
    const half = textWidth(text, px, weight) / 2 + 3;
    const [x, y] = project(caption.x, caption.y);
    const base = y - 7 * enlarge;
    const box = [x - half, base - px, x + half, base + 4];
    if (free(box) || caption.always) put(box, { x, y: base, text, px, weight, color: areaText });
  }
}

function nameActor(i, { project, scale, width, height, enlarge, free, put }) {
  const [x, y] = project(actors.x[i], actors.y[i]);
  if (x < 0 || y < 0 || x > width || y > height) return false;
  const chosen = i === state.selected;
  const strong = chosen || (inFocus() && level[i] === 0);
  const px = (chosen ? 14.5 : strong ? 13 : 12) * enlarge;
  const weight = strong ? 700 : listOf[i] === "organisation" ? 600 : 400;
  const text = shorten(actors.label[i], px, weight, (chosen ? 320 : 132) * enlarge);
  const half = textWidth(text, px, weight) / 2 + 2;
  const r = radiusAt(i, scale) + (chosen ? 5 : 2.5);
  const places = [[x, y + r + px * 0.95], [x, y - r - px * 0.22], [x + r + half, y + px * 0.36], [x - r - half, y + px * 0.36]];
  for (const [at, base] of places) {
    const box = [at - half, base - px * 0.92, at + half, base + px * 0.26];
    if (!free(box)) continue;
    put(box, { x: at, y: base, text, px, weight, color: ink });
    return true;
  }
  if (!chosen) return false;
  const inside = Math.min(Math.max(x, half + 4), width - half - 4);   // the chosen one is always named
  const below = places[0][1];
  put([inside - half, below - px, inside + half, below], { x: inside, y: below, text, px, weight, color: ink });
  return true;
}

function paintLabels(context, labels) {
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.strokeStyle = "rgb(252 253 254 / 92%)";
  context.lineWidth = 3.5;
  for (const label of labels) {
    context.font = `${label.weight} ${label.px}px ${fonts}`;
    context.fillStyle = label.color;
    context.strokeText(label.text, label.x, label.y);
    context.fillText(label.text, label.x, label.y);
  }
}

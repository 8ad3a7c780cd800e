// 8. The right side: the list by the chosen figure, the members of a view, or the card of one actor.

function drawRight() {
  const panel = byId("panel");
  const kept = document.activeElement && panel.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  if (state.selected >= 0) panel.replaceChildren(...card(state.selected));
  else if (state.view >= 0) panel.replaceChildren(...viewList(data.views[state.view]));
  else panel.replaceChildren(...rankedList());
  byId("list").scrollTop = 0;
  if (kept === null) return;   // a keyboard stays where it was, or as near as there is
  const same = Array.from(panel.querySelectorAll("[data-value]")).find(button => button.dataset.value === kept);
  (same || panel.querySelector("button") || byId("canvas")).focus();
}

// One line that opens a card.
function actorRow(i, { place = "", value = "", share = null, under = "" } = {}) {
  const row = make("button", { type: "button", className: place ? "row placed" : "row" },
    place ? make("span", { className: "place" }, place) : null, glyph(kindOf(i)),
    make("span", { className: "word", title: actors.label[i] }, actors.label[i]),
    make("span", { className: "number" }, value));
  if (share !== null) {
    const bar = make("i");
    bar.style.width = `${Math.round(100 * share)}%`;
    row.append(make("span", { className: "bar" }, bar));
  }
  if (under) row.append(make("span", { className: "under" }, under));
  row.addEventListener("click", () => { select(i); byId("card-name").focus({ preventScroll: true }); });
  return make("li", {}, row);
}

// A list that shows its first rows and grows on demand.
function growing(items, first, line) {
  const list = make("ul", { className: "rows" }, ...items.slice(0, first).map(line));
  const rest = items.length - first;
  if (rest <= 0) return [list];
  const more = make("button", { type: "button", className: "more small" }, t("more", number(rest)));
  more.addEventListener("click", () => {
    list.append(...items.slice(first).map((item, k) => line(item, k + first)));
    more.remove();
    list.children[first].firstChild.focus();
  });
  return [list, more];
}

// Bars compare within the list: staff, who are in none, do not set the measure for residents.
const shareOf = (fact, i, rows) => {
  const most = rows.reduce((high, j) => Math.max(high, fact.values[j] ?? 0), 0);
  return most > 0 && fact.values[i] > 0 ? fact.values[i] / most : 0;
};

function rankedList() {
  const fact = factOf.get(state.sizeBy);
  const title = make("h3", {}, fact ? term(fact.label) : t("people"));
  const parts = [title];
  if (rankListsHere.length > 1) {
    const choices = rankListsHere.map(list => [list, t(`rank_${list}`)]);
    parts.push(make("div", { className: "segments", role: "group", "aria-label": t("rank_kind") },
      ...segments(choices, state.list, list => update({ list }))));
  }
  if (!fact) return [...parts, make("p", { className: "note" }, t("rank_equal"))];
  const rows = ranking(fact, state.list);
  const places = new Map();
  rows.forEach((i, k) => places.set(i, k && fact.values[rows[k - 1]] === fact.values[i] ? places.get(rows[k - 1]) : k + 1));
  parts.push(...growing(rows.slice(0, 60), 12, i =>
    actorRow(i, { place: `${places.get(i)}`, value: number(fact.values[i]), share: shareOf(fact, i, rows) })));
  if (!rows.length) parts.push(make("p", { className: "note" }, t("rank_empty")));
  const missing = everyone.filter(i => listOf[i] === state.list).length - rows.length;
  const notes = [
    missing && rows.length ? t("rank_missing", number(missing)) : "",
    data.kinds.some(kind => kind.staff) ? t("rank_note") : "",
  ];
  parts.push(make("p", { className: "note" }, notes.filter(Boolean).join(" ")));
  return parts;
}

// Members of a view by kind: people, organisations and staff are not put in one order.
function viewList(view) {
  const fact = factOf.get(view.size);
  const parts = [make("h3", {}, term(view.name))];
  if (wording(view.explanation)) parts.push(make("p", { className: "explanation" }, wording(view.explanation)));
  data.kinds.forEach((kind, k) => {
    const members = view.actors.filter(i => actors.kind[i] === k);
    if (!members.length) return;
    if (fact && !kind.staff) members.sort((a, b) => (fact.values[b] ?? -Infinity) - (fact.values[a] ?? -Infinity) || a - b);
    parts.push(make("div", { className: "subhead" }, make("span", { className: "word" }, term(kind.label)),
      make("span", { className: "number" }, number(members.length))));
    parts.push(...growing(members, 15, i => actorRow(i, !fact ? {} : fact.values[i] === null
      ? { value: t("no_data") }
      : { value: number(fact.values[i]), share: kind.staff ? null : shareOf(fact, i, members) })));
  });
  if (fact) parts.push(make("p", { className: "note" }, `${t("size_by")}${state.lang === "zh" ? "：" : ": "}${term(fact.label)}`));
  return parts;
}

function card(i) {
  const back = make("button", { type: "button", className: "quiet back", "data-value": "back" }, `← ${t("back")}`);
  back.addEventListener("click", letGo);
  const kind = kindOf(i);
  const described = [term(kind.label), groupName(i), actors.code[i]];
  const head = make("div", { className: "who" }, glyph(kind), make("div", {},
    make("h3", { id: "card-name", tabIndex: -1 }, actors.label[i]),
    make("p", { className: "lead" }, described.filter(Boolean).join(" · "))));
  return [back, head, ...cardFacts(i), ...cardTies(i)];
}

function cardFacts(i) {
  const rows = [];
  for (const attribute of data.attributes) {
    if (attribute.of[i] >= 0) rows.push(...factRow(term(attribute.label), wording(attribute.values[attribute.of[i]])));
  }
  for (const fact of data.facts) {
    const value = fact.values[i];
    if (fact.numeric && value === null && !fact.asked[actors.kind[i]]) continue;
    if (value === null) rows.push(...factRow(term(fact.label), null));
    else if (!fact.numeric) rows.push(...factRow(term(fact.label), wording(value)));
    else rows.push(...factRow(term(fact.label), number(value), kindOf(i).staff ? "" : rankText(fact, i)));
  }
  const head = make("div", { className: "subhead" }, make("span", { className: "word" }, t("facts")));
  if (kindOf(i).staff) head.append(make("span", { className: "number" }, t("staff_unranked")));
  return rows.length ? [head, make("dl", { className: "facts" }, ...rows)] : [];
}

function factRow(name, value, under = "") {
  const cell = value === null ? make("dd", { className: "none" }, t("no_data")) : make("dd", {}, make("b", {}, value));
  if (under) cell.append(make("small", {}, under));
  return [make("dt", {}, name), cell];
}

function rankText(fact, i) {
  const { place, same, all } = rankOf(fact, i);
  if (all < 2) return "";
  const list = t(`rank_${listOf[i]}`);
  const facts = [place, all, same].map(number);
  return `${list} ${same > 1 ? t("rank_tied", ...facts) : t("rank_of", ...facts)}`;
}

function cardTies(i) {
  const parts = [];
  data.layers.forEach((layer, l) => {
    if (!layer.ties[i]) return;
    const mine = tiesOf[i].filter(k => tieLayer[k] === l).sort((a, b) => ties.weight[b] - ties.weight[a] || a - b);
    const all = layer.ties[i];
    const count = mine.length < all ? t("neighbours_some", number(mine.length), number(all)) : number(all);
    parts.push(make("div", { className: "subhead" }, stroke(layer), make("span", { className: "word" }, term(layer.label)),
      make("span", { className: "number" }, count)));
    parts.push(...growing(mine, 8, k => actorRow(other(k, i), tieWords(k, i, layer))));
  });
  return parts.length ? parts : [make("p", { className: "note" }, t("no_neighbours"))];
}

function tieWords(k, i, layer) {
  const direction = !layer.directed ? "" : ties.from[k] === i ? t("gives") : t("receives");
  const under = [direction, ties.evidence[k] > 0 ? t("times", number(ties.evidence[k])) : "", period(ties.first[k], ties.last[k])];
  return { value: t("strength", number(ties.weight[k])), under: under.filter(Boolean).join(" · ") };
}

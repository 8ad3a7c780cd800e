// 7. Search by name, full pinyin, initials or code: an ARIA combobox with a list box.

const spelling = actors.label.map(text => text.normalize("NFKC").toLowerCase());
const codeSpelling = actors.code.map(text => text.normalize("NFKC").toLowerCase());
const pinyin = actors.pinyin.map(keys => (keys ? keys.split(" ") : []));
const finding = { hits: [], at: 0 };

// How well an actor answers the question: 0 is best, Infinity is not at all.
function fitness(i, asked) {
  if (spelling[i] === asked || codeSpelling[i] === asked) return 0;
  if (spelling[i].startsWith(asked)) return 1;
  if (pinyin[i].includes(asked)) return 2;
  if (pinyin[i].some(key => key.startsWith(asked))) return 3;
  if (spelling[i].includes(asked)) return 4;
  return codeSpelling[i].includes(asked) ? 5 : Infinity;
}

function find(text) {
  const asked = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  if (!asked) return [];
  const typed = /^[a-z' ]+$/.test(asked) ? asked.replace(/[' ]/g, "") : asked;
  const found = everyone.map(i => [Math.min(fitness(i, asked), fitness(i, typed)), i]).filter(([fit]) => fit < Infinity);
  return found.sort((a, b) => a[0] - b[0] || totalTies(b[1]) - totalTies(a[1]) || a[1] - b[1]).slice(0, 12).map(([, i]) => i);
}

function showResults() {
  const field = byId("search"), box = byId("results");
  finding.hits = find(field.value);
  finding.at = 0;
  const asked = field.value.trim();
  box.hidden = !asked;
  field.setAttribute("aria-expanded", String(Boolean(asked)));
  box.replaceChildren(...(finding.hits.length ? finding.hits.map(resultRow)
    : [make("li", { className: "none" }, t("search_none", asked))]));
  if (asked) announce(finding.hits.length ? t("said_results", finding.hits.length) : t("search_none", asked));
  markResult();
}

function resultRow(i, place) {
  const group = groupName(i) || actors.code[i];
  const row = make("li", { id: `result-${place}`, role: "option" }, glyph(kindOf(i)),
    make("span", { className: "word" }, actors.label[i]), make("span", { className: "number" }, group));
  row.addEventListener("pointerdown", event => { event.preventDefault(); choose(i); });
  return row;
}

function markResult() {
  const field = byId("search");
  const rows = Array.from(byId("results").querySelectorAll("[role=option]"));
  rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === finding.at)));
  if (rows.length) {
    field.setAttribute("aria-activedescendant", `result-${finding.at}`);
    rows[finding.at].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function hideResults() {
  byId("results").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function choose(i) {
  byId("search").value = actors.label[i];
  hideResults();
  select(i);
}

byId("search").addEventListener("input", showResults);
byId("search").addEventListener("focus", event => { event.target.select(); if (event.target.value) showResults(); });
byId("search").addEventListener("blur", hideResults);
byId("search").addEventListener("keydown", event => {
  if (event.isComposing) return;   // Enter and arrows belong to the input method
  const many = finding.hits.length;
  if (event.key === "Enter" && many && !byId("results").hidden) choose(finding.hits[finding.at]);
  else if (event.key === "ArrowDown" && many) finding.at = (finding.at + 1) % many;
  else if (event.key === "ArrowUp" && many) finding.at = (finding.at + many - 1) % many;
  else if (event.key === "Escape" && event.target.value) { event.target.value = ""; hideResults(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key.startsWith("Arrow")) markResult();
});

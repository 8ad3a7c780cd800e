// 9. The same actors as a table, for screen readers and for whoever prefers to read.

const sorting = { column: 0, down: false };

function tableColumns() {
  const columns = [{ head: t("name"), text: i => actors.label[i], opens: true }];
  if (actors.code.some(Boolean)) columns.push({ head: t("code"), text: i => actors.code[i] });
  columns.push({ head: t("kind"), text: i => term(kindOf(i).label) });
  if (data.groups.length) columns.push({ head: t("group"), text: i => groupName(i) });
  for (const attribute of data.attributes) {
    columns.push({ head: term(attribute.label), text: i => wording(attribute.values[attribute.of[i]]) });
  }
  for (const fact of data.facts) {
    if (fact.numeric) columns.push({ head: term(fact.label), value: i => fact.values[i] });
    else columns.push({ head: term(fact.label), text: i => wording(fact.values[i]) });
  }
  return columns;
}

// Empty cells come last in either order.
function tableOrder(column) {
  const collator = new Intl.Collator(state.lang === "zh" ? "zh-CN" : "en", { numeric: true });
  const held = column.value || column.text;
  const empty = i => held(i) === null || held(i) === "";
  const compare = column.value ? (a, b) => held(a) - held(b) : (a, b) => collator.compare(held(a), held(b));
  const way = sorting.down ? -1 : 1;
  return [...everyone].sort((a, b) => empty(a) - empty(b) || (empty(a) ? 0 : way * compare(a, b)) || a - b);
}

function drawTable() {
  const columns = tableColumns();
  const head = make("tr", {}, ...columns.map((column, c) => {
    const button = make("button", { type: "button" }, column.head);
    button.addEventListener("click", () => {
      const down = sorting.column === c ? !sorting.down : Boolean(column.value);
      Object.assign(sorting, { column: c, down });
      drawTable();
      byId("table-body").querySelectorAll("th button")[c].focus();
    });
    const cell = make("th", { scope: "col", className: column.value ? "figure" : "" }, button);
    if (sorting.column === c) cell.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    return cell;
  }));
  const rows = tableOrder(columns[sorting.column]).map(i => make("tr", {}, ...columns.map(column => tableCell(column, i))));
  byId("table-body").replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
}

function tableCell(column, i) {
  if (column.value) return make("td", { className: "figure" }, column.value(i) === null ? "–" : number(column.value(i)));
  if (!column.opens) return make("td", {}, column.text(i));
  const button = make("button", { type: "button", className: "open" }, column.text(i));
  button.addEventListener("click", () => { byId("table").close(); select(i); byId("card-name").focus({ preventScroll: true }); });
  return make("th", { scope: "row" }, button);
}

function openTable() {
  drawTable();
  byId("table").showModal();
}

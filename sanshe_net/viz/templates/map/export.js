// 10. Pictures for slides and paper: one SVG writer, of which PNG and print are made. Text stays text.

const sheet = { width: 1600, height: 1131, side: 270, top: 92, pad: 36 };   // the proportions of A4
const fixed = value => value.toFixed(2);

function drawing() {
  const foot = footLines(), small = { "font-size": 13, fill: quiet };
  const footHeight = foot.length * 19 + 30;
  const width = sheet.width - sheet.side - 2 * sheet.pad, height = sheet.height - sheet.top - footHeight;
  return draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${sheet.width} ${sheet.height}`,
    width: sheet.width, height: sheet.height, "font-family": fonts, lang: document.documentElement.lang,
  },
  draw("title", {}, wording(data.title)),
  draw("rect", { width: sheet.width, height: sheet.height, fill: "#fff" }),
  ...drawnHead(),
  drawnMap(width, height),
  drawnLegend(),
  ...foot.map((text, line) => writing(text, sheet.pad, sheet.height - footHeight + 28 + line * 19, small)));
}

const writing = (text, x, y, traits) => draw("text", { x, y, ...traits }, text);

function drawnHead() {
  const focus = state.selected >= 0 ? actors.label[state.selected] : state.view >= 0 ? term(data.views[state.view].name) : "";
  const under = [wording(data.subtitle), t({full: "with_names", groups: "with_groups"}[data.names] || "with_codes"), focus];
  const wide = sheet.width - 2 * sheet.pad;
  const title = shorten(wording(data.title), 28, 700, wide);
  return [
    writing(title, sheet.pad, 52, { "font-size": 28, "font-weight": 700, fill: ink }),
    writing(shorten(under.filter(Boolean).join(" · "), 15, 400, wide), sheet.pad, 78, { "font-size": 15, fill: quiet }),
  ];
}

// The whole map with the present filters and focus, wherever the camera is on the screen.
function drawnMap(width, height) {
  const visible = everyone.filter(shown);
  const { x, y, scale } = camera.frame(visible, width, height, 2.2);
  const dx = width / 2 - x * scale, dy = height / 2 - y * scale;
  const project = (px, py) => [px * scale + dx, py * scale + dy];
  const labels = placeLabels({ project, scale, width, height, enlarge: 1.18 });
  return draw("g", { transform: `translate(${sheet.pad} ${sheet.top})` },
    draw("g", { transform: `translate(${fixed(dx)} ${fixed(dy)}) scale(${scale.toFixed(5)})` },
      ...drawnAreas(scale), ...drawnTies(scale), ...drawnActors(visible, scale)),
    draw("g", { "text-anchor": "middle" }, ...labels.map(drawnLabel)));
}

function drawnAreas(scale) {
  const rim = { stroke: areaInk, "stroke-width": fixed(1 / scale) };
  const outlines = !state.areas ? [] : areas.map(area =>
    draw("path", { ...rim, d: area.path, fill: areaInk, "fill-opacity": 0.1, "stroke-opacity": 0.3 }));
  if (!shelfBox) return outlines;
  const { x0, x1, y0, y1 } = shelfBox;
  const dash = `${fixed(4 / scale)} ${fixed(4 / scale)}`;
  const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0, fill: "none" };
  return [...outlines, draw("rect", { ...rim, ...box, "stroke-opacity": 0.6, "stroke-dasharray": dash })];
}

function drawnTies(scale) {
  return everyTie.filter(k => drawnTie[k]).flatMap(k => {
    const look = tieLook(k, true);
    const line = draw("line", {
      x1: actors.x[ties.from[k]], y1: actors.y[ties.from[k]], x2: actors.x[ties.to[k]], y2: actors.y[ties.to[k]],
      stroke: look.color, "stroke-width": fixed(look.width / scale), "stroke-opacity": look.alpha,
    });
    if (look.dash.length) line.setAttribute("stroke-dasharray", look.dash.map(length => fixed(length / scale)).join(" "));
    if (!look.arrow) return [line];
    const points = arrowHead(k, scale).map(corner => corner.map(fixed).join(",")).join(" ");
    return [line, draw("polygon", { points, fill: look.color, "fill-opacity": look.alpha })];
  });
}

function drawnActors(visible, scale) {
  const height = i => (level[i] >= 0) + (i === state.selected);
  return [...visible].sort((a, b) => height(a) - height(b) || a - b).map(i => {
    const look = actorLook(i);
    const zoom = radiusAt(i, scale) / scale / 10;
    const rim = look.faded ? {} : {
      stroke: look.chosen ? ink : look.stroke, "stroke-width": fixed((look.chosen ? 7 : 2 * look.width) / (zoom * scale)),
      "paint-order": "stroke", "stroke-linejoin": "round",
    };
    const transform = `translate(${actors.x[i]} ${actors.y[i]}) scale(${zoom.toFixed(4)})`;
    return draw("path", { d: kindOf(i).path, transform, fill: look.fill, opacity: look.alpha, ...rim },
      draw("title", {}, actors.label[i]));
  });
}

function drawnLabel(label) {
  return writing(label.text, fixed(label.x), fixed(label.y), {
    "font-size": fixed(label.px), "font-weight": label.weight, fill: label.color,
    stroke: "#fff", "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  });
}

function drawnLegend() {
  const place = `translate(${sheet.width - sheet.side - sheet.pad + 24} ${sheet.top + 16})`;
  const group = draw("g", { transform: place, "font-size": 15, fill: ink });
  let y = 0;
  const heading = text => { group.append(writing(text, 0, y, { "font-size": 13, "font-weight": 700, fill: quiet })); y += 28; };
  const row = (icon, text, count) => {
    group.append(icon, writing(shorten(text, 15, 400, 160), 40, y + 5, {}),
      writing(number(count), sheet.side - 24, y + 5, { "text-anchor": "end", fill: quiet }));
    y += 29;
  };
  heading(t("kinds"));
  data.kinds.forEach((kind, k) => {
    if (state.hiddenKinds.has(k)) return;
    const icon = draw("path", { d: kind.path, fill: kind.color, transform: `translate(14 ${y}) scale(.85)` });
    row(icon, term(kind.label), everyone.filter(i => actors.kind[i] === k).length);
  });
  const layers = data.layers.map((_, l) => l).filter(l => !state.hiddenLayers.has(l));
  if (layers.length) { y += 16; heading(t("layers")); }
  for (const l of layers) {
    row(drawnStroke(data.layers[l], y), term(data.layers[l].label), everyTie.filter(k => tieLayer[k] === l && drawnTie[k]).length);
  }
  group.append(...drawnSizes(y + 16));
  return group;
}

function drawnStroke(layer, y) {
  const line = draw("line", { x1: 0, y1: y, x2: layer.directed ? 22 : 30, y2: y, stroke: layer.color,
    "stroke-width": layer.width + 1, "stroke-dasharray": layer.dash.join(" ") });
  return draw("g", {}, line, draw("path", { d: `M30 ${y}L20 ${y - 4}v8z`, fill: layer.directed ? layer.color : "none" }));
}

function drawnSizes(y) {
  const fact = factOf.get(state.sizeBy);
  if (!fact || fact.low > fact.high) return [];
  const dots = [...new Set([fact.low, fact.high])].flatMap((value, step) => [
    draw("circle", { cx: 14 + step * 100, cy: y + 52, r: radiusFor(fact, value), fill: "#8fa3b8" }),
    writing(number(value), 36 + step * 100, y + 57, { "font-size": 13.5, fill: quiet }),
  ]);
  return [
    writing(t("size_by"), 0, y, { "font-size": 13, "font-weight": 700, fill: quiet }),
    writing(shorten(term(fact.label), 15, 400, sheet.side - 24), 0, y + 25, {}),
    ...dots,
  ];
}

// The foot of the page, broken into lines that fit the sheet; Chinese breaks anywhere, English at spaces.
function footLines() {
  const colon = state.lang === "zh" ? "：" : ": ";
  const texts = [
    t("rule_title") + colon + wording(data.rule),
    t("drawn_title") + colon + wording(data.drawn),
    ...data.notes.map(wording),
  ];
  return texts.flatMap(text => {
    const lines = [""];
    for (const word of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) || []) {
      if (textWidth(lines[lines.length - 1] + word, 13, 400) > sheet.width - 2 * sheet.pad) lines.push("");
      lines[lines.length - 1] += word;
    }
    return lines;
  }).slice(0, 8);
}

const svgBlob = () => new Blob([new XMLSerializer().serializeToString(drawing())], { type: "image/svg+xml;charset=utf-8" });

// Only letters, digits, - and _: nothing a file system or a shell could take for something else.
function fileName(ending) {
  const name = wording(data.title).replace(/[^\p{L}\p{N}_-]+/gu, "_").replace(/^[_-]+|[_-]+$/g, "").slice(0, 60);
  return `${name || "map"}_${t(data.names === "full" ? "file_names" : "file_codes")}.${ending}`;
}

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  announce(t("said_saved", name));
}

function savePng() {
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: sheet.width * 2, height: sheet.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob(blob => save(blob, fileName("png")), "image/png");
  };
  image.src = URL.createObjectURL(svgBlob());
}

const saveSvg = () => save(svgBlob(), fileName("svg"));

addEventListener("beforeprint", () => byId("paper").replaceChildren(drawing()));
addEventListener("afterprint", () => byId("paper").replaceChildren());

// 3. How things look. Each look is decided once, here, for the screen, the saved drawing and paper.

const ink = "#16202c", quiet = "#566375", ground = "#fcfdfe", areaInk = "#5b7ba3", areaText = "#44617f";
const glyphs = data.kinds.map(kind => new Path2D(kind.path));   // drawn for a radius of 10
const margin = 21;   // free ground around the outermost actors of an area

function actorLook(i) {
  const faded = level[i] < 0;
  const chosen = i === state.selected;
  const hollow = withoutData(i);
  return {
    faded,
    chosen,
    alpha: faded ? 0.17 : onShelf[i] && !inFocus() && shelf.length < size ? 0.65 : 1,
    fill: hollow ? ground : kindOf(i).color,
    stroke: hollow ? kindOf(i).color : ground,
    width: hollow ? 1.6 : 1,
  };
}

// Radius on screen: what is in focus never shrinks to a point.
function radiusAt(i, scale) {
  const least = inFocus() && level[i] === 0 ? 6.5 : inFocus() && level[i] > 0 ? 4.5 : 2.4;
  return Math.max(radius[i] * scale, least);
}

function tieLook(k, onPaper = false) {
  const layer = data.layers[tieLayer[k]];
  const share = heaviest[tieLayer[k]] > 0 ? ties.weight[k] / heaviest[tieLayer[k]] : 0;
  const step = Math.round(Math.sqrt(share) * 3) / 3;
  const across = actors.group[ties.from[k]] !== actors.group[ties.to[k]];
  const wide = inFocus() ? 1.35 : across ? 0.8 : 1;
  return {
    color: layer.color,
    dash: layer.dash,
    width: layer.width * wide * (1 + 1.1 * step),
    alpha: inFocus() ? 0.85 : across ? (onPaper ? 0.3 : 0.17) : onPaper ? 0.7 : 0.5,
    arrow: layer.directed,
  };
}

// Ties of one look share one path: a few strokes for thousands of lines.
function paintTies(context, scale) {
  if (state.moving && size > 1500) return;
  const batches = new Map();
  for (const k of everyTie) {
    if (!drawnTie[k]) continue;
    const look = tieLook(k);
    const key = `${look.color}|${look.dash}|${look.width}|${look.alpha}`;
    if (!batches.has(key)) batches.set(key, { look, ties: [] });
    batches.get(key).ties.push(k);
  }
  context.lineCap = "butt";
  for (const { look, ties: batch } of batches.values()) {
    context.globalAlpha = look.alpha;
    context.strokeStyle = context.fillStyle = look.color;
    context.lineWidth = look.width / scale;
    context.setLineDash(look.dash.map(length => length / scale));
    context.beginPath();
    for (const k of batch) {
      context.moveTo(actors.x[ties.from[k]], actors.y[ties.from[k]]);
      context.lineTo(actors.x[ties.to[k]], actors.y[ties.to[k]]);
    }
    context.stroke();
    if (look.arrow && (inFocus() || scale > 0.75)) {
      context.beginPath();
      for (const k of batch) arrowHead(k, scale).forEach(([x, y], corner) => context[corner ? "lineTo" : "moveTo"](x, y));
      context.fill();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

// Three corners of the head of a tie, its point at the rim of the receiver.
function arrowHead(k, scale) {
  const from = ties.from[k], to = ties.to[k];
  const dx = actors.x[to] - actors.x[from], dy = actors.y[to] - actors.y[from];
  const long = Math.hypot(dx, dy) || 1;
  const ux = dx / long, uy = dy / long;
  const rim = (radiusAt(to, scale) + 2.5) / scale, head = 8 / scale, half = 3.2 / scale;
  const x = actors.x[to] - ux * rim, y = actors.y[to] - uy * rim;
  return [
    [x, y],
    [x - ux * head - uy * half, y - uy * head + ux * half],
    [x - ux * head + uy * half, y - uy * head - ux * half],
  ];
}

function paintActor(context, i, scale) {
  const look = actorLook(i);
  const zoom = radiusAt(i, scale) / scale / 10;
  context.save();
  context.translate(actors.x[i], actors.y[i]);
  context.scale(zoom, zoom);
  context.globalAlpha = look.alpha;
  context.lineJoin = "round";
  if (look.chosen) {
    context.strokeStyle = ground;
    context.lineWidth = 10 / (zoom * scale);
    context.stroke(glyphs[actors.kind[i]]);
    context.strokeStyle = ink;
    context.lineWidth = 5.5 / (zoom * scale);
    context.stroke(glyphs[actors.kind[i]]);
  }
  if (!look.faded) {
    context.strokeStyle = look.stroke;
    context.lineWidth = (2 * look.width) / (zoom * scale);
    context.stroke(glyphs[actors.kind[i]]);
  }
  context.fillStyle = look.fill;
  context.fill(glyphs[actors.kind[i]]);
  context.restore();
}

// The outline of an area: the hull of small circles around its members.
function hull(members) {
  const points = [];
  for (const i of members) {
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = (turn * Math.PI) / 8;
      points.push([actors.x[i] + margin * Math.cos(angle), actors.y[i] + margin * Math.sin(angle)]);
    }
  }
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const left = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = sorted => {
    const chain = [];
    for (const point of sorted) {
      while (chain.length > 1 && left(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(points), ...half([...points].reverse())];
}

const areas = data.groups
  .map((name, group) => ({ name, members: membersOf[group] }))
  .filter(area => area.members.length >= 3)
  .map(area => {
    const outline = hull(area.members);
    const xs = outline.map(point => point[0]);
    const path = `M${outline.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z`;
    return {
      ...area,
      path,
      drawing: new Path2D(path),
      x: (Math.min(...xs) + Math.max(...xs)) / 2,
      top: Math.min(...outline.map(point => point[1])),
    };
  });

const shelfBox = shelf.length && size > 1 ? {
  x0: Math.min(...shelf.map(i => actors.x[i])) - margin,
  x1: Math.max(...shelf.map(i => actors.x[i])) + margin,
  y0: Math.min(...shelf.map(i => actors.y[i])) - margin,
  y1: Math.max(...shelf.map(i => actors.y[i])) + (shelf.length === size ? 2 : 1) * margin,   // room for names
} : null;

function paintAreas(context, scale) {
  if (state.areas) {
    context.strokeStyle = context.fillStyle = areaInk;
    context.lineWidth = 1 / scale;
    for (const area of areas) {
      context.globalAlpha = 0.1;
      context.fill(area.drawing);
      context.globalAlpha = 0.28;
      context.stroke(area.drawing);
    }
  }
  if (shelfBox) {
    context.globalAlpha = 0.55;
    context.strokeStyle = areaInk;
    context.lineWidth = 1 / scale;
    context.setLineDash([4 / scale, 4 / scale]);
    context.beginPath();
    context.rect(shelfBox.x0, shelfBox.y0, shelfBox.x1 - shelfBox.x0, shelfBox.y1 - shelfBox.y0);
    context.stroke();
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
}

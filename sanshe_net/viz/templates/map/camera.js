// 5. The camera: vis-network pans, zooms and pinches; when it draws, our painter draws.
//    Ties are painted by us in a few strokes, so that fading them costs one redraw and no data change.

const camera = (() => {
  const box = byId("canvas");
  const nodes = everyone.map(i => ({
    id: i, x: actors.x[i], y: actors.y[i], shape: "custom", ctxRenderer: draw,
  }));
  const network = new vis.Network(box, { nodes, edges: [] }, data.options);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let touched = false;   // once the reader has moved the map, a resize does not move it again
  let still = 0;

  function draw({ ctx, id }) {
    const side = (2 * radiusAt(id, network.getScale())) / network.getScale();
    const paint = () => { if (shown(id)) paintActor(ctx, id, network.getScale()); };
    // vis calls drawExternalLabel after all nodes: what is lit lies above what is faded.
    return level[id] < 0
      ? { drawNode: paint, nodeDimensions: { width: side, height: side } }
      : { drawExternalLabel: paint, nodeDimensions: { width: side, height: side } };
  }

  network.on("beforeDrawing", context => {
    paintAreas(context, network.getScale());
    paintTies(context, network.getScale());
  });
  network.on("afterDrawing", context => {
    if (state.selected >= 0 && shown(state.selected)) paintActor(context, state.selected, network.getScale());
    if (!box.clientWidth) return;
    const ratio = context.canvas.width / box.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintLabels(context, placeLabels({ project, scale: network.getScale(), width: box.clientWidth, height: box.clientHeight }));
    context.restore();
  });

  function project(x, y) {
    const scale = network.getScale(), middle = network.getViewPosition();
    return [(x - middle.x) * scale + box.clientWidth / 2, (y - middle.y) * scale + box.clientHeight / 2];
  }

  // On a phone the open list covers the lower part of the map: frame what is above it.
  function aboveDrawer(framed) {
    const drawer = byId("list");
    const open = innerWidth <= 760 && drawer.classList.contains("open");
    const covered = open ? Math.max(0, drawer.offsetHeight - byId("foot").offsetHeight) : 0;
    const to = framed(box.clientHeight - covered);
    return { ...to, y: to.y + covered / 2 / to.scale };
  }

  // The frame that holds these actors: { x, y, scale } for a picture of this size.
  function frame(some, width, height, most, top = Math.min(34, height * 0.08)) {
    if (!some.length || !width || !height) return { x: 0, y: 0, scale: 1 };
    let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
    for (const i of some) {
      x0 = Math.min(x0, actors.x[i]); x1 = Math.max(x1, actors.x[i]);
      y0 = Math.min(y0, actors.y[i]); y1 = Math.max(y1, actors.y[i]);
    }
    const side = Math.min(24, width * 0.03), foot = innerWidth <= 760 && !inFocus() ? 66 : Math.min(16, height * 0.04);
    const scale = Math.min((width - 2 * side) / (x1 - x0 + 2 * margin), (height - top - foot) / (y1 - y0 + 2 * margin), most);
    return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 - (top - foot) / 2 / scale, scale };
  }

  function moveTo({ x, y, scale }, glide = true) {
    const animation = glide && !calm ? { duration: 320, easingFunction: "easeInOutQuad" } : false;
    network.moveTo({ position: { x, y }, scale, animation });
  }

  const everything = () => everyone.filter(shown);
  const whole = () => aboveDrawer(height => frame(everything(), box.clientWidth, height, 1.3, inFocus() ? 66 : undefined));

  function fit(glide = true) {
    touched = false;
    moveTo(whole(), glide);
  }

  // Bring what is lit into the picture, no closer than needed to read it.
  function showLit() {
    const lit = everyone.filter(i => shown(i) && level[i] >= 0);
    touched = true;
    moveTo(aboveDrawer(height => frame(lit, box.clientWidth, height, 1.35, 78)));   // below the bar of the focus
  }

  function zoomBy(factor) {
    touched = true;
    moveTo({ ...network.getViewPosition(), scale: limited(network.getScale() * factor) }, false);
  }

  const limited = scale => Math.min(8, Math.max(whole().scale * 0.5, scale));

  function pan(dx, dy) {
    touched = true;
    const middle = network.getViewPosition(), scale = network.getScale();
    moveTo({ x: middle.x + dx / scale, y: middle.y + dy / scale, scale }, false);
  }

  // The actor at a point of the screen; a finger may miss by more than a mouse.
  function actorAt(x, y, reach) {
    let best = -1, nearest = Infinity;
    for (const i of everyone) {
      if (!shown(i)) continue;
      const [px, py] = project(actors.x[i], actors.y[i]);
      const r = radiusAt(i, network.getScale());
      const away = Math.hypot(px - x, py - y) - r - (level[i] >= 0 ? 2 : 0);
      if (away < nearest && away <= reach) { nearest = away; best = i; }
    }
    return best;
  }

  function moves() {
    touched = true;
    state.moving = true;
    clearTimeout(still);
    still = setTimeout(() => { state.moving = false; network.redraw(); }, 160);
  }

  network.on("click", ({ pointer, event }) => {
    const finger = event.pointerType === "touch" || (event.srcEvent && event.srcEvent.pointerType === "touch");
    const i = actorAt(pointer.DOM.x, pointer.DOM.y, finger ? 18 : 5);
    if (i >= 0) select(i, { move: false });
    else letGo();
  });
  network.on("dragging", moves);
  network.on("zoom", () => {
    moves();
    const scale = network.getScale();
    if (limited(scale) !== scale) network.moveTo({ scale: limited(scale) });
  });
  // vis moves the camera itself right after it tells of a resize; ours comes after that.
  network.on("resize", () => queueMicrotask(() => { if (!touched) moveTo(whole(), false); }));

  box.addEventListener("pointermove", event => {
    if (event.pointerType === "touch" || event.buttons) return showTip(-1);
    const { left, top } = box.getBoundingClientRect();
    const x = event.clientX - left, y = event.clientY - top;
    return showTip(actorAt(x, y, 4), x, y);
  });
  box.addEventListener("pointerleave", () => showTip(-1));

  return { fit, showLit, zoomBy, pan, frame, redraw: () => network.redraw(), place: i => project(actors.x[i], actors.y[i]) };
})();

function showTip(i, x, y) {
  const tip = byId("tip");
  byId("canvas").classList.toggle("pointing", i >= 0);
  tip.hidden = i < 0;
  if (i < 0) return;
  const fact = factOf.get(state.sizeBy);
  const value = fact && fact.values[i] !== null ? `${term(fact.label)} ${number(fact.values[i])}` : "";
  const group = groupName(i);
  const words = [term(kindOf(i).label), group, value].filter(Boolean).join(" · ");
  tip.replaceChildren(make("b", {}, actors.label[i]), make("span", {}, words));
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const left = Math.min(x + 14, width - tip.offsetWidth - 6), top = Math.min(y + 16, height - tip.offsetHeight - 6);
  tip.style.transform = `translate(${left}px, ${top}px)`;
}

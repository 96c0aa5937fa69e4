// Brushes on the axes of parallel coordinates, a lasso around points, and clicks on points and lines pick runs. Points
// and lines of parallel coordinates are those of trace.ids; a line of a curve has the ids of its runs in trace.meta.
const isParallel = (trace) => trace.type === "parcoords";
const ranges = ({ constraintrange }) => (Array.isArray(constraintrange?.[0]) ? constraintrange : [constraintrange]);
const brushed = (trace) => trace.dimensions.filter(({ constraintrange }) => constraintrange?.length);
const inside = (value, range) => value >= range[0] && value <= range[1];

// The ids that the brushes of a drawn chart let through; null where nothing is brushed.
function brushedIds(host) {
  const trace = host._fullData?.find(isParallel);
  const axes = trace ? brushed(trace) : [];
  if (!axes.length) return null;
  const through = (i) => axes.every((axis) => ranges(axis).some((range) => inside(axis.values[i], range)));
  return [...trace.ids].filter((_, i) => through(i));
}

// Where axes stand close together, their names are written aslant, so that none lies on another.
function slant(host, trace, layout) {
  const narrow = host.clientWidth / trace.dimensions.length < 130;
  trace.labelangle = narrow ? -24 : 0;
  if (narrow) layout.margin.t += 34;
}

// Before a chart is drawn: points of picked runs are marked, and brushes that somebody else overruled are taken away.
function markPicks(host, data, layout, sent) {
  const picks = picksNow(host, sent);
  if (host.brushed && !sameIds(picks, host.brushed)) {
    host.brushed = null;
    host.overruled = (host.overruled ?? 0) + 1;
  }
  for (const trace of data) {
    if (isParallel(trace)) {
      trace.uirevision = `${layout.uirevision} ${host.overruled ?? 0}`;
      slant(host, trace, layout);
    } else if (trace.ids && picks.size) {
      trace.selectedpoints = trace.ids.flatMap((id, i) => (picks.has(id) ? [i] : []));
    }
  }
  layout.selections = []; // the runs are remembered, not the area: new ones do not slip into it
  layout.selectionrevision = String(sent.heard);
  host.drawing = layout; // Plotly says at that, too, that nothing is selected
}

function idsOf(point) {
  const { ids, meta } = point.data;
  return ids ? [ids[point.pointNumber]] : (meta ?? []);
}

// After a chart was drawn: brushes also pick what is new; and, once, its events are listened to.
function hearPicks(host, setStateValue, drawing) {
  const turn = host.drawing;
  drawing.then(() => host.drawing === turn && (host.drawing = null));
  host.send = (ids) => pick(host, ids, setStateValue);
  const brush = () => {
    const ids = brushedIds(host);
    const before = host.brushed;
    host.brushed = ids && new Set(ids);
    if (ids ? !before || !sameIds(before, host.brushed) : before) host.send(ids ?? []);
  };
  if (host.brushed) brush();
  if (host.hearsPicks) return;
  host.hearsPicks = true;
  host.on("plotly_restyle", () => host._fullData.some(isParallel) && brush());
  host.on("plotly_selected", (event) => event && !host.drawing && host.send([...new Set(event.points.flatMap(idsOf))]));
  host.on("plotly_deselect", () => host.drawing || host.send([]));
  host.on("plotly_click", ({ points: [point] }) => {
    const ids = idsOf(point);
    const picks = new Set(host.picked);
    const out = ids.every((id) => picks.has(id));
    for (const id of ids) out ? picks.delete(id) : picks.add(id);
    if (ids.length) host.send([...picks]);
  });
}

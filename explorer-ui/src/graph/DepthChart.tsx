// How many states are how many steps from the start, as bars; that of the current state is marked.

const ROW = 15;
const LEFT = 30;
const BAR = 110;
const RIGHT = 46;

export function DepthChart({ counts: all, current }: { counts: number[]; current: number | null }) {
  const counts = all.slice(0, all.reduce((last, count, depth) => (count > 0 ? depth + 1 : last), 0));
  const most = Math.max(1, ...counts);
  const height = counts.length * ROW + 4;
  return (
    <figure class="graph-depths">
      <figcaption>States by steps from the start</figcaption>
      <svg width={LEFT + BAR + RIGHT} height={height} viewBox={`0 0 ${LEFT + BAR + RIGHT} ${height}`} role="img" aria-label={counts.map((count, depth) => `${depth}: ${count}`).join(", ")}>
        {counts.map((count, depth) => (
          <g key={depth} class={depth === current ? "graph-depth is-current" : "graph-depth"}>
            <text x={LEFT - 7} y={depth * ROW + 12} class="graph-depth-name">{depth === current ? `▸${depth}` : depth}</text>
            <rect x={LEFT} y={depth * ROW + 2} width={Math.max(1, (count / most) * BAR)} height={ROW - 4} rx="2" class="graph-bar" />
            <text x={LEFT + (count / most) * BAR + 5} y={depth * ROW + 12} class="graph-depth-count">{count.toLocaleString("en")}</text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

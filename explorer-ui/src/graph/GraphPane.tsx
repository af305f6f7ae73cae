// Stand-in: the state graph.
import type { GraphView } from "../api/types";

export default function GraphPane({ view, onGoTo }: { view: GraphView; onGoTo: (steps: string) => void }) {
  return <ul>{view.nodes.map((n) => <li key={n.id}><button onClick={() => onGoTo(n.steps)}>{n.id}</button></li>)}</ul>;
}

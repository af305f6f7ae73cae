// Pieces of text as the server sends them: never HTML, always put together here.
import type { Block, Cell } from "../api/types";

export function Prose({ blocks }: { blocks: Block[] }) {
  return <>{blocks.map((block, at) => <Piece key={at} block={block} />)}</>;
}

function Piece({ block }: { block: Block }) {
  const [first = [], ...others] = block.rows;
  const items = block.rows.map((row, at) => <li key={at}><Words cells={row} /></li>);
  switch (block.kind) {
    case "heading": return <h3><Words cells={first} /></h3>;
    case "paragraph": return <p><Words cells={first} /></p>;
    case "code": return <pre class="mono course-code" tabIndex={0}><Words cells={first} /></pre>;
    case "list": return <ul class="course-items">{items}</ul>;
    case "numbered": return <ol class="course-items">{items}</ol>;
    case "table": return (
      <table class="course-table">
        <thead><tr>{first.map((cell, at) => <th key={at} scope="col"><Words cells={[cell]} /></th>)}</tr></thead>
        <tbody>
          {others.map((row, at) => <tr key={at}>{row.map((cell, column) => <td key={column}><Words cells={[cell]} /></td>)}</tr>)}
        </tbody>
      </table>
    );
  }
}

function Words({ cells }: { cells: Cell[] }) {
  return <>{cells.flatMap(({ spans }) => spans).map(({ text, style }, at) => {
    switch (style) {
      case "code": return <code key={at}>{text}</code>;
      case "emphasis": return <em key={at}>{text}</em>;
      case "strong": return <strong key={at}>{text}</strong>;
      case "plain": return text;
    }
  })}</>;
}

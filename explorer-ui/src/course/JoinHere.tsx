// How others join a room: an address that is short enough to type, and the same as a QR code.
import { useEffect, useState } from "preact/hooks";
import { joinAddress } from "../room/room";

export function JoinHere() {
  const join = joinAddress.value;
  if (join === null) return null;
  const { host } = new URL(join);
  const local = /^(localhost|127\.|\[::1\])/.test(host);
  return (
    <div class="join-here">
      <QrCode text={join} />
      <p>
        <span class="muted small">Others open</span><br />
        <b class="join-address mono">{join.replace(/^http:\/\//, "")}</b>
      </p>
      {local && <p class="warn small">This address is of this machine only. For others in the network, start Tandem with <code>--bind 0.0.0.0</code>.</p>}
    </div>
  );
}

/** The modules of the code as one path. The library is loaded when a code is shown. */
function QrCode({ text }: { text: string }) {
  const [rows, setRows] = useState<boolean[][]>([]);
  useEffect(() => {
    let late = false;
    void import("qr").then(({ encodeQR }) => {
      if (!late) setRows(encodeQR(text, "raw", { ecc: "medium", border: 4 }));
    });
    return () => void (late = true);
  }, [text]);
  if (rows.length === 0) return null;
  const size = rows.length;
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`QR code of ${text}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

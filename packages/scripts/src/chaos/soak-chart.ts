export interface Sample {
  minute: number;
  heapMb: number;
  connections: number;
  /** Of the event loop, at p99. */
  delayMs: number;
}

const WIDTH = 720;
const HEIGHT = 120;
const LEFT = 150;
const GAP = 24;
const INK = "#6b7280";

/** Three curves below each other over one axis of minutes, each from zero. */
export function drawSoak(samples: readonly Sample[]): string {
  const panels = [
    { title: "heap after collection", unit: "MB", color: "#2563eb", of: (one: Sample) => one.heapMb },
    { title: "connections", unit: "", color: "#059669", of: (one: Sample) => one.connections },
    { title: "event loop, p99", unit: "ms", color: "#d97706", of: (one: Sample) => one.delayMs },
  ];
  const minutes = samples.at(-1)?.minute ?? 0;
  const drawn = panels.map(({ title, unit, color, of }, index) => {
    const top = index * (HEIGHT + GAP) + GAP;
    const most = Math.max(1, ...samples.map(of));
    const points = samples.map((one) => {
      const x = LEFT + ((WIDTH - LEFT - 10) * one.minute) / Math.max(minutes, Number.MIN_VALUE);
      const y = top + HEIGHT * (1 - of(one) / most);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    const base = top + HEIGHT;
    return `<text x="0" y="${top + 14}">${title}</text>
<text x="${LEFT - 8}" y="${top + 12}" text-anchor="end">${most.toFixed(most < 10 ? 1 : 0)} ${unit}</text>
<text x="${LEFT - 8}" y="${base}" text-anchor="end">0</text>
<path d="M${LEFT} ${base}H${WIDTH - 10}" stroke="${INK}" stroke-width="0.5"/>
<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  });
  const height = panels.length * (HEIGHT + GAP) + 2 * GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Heap, connections and delay of the event loop over ${minutes.toFixed(0)} minutes" font-family="sans-serif" font-size="11" fill="${INK}">
${drawn.join("\n")}
<text x="${WIDTH - 10}" y="${height - 14}" text-anchor="end">minute ${minutes.toFixed(0)}</text>
</svg>
`;
}

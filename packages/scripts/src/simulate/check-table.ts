import type { Check } from "./engine/check";

export function formatTable(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(
    ({ id, name, value, low, high, met }) =>
      `${met ? "met   " : "MISSED"}  ${id.padEnd(width)}  ${figure(value)}  in ${figure(low)} to ${figure(high)}  ${name}`,
  );
  const missed = checks.filter(({ met }) => !met).length;
  return [
    ...lines,
    "",
    missed === 0 ? `All ${checks.length} are met.` : `${missed} of ${checks.length} are missed.`,
  ].join("\n");
}

function figure(value: number): string {
  return value.toFixed(Number.isInteger(value) && Math.abs(value) > 1 ? 0 : 4).padStart(7);
}

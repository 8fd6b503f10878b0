/** Control first, the others as they are configured: one order, and so one colour per variant, on every page. */
export function controlFirst<Row extends { name: string }>(variants: readonly Row[], control: string): Row[] {
  return [...variants].sort((a, b) => Number(b.name === control) - Number(a.name === control));
}

/** The place of each row's colour: 0 for control, the others counted from 1. */
export function colourPlaces(isControl: readonly boolean[]): number[] {
  let place = 0;
  return isControl.map((isControlRow) => (isControlRow ? 0 : ++place));
}

/** The calls of one run: all of them, or as many as were asked for, drawn by a seed. */
export function choose<T>(all: readonly T[], count: number, seed: number): T[] {
  if (all.length <= count) return [...all];
  const random = randomBy(seed);
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(Math.floor(random() * all.length));
  return [...drawn].sort((a, b) => a - b).flatMap((index) => all[index] ?? []);
}

/** mulberry32: the same draws from the same seed. */
export function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

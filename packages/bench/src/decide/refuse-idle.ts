import { type Engine, VARIANTS } from "./workload";

/** An engine that misread its configuration would answer fast, and with nothing. */
export function refuseIdle(engine: Engine): void {
  const calls = 10_000;
  const counts = new Map<string, number>();
  for (let call = 0; call < calls; call++) {
    const variant = engine(call);
    counts.set(variant, (counts.get(variant) ?? 0) + 1);
  }
  const isHalved = VARIANTS.every((variant) => Math.abs((counts.get(variant) ?? 0) / calls - 0.5) < 0.05);
  if (!isHalved || counts.size !== VARIANTS.length)
    throw new Error(`An engine does not answer in halves: ${JSON.stringify([...counts])}.`);
}

import { type Check, check } from "../../engine/check";
import { type ArmData, analyse, type LookState, type MetricInput } from "../../engine/internals";
import { type ExperimentConfig, type Forecast, planQuestionSchema, writePrecedent } from "../../internals";
import type { World } from "../world";

/** In four weeks, less the window, 16 subjects a day are 400. */
const TRAFFIC = { days: 28, perDay: 16, rate: 0.3 };
const WINDOW_DAYS = 3;
const PROMISED = 0.78;

/**
 * The effect that a forecast for 400 subjects names is found in 78 % of runs and more of the experiment as the form
 * starts it: forecast, created and started by the real services, and read with what the start has frozen.
 */
export async function forecast(world: World): Promise<Check[]> {
  const checks: Check[] = [];
  for (const unit of ["user", "team"] as const) {
    const precedent = await world.create({
      unit,
      conversionWindowDays: WINDOW_DAYS,
      clientEvents: ["clicked"],
    });
    await world.start(precedent);
    await writePrecedent(world.pool, precedent, { unit, ...TRAFFIC });
    for (const mode of ["sequential", "fixed"] as const) {
      const slug = await world.create({
        unit,
        conversionWindowDays: WINDOW_DAYS,
        clientEvents: ["clicked"],
        analysis: { mode, plannedSubjects: null, minimumRuntimeDays: 7 },
      });
      const { admin } = world.module;
      const draft = await admin.get(world.admin, slug);
      const foretold = await admin.forecast(world.admin, planQuestionSchema.parse(draft.config));
      await world.start(slug);
      const { config } = await admin.get(world.admin, slug);
      const planned = config?.analysis.plannedSubjects ?? Number.NaN;
      const share = config === null ? Number.NaN : foundShare(world, config, foretold);
      checks.push(
        check(
          `forecast-frozen-${unit}-${mode}`,
          `forecast ${unit}s that the start did not freeze, ${mode}`,
          Math.abs(planned - foretold.frozen.subjects),
          0,
          0,
        ),
        check(
          `forecast-found-${unit}-${mode}`,
          `the effect that is forecast for ${planned} ${unit}s is found, ${mode}`,
          share,
          PROMISED,
          1,
        ),
      );
    }
  }
  return checks;
}

/** How often the effect is found by the time at which the plan is reached, read at the end of each day. */
function foundShare(world: World, config: ExperimentConfig, { frozen, baseline }: Forecast): number {
  // A test at a planned end is made for 80 %: fewer runs could not tell that from 78 %.
  const runs = config.analysis.mode === "fixed" ? 4_000 : world.size(4_000, 1_000);
  const rates = {
    control: baseline?.value ?? 0,
    urgent: (baseline?.value ?? 0) * (1 + (frozen.effect ?? 0)),
  };
  let found = 0;
  for (let run = 0; run < runs; run++) if (isFound(world, config, rates)) found++;
  return found / runs;
}

function isFound(
  { random }: World,
  config: ExperimentConfig,
  rates: Record<"control" | "urgent", number>,
): boolean {
  const { mode, plannedSubjects, minimumRuntimeDays } = config.analysis;
  const planned = plannedSubjects ?? 0;
  const sums = { control: { n: 0, conversions: 0 }, urgent: { n: 0, conversions: 0 } };
  let previous: LookState | undefined;
  for (let day = 1; sums.control.n + sums.urgent.n < planned; day++) {
    const urgent = random.binomial(TRAFFIC.perDay, 0.5);
    for (const [variant, n] of [
      ["urgent", urgent],
      ["control", TRAFFIC.perDay - urgent],
    ] as const) {
      sums[variant].n += n;
      sums[variant].conversions += random.binomial(n, rates[variant]);
    }
    // Before its planned end a test compares nothing.
    if (mode === "fixed" && sums.control.n + sums.urgent.n < planned) continue;
    const arm = (variant: "control" | "urgent"): ArmData => ({ kind: "rate", ...sums[variant] });
    const input: MetricInput = {
      control: "control",
      variants: config.variants.map(({ name }) => name),
      mode,
      plannedUnits: planned,
      plannedDays: mode === "fixed" ? minimumRuntimeDays : null,
      minimumDays: minimumRuntimeDays,
      days: day,
      plannedComparisons: config.variants.length - 1,
      hasChances: false,
      metric: { id: "m", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
      epochs: [
        {
          epoch: 1,
          weights: { control: 50, urgent: 50 },
          arms: { control: arm("control"), urgent: arm("urgent") },
        },
      ],
      ...(previous !== undefined && { previous }),
    };
    const [only] = analyse(input).comparisons;
    if (only?.status !== "compared") continue;
    if (only.isSignificant && only.outcome === "better") return true;
    previous = { smallestP: { m: { urgent: only.p } }, smallestSplitP: 1 };
  }
  return false;
}

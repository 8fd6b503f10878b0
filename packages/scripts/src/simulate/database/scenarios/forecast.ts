import { type Check, check } from "../../engine/check";
import { type ArmData, analyse, type LookState, type MetricInput, Random } from "../../engine/internals";
import {
  anInput,
  type ExperimentConfig,
  type ExperimentDetail,
  type Forecast,
  planQuestionSchema,
  writePrecedent,
} from "../../internals";
import type { World } from "../world";

/** In four weeks, less the window, 16 subjects a day are 400. */
const TRAFFIC = { days: 28, perDay: 16, rate: 0.3 };
const WINDOW_DAYS = 3;
const SUBJECTS = 400;
const PROMISED = 0.78;
/** A test at a planned end is made for 80 %: fewer runs could not tell that from 78 %. */
const RUNS = 4_000;

/**
 * The effect that a forecast for 400 subjects names is found in 78 % of runs and more of the experiment as the form
 * starts it: forecast, created and started by the real services, and read with what the start has frozen.
 */
export async function forecast(world: World): Promise<Check[]> {
  const slugs: string[] = [];
  const create = async (unit: "user" | "team", mode: "sequential" | "fixed") => {
    const slug = `forecast-${slugs.length + 1}`;
    slugs.push(slug);
    const analysis = { mode, plannedSubjects: null, minimumRuntimeDays: 7 };
    const settings = { slug, unit, analysis, conversionWindowDays: WINDOW_DAYS, clientEvents: ["clicked"] };
    return world.module.admin.editing.create(world.admin, anInput(settings));
  };
  const checks: Check[] = [];
  for (const unit of ["user", "team"] as const) {
    const { slug: precedent } = await create(unit, "sequential");
    await world.start(precedent);
    await writePrecedent(world.pool, precedent, { unit, ...TRAFFIC });
    for (const mode of ["sequential", "fixed"] as const) {
      const draft = await create(unit, mode);
      checks.push(...(await kept(world, draft, `${unit}-${mode}`)));
    }
  }
  // The forecasts of others must not count on this traffic.
  for (const slug of slugs) {
    const { version } = await world.module.admin.catalog.get(world.admin, slug);
    await world.module.admin.lifecycle.delete(world.admin, { slug, version, confirmSlug: slug });
  }
  return checks;
}

/** What was forecast of a draft is frozen by its start, and found. */
async function kept(world: World, { slug, config }: ExperimentDetail, id: string): Promise<Check[]> {
  const { admin } = world.module;
  const foretold = await admin.planning.forecast(world.admin, planQuestionSchema.parse(config));
  await world.start(slug);
  const started = (await admin.catalog.get(world.admin, slug)).config;
  if (started === null) throw new Error(`${slug} cannot be read.`);
  const planned = started.analysis.plannedSubjects ?? Number.NaN;
  const off = Math.abs(planned - foretold.frozen.subjects) + Math.abs(planned - SUBJECTS);
  const share = foundShare(started, foretold);
  return [
    check(`forecast-frozen-${id}`, `subjects that were forecast and are not frozen, ${id}`, off, 0, 0),
    check(
      `forecast-found-${id}`,
      `the effect that is forecast for ${planned} is found, ${id}`,
      share,
      PROMISED,
      1,
    ),
  ];
}

/** How often the effect is found by the time at which the plan is reached, read at the end of each day. */
function foundShare(config: ExperimentConfig, { frozen, baseline }: Forecast): number {
  // Draws of its own, so that it changes those of no other scenario.
  const random = new Random(400);
  const rates = {
    control: baseline?.value ?? 0,
    urgent: (baseline?.value ?? 0) * (1 + (frozen.effect ?? 0)),
  };
  let found = 0;
  for (let run = 0; run < RUNS; run++) if (isFound(random, config, rates)) found++;
  return found / RUNS;
}

function isFound(
  random: Random,
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

import { randomInt } from "node:crypto";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { SingleBar } from "cli-progress";
import type pg from "pg";
import { readConfig } from "../../lib/stored-experiments";
import { Random } from "../engine/internals";
import {
  createEnrolmentLimiter,
  createExperimentsModule,
  type ExperimentConfig,
  type ExperimentsModule,
  type MetricRegistry,
} from "../internals";
import { registryOf } from "../metrics";
import { type Filled, fill } from "./fill";
import { planTraffic, type TrafficOptions, type TrafficPlan } from "./plan";
import { invent, removeInvented } from "./subjects";

interface Node {
  module: ExperimentsModule;
  metrics: MetricRegistry;
  pool: pg.Pool;
}

/** Fills the experiment, or undoes it, and has its results counted anew. */
export async function trafficOn(
  connectionString: string,
  options: TrafficOptions & { undo?: boolean },
): Promise<void> {
  const database = createDatabase({ connectionString, queryTimeoutMs: 120_000, connectionTimeoutMs: 30_000 });
  const metrics = await registryOf();
  const module = createExperimentsModule({
    // Nobody's page waits for it, and the machine may be busy.
    decisionBudgetMs: 10_000,
    database,
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
    metrics,
  });
  const node = { module, metrics, pool: database.pool };
  const slug = options.experiment;
  try {
    const config = await readConfig(node.pool, slug);
    console.log(
      options.undo ? await undone(node, slug, config) : await filledWords(node, slug, config, options),
    );
    console.log(await recounted(node, slug, config));
  } finally {
    await module.close();
    await database.close();
  }
}

async function undone({ pool }: Node, slug: string, { endedAt }: ExperimentConfig): Promise<string> {
  if (endedAt !== null)
    throw new ScriptError(`${slug} is concluded, and its receipt rests on its subjects: they stay.`);
  return `Removed ${await removeInvented(pool, slug)} invented subjects of ${slug}.`;
}

async function filledWords(
  node: Node,
  slug: string,
  config: ExperimentConfig,
  options: TrafficOptions,
): Promise<string> {
  const plan = planTraffic(slug, config, options);
  if (plan.days > 0) await refuseAnotherEpoch(node.pool, plan);
  const subjects = await invent(node.pool, plan);
  const bar = new SingleBar({ format: "{bar} {percentage} %", stream: process.stderr });
  bar.start(2 * subjects.length, 0);
  try {
    const random = new Random(options.seed ?? randomInt(2 ** 32));
    return wordsOf(await fill(node, plan, subjects, { random, onStep: () => bar.increment() }));
  } finally {
    bar.stop();
  }
}

/** With other weights, somebody of that time would have had another variant. */
async function refuseAnotherEpoch(pool: pg.Pool, { slug, days }: TrafficPlan): Promise<void> {
  const { rows } = await pool.query<{ number: number; days: number }>(
    `SELECT "number", floor(extract(epoch FROM clock_timestamp() - "startedAt") / 86400)::int AS days
     FROM "ExperimentEpoch" WHERE "experimentSlug" = $1 ORDER BY "number" DESC LIMIT 1`,
    [slug],
  );
  const [epoch] = rows;
  if (epoch === undefined || epoch.number === 1 || epoch.days >= days) return;
  throw new ScriptError(
    `${slug} has had other weights until ${epoch.days} days ago, so that subjects cannot be dated back over ${days}: use at most --days ${epoch.days}.`,
  );
}

function wordsOf({ variants, left }: Filled): string {
  const lines = Object.entries(variants)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([variant, { exposed, converted }]) => `${variant}: ${exposed} saw it, ${converted} converted.`);
  const others = Object.entries(left).map(([reason, count]) => `${count} do not take part: ${reason}.`);
  return [...lines, ...others].join("\n");
}

/** Recount from the first day on: the past has changed. */
async function recounted(
  { module, metrics, pool }: Node,
  slug: string,
  config: ExperimentConfig,
): Promise<string> {
  if (config.endedAt === null)
    await pool.query(`DELETE FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND NOT "isReceipt"`, [
      slug,
    ]);
  const { unknown } = metrics.plan(config);
  if (unknown.length > 0)
    return `${unknown.join(", ")} cannot be counted from here; the application does so within a minute while it runs: /settings/admin/experiments/${slug}`;
  if ((await module.recounts.recount(slug, { isPatient: true })) === null)
    throw new ScriptError(`The results of ${slug} could not be counted.`);
  return `The results are counted: /settings/admin/experiments/${slug}`;
}

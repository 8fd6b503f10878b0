import { DAY_MS } from "@calcom/lib/time";
import type pg from "pg";
import { Random } from "../engine/internals";
import type { ExperimentsModule } from "../internals";
import { persistently, sideBySide } from "../side-by-side";
import type { TrafficPlan } from "./plan";
import { COLUMN, type InventedSubject } from "./subjects";

export interface Filled {
  /** By variant: who saw it, and who converted. */
  variants: Record<string, { exposed: number; converted: number }>;
  /** Visitors who do not take part, by the reason. */
  left: Record<string, number>;
}

interface Participant {
  subject: InventedSubject;
  variant: string;
  exposedAt: number;
  converts: boolean;
  /** The time until the window closes, or until now. */
  delay: number;
}

/** Has everybody ask, see and convert by the doors of the application. With days, rows are dated back in between. */
export async function fill(
  { module, pool }: { module: ExperimentsModule; pool: pg.Pool },
  plan: TrafficPlan,
  subjects: readonly InventedSubject[],
  { random, onStep }: { random: Random; onStep: () => void },
): Promise<Filled> {
  const filled: Filled = { variants: {}, left: {} };
  const participants: Participant[] = [];
  const now = Date.now();
  const drawn = subjects.map((subject) => ({ subject, random: new Random(random.below(2 ** 32)) }));
  await sideBySide(drawn, async ({ subject, random: own }) => {
    const { identity, teamId } = subject;
    const request = { slug: plan.slug, ...(teamId === undefined ? {} : { teamId }) };
    const [answer] = await persistently(
      () => module.experiments.decide(identity, [request]),
      (answers) => answers.every(({ reason }) => reason !== "unavailable"),
    );
    if (answer === undefined || answer.variant === null) {
      const reason = answer?.reason ?? "not_running";
      filled.left[reason] = (filled.left[reason] ?? 0) + 1;
    } else {
      await persistently(() => module.experiments.recordExposures(identity, [request]));
      participants.push({
        subject,
        variant: answer.variant,
        exposedAt: now - Math.round(own.uniform() * plan.days * DAY_MS),
        converts: own.uniform() < (plan.rates[answer.variant] ?? 0),
        delay: own.uniform(),
      });
    }
    onStep();
  });
  if (plan.days > 0) await dateBack(pool, plan, participants);
  await sideBySide(participants, async ({ subject, variant, exposedAt, converts, delay }) => {
    filled.variants[variant] ??= { exposed: 0, converted: 0 };
    const counts = filled.variants[variant];
    counts.exposed++;
    if (converts) {
      const latest = Math.min(now, exposedAt + plan.windowDays * DAY_MS - 1);
      const occurredAt = new Date(exposedAt + Math.floor(delay * (latest - exposedAt)));
      const conversion = { event: plan.event, key: "simulated", ...(plan.days > 0 ? { occurredAt } : {}) };
      const options = { subject: subject.named, experiment: plan.slug };
      const { recorded } = await persistently(() => module.experiments.trackConversion(conversion, options));
      counts.converted += recorded;
    }
    onStep();
  });
  return filled;
}

/** Only this is written past the doors of the application, because the past cannot be waited for. */
async function dateBack(
  pool: pg.Pool,
  { slug, unit, days }: TrafficPlan,
  participants: readonly Participant[],
): Promise<void> {
  const type = unit === "visitor" ? "uuid" : "int";
  for (let from = 0; from < participants.length; from += CHUNK) {
    const chunk = participants.slice(from, from + CHUNK);
    await pool.query(
      `UPDATE "ExperimentVariant" AS assignment SET "assignedAt" = moved.at, "exposedAt" = moved.at
       FROM unnest($2::${type}[], $3::timestamptz[]) AS moved (id, at)
       WHERE assignment."experimentSlug" = $1 AND assignment."${COLUMN[unit]}" = moved.id`,
      [slug, chunk.map(({ subject }) => subject.key), chunk.map(({ exposedAt }) => new Date(exposedAt))],
    );
  }
  const began = new Date(Date.now() - days * DAY_MS).toISOString();
  await pool.query(
    `UPDATE "ExperimentEpoch" SET "startedAt" = least("startedAt", $2) WHERE "experimentSlug" = $1 AND "number" = 1`,
    [slug, began],
  );
  await pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('startedAt', $2::text)
     WHERE "slug" = $1 AND ("metadata" ->> 'startedAt')::timestamptz > $3`,
    [slug, began, began],
  );
}

const CHUNK = 5_000;

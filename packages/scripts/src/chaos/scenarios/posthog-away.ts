import { setTimeout as sleep } from "node:timers/promises";
import { startPostHogSink } from "@calcom/features/experiments/testing/posthog-sink";
import { none, shown, within } from "../judging/findings";
import type { Scenario } from "../scenario";
import type { Site } from "../site/site";
import { findAnswers, phase, underFire } from "./under-fire";

export const postHogAway: Scenario = {
  name: "posthog-away",
  fault: "PostHog does not answer, then refuses connections, then returns errors, and then works again",
  promise: "nobody waits for PostHog; each event arrives, and PostHog counts it once",
  async run(site, pace) {
    const sink = await startPostHogSink();
    site.defer(() => sink.close());
    const { baseUrl } = await site.start({ env: { POSTHOG_KEY: sink.key, POSTHOG_HOST: sink.url } });
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault() {
        for (const mode of ["hang", "refuse", "fail"] as const) {
          await sink.setMode(mode);
          await sleep(1_000 * phase(3, pace));
        }
        await sink.setMode("ok");
      },
    });
    const left = await untilSent(site);
    const [stored] = await site.sudo<{ count: number }>(
      `SELECT (SELECT count(*) FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL)::int
         + (SELECT count(*) FROM "ExperimentConversion")::int AS count`,
    );
    const events = sink.events();
    return [
      ...findings,
      ...findAnswers(during),
      within("events left to send", left, { atMost: 0 }),
      shown("exposures and conversions stored", stored?.count ?? 0),
      within("stored events that PostHog does not have", (stored?.count ?? 0) - events.length, {
        atMost: 0,
        atLeast: 0,
      }),
      none("events that PostHog would drop or count twice", sink.violations),
    ];
  },
};

const PATIENCE_MS = 90_000;

/** A pause after failures grows, so that it may be a while until the sender tries again. */
async function untilSent(site: Site): Promise<number> {
  const since = performance.now();
  for (;;) {
    const [row] = await site.sudo<{ count: number }>(
      `SELECT (SELECT count(*) FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL AND "sentAt" IS NULL)::int
         + (SELECT count(*) FROM "ExperimentConversion" WHERE "sentAt" IS NULL)::int AS count`,
    );
    const left = row?.count ?? 0;
    if (left === 0 || performance.now() - since > PATIENCE_MS) return left;
    await sleep(200);
  }
}

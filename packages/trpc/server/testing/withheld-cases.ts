// While a comparison is withheld, no procedure tells conversions by variant, nor figures from which they follow.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { experimentResults, experimentsAdmin } from "@calcom/features/experiments/server";
import { countsOf, createFixture, type Fixture } from "@calcom/features/experiments/testing/database";
import { leaksIn } from "@calcom/features/experiments/testing/leaks";
import {
  aWithheldExperiment,
  type WITHHELD_REASONS,
  type WITHHELD_STATES,
} from "@calcom/features/experiments/testing/withheld";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createContext } from "../context";
import { appRouter } from "../routers/_app";
import { createCallerFactory } from "../trpc";
import { asked } from "./withheld-inputs";

let fixture: Fixture;

/** The one way to see them, which is recorded. */
const LOOK = "viewer.admin.experiments.results.lookEarly";

async function answerOf(path: string, wire: unknown): Promise<unknown> {
  const { userId } = fixture.admin;
  const context = createContext({
    identity: { userId, visitorId: null, isBot: false, hasConsent: true, address: "192.0.2.1" },
  });
  const caller: unknown = createCallerFactory(appRouter)(context);
  const procedure = path.split(".").reduce((at, key) => (at as Record<string, unknown>)[key], caller);
  return (procedure as (wire: unknown) => Promise<unknown>)(wire).catch((error: unknown) => error);
}

export type WithheldCase = [(typeof WITHHELD_REASONS)[number], (typeof WITHHELD_STATES)[number]];

/** Asks every procedure in each of these cases, on a database of the calling file's own. */
export async function testWithheld(cases: WithheldCase[]): Promise<void> {
  const { connectionString } = await testDatabase();
  beforeAll(async () => {
    fixture = await createFixture(connectionString);
    return () => fixture.close();
  });

  // What was added to the checklist by one case would stop the start of the next.
  beforeEach(() => fixture.database.pool.query(`DELETE FROM "ExperimentChecklistItem"`));

  test("every procedure is asked", () => {
    expect([...Object.keys(asked), LOOK].sort(), "Say in `asked` what a new procedure is given.").toEqual(
      Object.keys(appRouter._def.procedures).sort(),
    );
  });

  test.each(cases)(
    "of an experiment that is %s and %s, no door tells conversions by variant until it has ended",
    async (reason, state) => {
      const of = await aWithheldExperiment(fixture, reason, state);
      const { slug, secrets } = of;
      for (const [path, wire] of Object.entries(asked))
        expect(leaksIn(await answerOf(path, wire(of, fixture.admin.userId)), secrets), path).toEqual([]);

      // The list was asked for this one, so it has to hold it.
      expect(await answerOf("viewer.admin.experiments.list", { search: slug })).toMatchObject({
        items: [{ slug }],
      });
      const { userId } = fixture.admin;
      const stats = await experimentsAdmin().catalog.readStats({ userId }, slug);
      const total = secrets.reduce((sum, { converted }) => sum + converted, 0);
      expect(stats.total).toMatchObject({
        converted: total,
        events: [{ converted: total }, { converted: total }],
      });
      expect(stats.variants.map(({ exposed }) => exposed)).toEqual(secrets.map(({ subjects }) => subjects));
      expect(stats.withheldUntil).not.toBeNull();
      if (reason === "with a harm") {
        const { result } = await experimentResults().get({ userId }, slug);
        expect(result?.analysis?.verdict.code).toBe("guardrail_worse");
      }

      // The search finds them where they may be told, and where a door forgot to ask.
      expect(leaksIn(await countsOf(fixture, slug), secrets)).not.toEqual([]);
      expect(leaksIn(await answerOf(LOOK, { slug }), secrets)).not.toEqual([]);
      const { entries } = await experimentsAdmin().activity.list({ userId }, { slug });
      expect(entries.filter(({ action }) => action === "LOOK")).toHaveLength(1);

      const detail = await experimentsAdmin().catalog.get({ userId }, slug);
      await answerOf("viewer.admin.experiments.conclude", {
        slug,
        version: detail.version,
        winnerVariant: null,
      });
      expect(leaksIn(await experimentsAdmin().catalog.readStats({ userId }, slug), secrets)).not.toEqual([]);
      expect((await experimentResults().get({ userId }, slug)).figures).toBe("all");
    },
  );
}

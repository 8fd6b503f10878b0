// What two nodes remember is what the rows say, whatever happens on either: its triggers announce all of it.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { createRememberingNode, type RememberingNode } from "../testing/remembering-node";
import type { Identity } from "./identity";

// biome-ignore lint/style/noProcessEnv: this is a knob of this test alone, for longer nights.
const RUNS = Number(process.env.EXPERIMENTS_MODEL_RUNS ?? sized({ always: 8, whole: 24 }));

const { connectionString } = await testDatabase();
let nodes: RememberingNode[];
/** It remembers nothing. */
let job: Fixture;
let slugs: string[];

beforeAll(async () => {
  nodes = [await createRememberingNode(connectionString), await createRememberingNode(connectionString)];
  // Who is another participant has another variant.
  const variants = Array.from({ length: 20 }, (_, index) => ({ name: `v${index}`, percentage: 5 }));
  slugs = [];
  for (const unit of ["visitor", "visitor", "user"] as const) {
    const settings = { unit, assignmentType: "random", variants, control: "v0" } as const;
    slugs.push((await aRunningExperiment(nodes[0] as Fixture, settings)).slug);
  }
  job = await createFixture(connectionString, { isJob: true });
  await vi.waitFor(
    async () => expect(await (nodes[1] as Fixture).module.experiments.listActive()).toHaveLength(3),
    { timeout: 20_000 },
  );
});
afterAll(() => Promise.all([...nodes, job].map((node) => node.close())));

const node = fc.nat(1);
const visitor = fc.nat(2);
const person = fc.option(fc.nat(1));
/** As whom each browser is asked after each step: always the same, or nothing would be remembered from step to step. */
const watched = fc.tuple(person, person, person);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("visit" as const), node, visitor, person }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant("see" as const), node, visitor, person }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("link" as const), node, visitor, person: fc.nat(1) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("let time pass" as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("forget visitor" as const), node, visitor }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("erase user" as const), person: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("delete rows" as const), of: fc.nat(2) }) },
);

/** Steps after which rows can be remembered: few random histories get that far before something is deleted. */
const beginAs = (people: readonly (number | null)[]) => [
  ...people.map((person, visitor) => ({ what: "see" as const, node: visitor % 2, visitor, person })),
  { what: "let time pass" as const },
];

test("a node foresees what one does that remembers nothing, after each step of random histories", {
  timeout: 180_000,
}, async () => {
  const counts = { asked: 0, remembered: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 30, size: "max" }),
      watched,
      async (steps, watched) => {
        const visitors = [1, 2, 3].map(() => randomUUID());
        const people = [await createUser(job.database), await createUser(job.database)];
        const identityOf = ({ visitor, person }: { visitor: number; person: number | null }): Identity =>
          anIdentity({
            visitorId: visitors[visitor] as string,
            userId: person === null ? null : (people[person] as number),
          });
        for (const step of [...beginAs(watched), ...steps]) {
          const { experiments } = (nodes["node" in step ? step.node : 0] as Fixture).module;
          const requests = slugs.map((slug) => ({ slug }));
          if (step.what === "visit") await experiments.decide(identityOf(step), requests);
          else if (step.what === "see") await experiments.recordExposures(identityOf(step), requests);
          else if (step.what === "link")
            await experiments
              .linkVisitor(people[step.person] as number, visitors[step.visitor] as string)
              .catch(() => {});
          else if (step.what === "let time pass")
            await job.database.pool.query(
              `UPDATE "ExperimentVariant" SET "assignedAt" = "assignedAt" - interval '1 minute',
               "exposedAt" = "exposedAt" - interval '1 minute'
             WHERE "visitorId" = ANY($1) OR "userId" = ANY($2)`,
              [visitors, people],
            );
          else if (step.what === "forget visitor")
            await experiments.forgetVisitor(visitors[step.visitor] as string);
          else if (step.what === "erase user")
            await job.database.pool.query(`DELETE FROM "User" WHERE "id" = $1`, [people[step.person]]);
          else
            await job.database.pool.query(`DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = $1`, [
              slugs[step.of],
            ]);
          for (const one of nodes) await one.catchUp();
          await compare(
            watched.map((person, visitor) => identityOf({ visitor, person })),
            counts,
          );
        }
        // Last, each browser as each person in turn, of whom a node remembers one at a time.
        for (const person of [null, 0, 1])
          await compare(
            visitors.map((_, visitor) => identityOf({ visitor, person })),
            counts,
          );
      },
    ),
    { numRuns: RUNS },
  );
  expect(counts.remembered).toBeGreaterThan(counts.asked / 10);
});

async function compare(
  identities: readonly Identity[],
  counts: { asked: number; remembered: number },
): Promise<void> {
  const requests = slugs.map((slug) => ({ slug }));
  for (const identity of identities) {
    const read = await job.module.experiments.foresee(identity, requests);
    for (const one of nodes) {
      counts.asked++;
      let foreseen: typeof read = [];
      const statements = await one.statements(async () => {
        foreseen = await one.module.experiments.foresee(identity, requests);
      });
      if (statements === 0) counts.remembered++;
      expect(foreseen).toEqual(read);
    }
  }
}

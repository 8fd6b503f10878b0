// Whatever goes on after an answer is made outside of the request that asked for it. Else it would keep the request:
// its headers, its cache, its whole tree.

import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuth } from "../../auth/server";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Each of 20 connections remembers who opened it, and Prisma its last 100 transactions, however many requests come. */
const MAY_BE_KEPT = 120;
const REQUESTS = sized({ always: 200, whole: 400 });

const request = new AsyncLocalStorage<object>();
const { connectionString } = await testDatabase();
let fixture: Fixture;
let slug: string;
const gone = createDatabase({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
const auth = createAuth(gone);
beforeAll(async () => {
  fixture = await createFixture(connectionString, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9 }),
    tracker: {
      isEnabled: true,
      send: () => Promise.reject(new Error("nobody listens")),
      close: async () => {},
    },
  });
  ({ slug } = await aRunningExperiment(fixture, { unit: "visitor" }));
});
afterAll(async () => {
  await gone.close();
  await fixture.close();
});

const aVisitor = (index: number) =>
  anIdentity({ visitorId: randomUUID(), address: `2001:db8:${index.toString(16)}::1` });

const works: Record<string, (index: number) => Promise<unknown>> = {
  "a new visitor is decided": (index) => fixture.module.experiments.decide(aVisitor(index), [{ slug }]),
  "a new visitor sees the variant and converts": async (index) => {
    const { experiments } = fixture.module;
    const visitor = aVisitor(index);
    await experiments.decide(visitor, [{ slug }]);
    expect(await experiments.recordExposures(visitor, [{ slug }])).toEqual({ recorded: 1 });
    await experiments.recordConversions(visitor, [{ slug, event: "clicked", key: randomUUID() }]);
  },
  "a conversion is reported within a transaction": async () => {
    const userId = await createUser(fixture.database);
    await fixture.database.prisma.$transaction((tx) =>
      fixture.module.experiments.trackConversionWithin(tx, "clicked", { subject: { userId } }),
    );
  },
  "somebody tries to sign in while the database is gone": (index) =>
    // No `expect`: it keeps what it was given until the test ends.
    auth
      .signIn(
        { email: `${index}@example.com`, password: "of somebody" },
        { client: { address: `192.0.2.${index % 250}`, isShared: false } },
      )
      .then(
        () => Promise.reject(new Error("Nobody can be signed in.")),
        () => {},
      ),
};

test.each(Object.entries(works))("where %s, no request is kept after its answer", async (_, work) => {
  const requests: WeakRef<object>[] = [];
  for (let index = 0; index < REQUESTS; index += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, offset) => {
        const context = { tree: new Array(1_000).fill(index) };
        requests.push(new WeakRef(context));
        return request.run(context, () => work(index + offset));
      }),
    );
  }
  await expect.poll(() => countKept(requests), { timeout: 20_000 }).toBeLessThanOrEqual(MAY_BE_KEPT);
});

async function countKept(requests: readonly WeakRef<object>[]): Promise<number> {
  await nextTurn();
  collectGarbage();
  return requests.filter((one) => one.deref() !== undefined).length;
}

import { createEnrolmentLimiter } from "../serve/enrolment-limiter";
import { countStatements } from "./count-statements";
import { createFixture, type Fixture } from "./database-fixtures";

const MARKER = "test_marker";

/** A node of which a test knows when it has heard of everything. */
export interface RememberingNode extends Fixture {
  /** Resolves once all has arrived that was announced before. */
  catchUp(): Promise<void>;
  /** How many statements its pool is asked. */
  statements(run: () => Promise<unknown>): Promise<number>;
}

/** Resolves once it remembers, which it does not before it hears. */
export async function createRememberingNode(
  connectionString: string,
  listenOn?: string,
): Promise<RememberingNode> {
  const heard = new Set<string>();
  let hear = () => {};
  let hasHeard: () => void = () => {};
  const hearing = new Promise<void>((resolve) => {
    hasHeard = resolve;
  });
  const fixture = await createFixture(listenOn ?? connectionString, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
    further: [
      {
        channel: MARKER,
        onNotice(marker) {
          heard.add(marker);
          hear();
        },
        onHearing: hasHeard,
        onLost() {},
      },
    ],
  });
  await fixture.module.load();
  await hearing;
  return {
    ...fixture,
    async catchUp() {
      const marker = crypto.randomUUID();
      const arrived = new Promise<void>((resolve) => {
        hear = () => heard.has(marker) && resolve();
      });
      // Announcements arrive in the order of their commits.
      await fixture.database.pool.query("SELECT pg_notify($1, $2)", [MARKER, marker]);
      await arrived;
    },
    statements: (run) => countStatements(fixture.database.pool, run),
  };
}

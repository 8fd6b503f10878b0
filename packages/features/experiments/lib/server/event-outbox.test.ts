import { describe, expect, test } from "vitest";
import type { ExperimentEvent } from "../tracker";
import { EventOutbox } from "./event-outbox";
import type { UnsentEvent } from "./events.repository";

const log = { warn() {} };

/** Rows that wait to be sent, and a receiver that answers when it is told to. */
class Backyard {
  readonly rows: UnsentEvent[];
  readonly sent = new Set<string>();
  readonly requests: { events: ExperimentEvent[]; accept(): void; refuse(): void; isOver: boolean }[] = [];
  isOurs = true;
  failures = 0;

  constructor(exposures: number, conversions = 0) {
    this.rows = [
      ...Array.from({ length: exposures }, (_, index) => aRow("exposure", index)),
      ...Array.from({ length: conversions }, (_, index) => aRow("conversion", index)),
    ];
  }

  readonly outbox = new EventOutbox(
    {
      claim: async () => (this.isOurs ? 0 : 60_000),
      release: async (_holder, hasFailed) => {
        if (hasFailed) this.failures++;
      },
      unsent: async (limit, where) =>
        (["exposure", "conversion"] as const).flatMap((kind) => {
          const { from } = where[kind];
          const except = new Set(where[kind].except);
          return this.rows
            .filter((row) => row.kind === kind && !this.sent.has(row.id) && !except.has(row.id))
            .filter(({ occurredAt }) => from === null || occurredAt >= from)
            .slice(0, limit);
        }),
      markSent: async (events) => {
        for (const { id } of events) this.sent.add(id);
      },
    },
    {
      isEnabled: true,
      send: (events) =>
        new Promise<void>((accept, refuse) => {
          const request = {
            events,
            isOver: false,
            accept: () => {
              request.isOver = true;
              accept();
            },
            refuse: () => {
              request.isOver = true;
              refuse(new Error("No."));
            },
          };
          this.requests.push(request);
        }),
      close: async () => {},
    },
    log,
  );

  get open() {
    return this.requests.filter(({ isOver }) => !isOver);
  }

  get uuids(): string[] {
    return this.requests.flatMap(({ events }) => events.map(({ uuid }) => uuid));
  }
}

/** Ten of them at a time happened in the same millisecond. */
function aRow(kind: UnsentEvent["kind"], index: number): UnsentEvent {
  return {
    id: `${kind} ${index}`,
    kind,
    slug: "button",
    salt: "button",
    setPersonProperties: false,
    variant: "control",
    assignmentType: "deterministic",
    userId: index,
    teamId: null,
    visitorId: null,
    occurredAt: new Date(1_700_000_000_000 + Math.floor(index / 10)),
    conversionEvent: kind === "conversion" ? "sold" : null,
    key: kind === "conversion" ? "1" : null,
    value: null,
  };
}

const soon = { interval: 1, timeout: 20_000 };

describe("a backlog", () => {
  test("goes out side by side, eight batches at most and none before the first was taken, each event once", async () => {
    const yard = new Backyard(4_010, 2_000);
    const sweep = yard.outbox.sweep(60_000);
    await expect.poll(() => yard.open.length, soon).toBe(1);
    yard.open[0]?.accept();
    let most = 0;
    await expect.poll(() => yard.open.length, soon).toBe(8);
    // The last to come is answered first.
    while (yard.sent.size < 6_010) {
      most = Math.max(most, yard.open.length);
      yard.open.at(-1)?.accept();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await sweep).toBe(6_010);
    expect(most).toBe(8);
    expect(yard.uuids).toHaveLength(6_010);
    expect(new Set(yard.uuids).size).toBe(6_010);
  });

  test("is left after a failure, and what was taken meanwhile is not sent again", async () => {
    const yard = new Backyard(3_000);
    const sweep = yard.outbox.sweep(60_000);
    await expect.poll(() => yard.open.length, soon).toBe(1);
    yard.open[0]?.accept();
    await expect.poll(() => yard.open.length, soon).toBe(8);
    const [failing, ...others] = yard.open;
    failing?.refuse();
    await new Promise((resolve) => setImmediate(resolve));
    for (const { accept } of others) accept();
    expect(await sweep).toBe(2_000);
    expect(yard.requests).toHaveLength(9);
    expect(yard.failures).toBe(1);
    expect(failing?.events.map(({ distinctId }) => yard.sent.has(`exposure ${distinctId}`))).toEqual(
      Array.from({ length: 250 }, () => false),
    );
    await yard.outbox.close();
  });

  test("is asked of by one request alone while the receiver is down", async () => {
    const yard = new Backyard(3_000);
    const sweep = yard.outbox.sweep(60_000);
    await expect.poll(() => yard.open.length, soon).toBe(1);
    yard.open[0]?.refuse();
    expect(await sweep).toBe(0);
    expect(yard.requests).toHaveLength(1);
    await yard.outbox.close();
  });

  test("is left to the node that has taken the lease over, once what is on its way has arrived", async () => {
    const yard = new Backyard(3_000);
    const sweep = yard.outbox.sweep(60_000);
    await expect.poll(() => yard.open.length, soon).toBe(1);
    yard.isOurs = false;
    yard.open[0]?.accept();
    expect(await sweep).toBe(250);
    expect(yard.requests).toHaveLength(1);
    await yard.outbox.close();
  });
});

test("a few events that come while others are on their way go together, after one of those", async () => {
  const yard = new Backyard(300);
  const sweep = yard.outbox.sweep(60_000);
  await expect.poll(() => yard.open.length, soon).toBe(1);
  yard.open[0]?.accept();
  await expect.poll(() => yard.open.length, soon).toBe(1);
  // Older than what is on its way, and committed later.
  yard.rows.unshift({ ...aRow("exposure", 900), occurredAt: new Date(0) }, aRow("conversion", 901));
  yard.outbox.kick();
  await new Promise((resolve) => setImmediate(resolve));
  expect(yard.requests).toHaveLength(2);
  yard.open[0]?.accept();
  await expect.poll(() => yard.open.length, soon).toBe(1);
  expect(yard.open[0]?.events.map(({ distinctId }) => distinctId)).toEqual(["900", "901"]);
  yard.open[0]?.accept();
  await sweep;
  expect(yard.sent.size).toBe(302);
});

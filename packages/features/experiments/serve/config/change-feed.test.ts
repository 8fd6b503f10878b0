import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import type { Pool } from "../../sql/runner";
import { PostgresChangeFeed } from "./change-feed";

/** A connection whose server answers LISTEN and ends it in one packet: no database does so at will. */
function aPoolThatEndsAtOnce() {
  const release = vi.fn();
  const client = Object.assign(new EventEmitter(), {
    release,
    query() {
      const answered = Promise.resolve();
      client.emit("error", new Error("terminating connection due to administrator command"));
      return answered;
    },
  });
  return { pool: { connect: async () => client } as unknown as Pool, release };
}

test("a connection that ends as it begins to listen is not taken for one that listens", async () => {
  const { pool, release } = aPoolThatEndsAtOnce();
  const onLost = vi.fn();
  const events = { onChange: () => {}, onHearing: () => {}, onLost };
  await expect(new PostgresChangeFeed(pool).open(events)).rejects.toThrow(/as it began to listen/);
  expect(release).toHaveBeenCalledExactlyOnceWith(true);
  expect(onLost).not.toHaveBeenCalled();
});

/** Behind a pooler in transaction mode LISTEN is answered, and what is notified goes to somebody else. */
function aPooler() {
  const release = vi.fn();
  const client = Object.assign(new EventEmitter(), { release, query: async () => ({ rows: [] }) });
  const pool = { connect: async () => client, query: async () => ({ rows: [] }) };
  return { pool: pool as unknown as Pool, release };
}

test("a connection that listens and hears nothing is lost, with what to set", async () => {
  vi.useFakeTimers();
  const { pool, release } = aPooler();
  const [onHearing, onLost] = [vi.fn(), vi.fn()];
  await new PostgresChangeFeed(pool).open({ onChange: () => {}, onHearing, onLost });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onLost).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringContaining("set DATABASE_DIRECT_URL") }),
    60_000,
  );
  expect(onHearing).not.toHaveBeenCalled();
  expect(release).toHaveBeenCalledExactlyOnceWith(true);
  vi.useRealTimers();
});

/** A session that was lent to somebody else answers, and listens no more. */
function aConnectionThat(listensTo: string[]) {
  const release = vi.fn();
  const query = async () => ({ rows: listensTo.map((channel) => ({ channel })) });
  const client = Object.assign(new EventEmitter(), { release, query });
  return { listening: { connect: async () => client } as unknown as Pool, release };
}

test.each([
  ["none of its channels", []],
  ["not all of them", ["experiment_config"]],
])("a connection that listens to %s any more is lost with the next heartbeat", async (_, channels) => {
  vi.useFakeTimers();
  const { listening, release } = aConnectionThat(channels);
  // What is notified is on its way.
  const notifying = { query: () => new Promise(() => {}) } as unknown as Pool;
  const further = { channel: "Rows", onNotice() {}, onHearing() {}, onLost: vi.fn() };
  const onLost = vi.fn();
  const feed = new PostgresChangeFeed(listening, notifying, [further]);
  await feed.open({ onChange: () => {}, onHearing: () => {}, onLost });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(onLost).toHaveBeenCalledOnce();
  expect(further.onLost).toHaveBeenCalledOnce();
  expect(release).toHaveBeenCalledExactlyOnceWith(true);
  vi.useRealTimers();
});

test("a connection that listens as it did stays", async () => {
  vi.useFakeTimers();
  const { listening } = aConnectionThat(["experiment_config", "rows"]);
  const notifying = { query: () => new Promise(() => {}) } as unknown as Pool;
  const further = { channel: "Rows", onNotice() {}, onHearing() {}, onLost: vi.fn() };
  const feed = new PostgresChangeFeed(listening, notifying, [further]);
  await feed.open({ onChange: () => {}, onHearing: () => {}, onLost: vi.fn() });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(further.onLost).not.toHaveBeenCalled();
  await feed.close();
  vi.useRealTimers();
});

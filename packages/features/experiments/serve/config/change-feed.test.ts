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

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
  await expect(new PostgresChangeFeed(pool).open(() => {}, onLost)).rejects.toThrow(/as it began to listen/);
  expect(release).toHaveBeenCalledExactlyOnceWith(true);
  expect(onLost).not.toHaveBeenCalled();
});

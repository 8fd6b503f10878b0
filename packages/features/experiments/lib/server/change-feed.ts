import type { ChangeFeed } from "./config-cache";
import { type Pool, type SqlRunner, select } from "./sql";

const CHANNEL = "experiment_config";
/** A connection that died without a word is found out by asking it. */
const HEARTBEAT_MS = 2_000;

/** `LISTEN` on a connection taken from the pool for good. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #pool: Pool;
  #end: ((cause: unknown) => void) | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async open(onChange: (slug: string) => void, onLost: (cause: unknown) => void): Promise<void> {
    const client = await this.#pool.connect();
    let heartbeat: NodeJS.Timeout | null = null;
    let isOver = false;
    const end = (cause: unknown) => {
      if (isOver) return;
      isOver = true;
      if (heartbeat !== null) clearInterval(heartbeat);
      this.#end = null;
      client.release(true);
      onLost(cause);
    };
    client.on("error", end);
    client.on("end", () => end(new Error("The connection was closed.")));
    client.on("notification", ({ payload }) => {
      const slug = slugOf(payload);
      if (slug !== null) onChange(slug);
    });
    try {
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (cause) {
      isOver = true;
      client.release(true);
      throw cause;
    }
    this.#end = end;
    heartbeat = setInterval(() => {
      select(client as unknown as SqlRunner, "SELECT 1", [], HEARTBEAT_MS).catch(end);
    }, HEARTBEAT_MS);
    heartbeat.unref();
  }

  async close(): Promise<void> {
    this.#end?.(new Error("Closed."));
  }
}

function slugOf(payload: string | undefined): string | null {
  try {
    const message: unknown = JSON.parse(payload ?? "");
    if (
      typeof message === "object" &&
      message !== null &&
      "slug" in message &&
      typeof message.slug === "string"
    )
      return message.slug;
  } catch {
    // Somebody else's notification on our channel: nothing to refresh.
  }
  return null;
}

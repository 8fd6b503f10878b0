import type { ChangeFeed } from "./config-cache";
import { type Pool, type SqlRunner, select } from "./sql";

const CHANNEL = "experiment_config";
/** A connection that died without a word is found out by asking it. */
const HEARTBEAT_MS = 2_000;

/** `LISTEN` on a connection taken from the pool for good. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #pool: Pool;
  /** Gives the connection back that is listening, and tells nobody. */
  #drop: (() => void) | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async open(onChange: (slug: string) => void, onLost: (cause: unknown) => void): Promise<void> {
    // A node whose poll has failed opens again, though its connection may be fine: it would be lost to the pool for good.
    this.#drop?.();
    const client = await this.#pool.connect();
    let heartbeat: NodeJS.Timeout | null = null;
    let state: "opening" | "open" | "over" = "opening";
    const drop = () => {
      state = "over";
      if (heartbeat !== null) clearInterval(heartbeat);
      if (this.#drop === drop) this.#drop = null;
      client.release(true);
    };
    const end = (cause: unknown) => {
      if (state === "over") return;
      const wasOpen = state === "open";
      drop();
      // Whoever still waits for it to open is told by that.
      if (wasOpen) onLost(cause);
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
      end(cause);
      throw cause;
    }
    // Both can come in one packet: that it listens, and that it is over.
    if (isOver(state)) throw new Error("The connection was closed as it began to listen.");
    state = "open";
    this.#drop = drop;
    heartbeat = setInterval(() => {
      select(client as unknown as SqlRunner, "SELECT 1", [], HEARTBEAT_MS).catch(end);
    }, HEARTBEAT_MS);
    heartbeat.unref();
  }

  async close(): Promise<void> {
    this.#drop?.();
  }
}

/** The compiler takes a variable to stay what it was, whatever is waited for. */
function isOver(state: string): boolean {
  return state === "over";
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

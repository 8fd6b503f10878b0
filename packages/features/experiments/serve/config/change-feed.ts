import { type Pool, queryRows } from "../../sql/runner";
import type { ChangeFeed } from "./config-cache";

const CHANNEL = "experiment_config";
/** How often to ask the connection whether it is alive: it may die without a word. */
const HEARTBEAT_MS = 2_000;

/** Listens on a connection that it takes from the pool for good. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #pool: Pool;
  /** Gives the listening connection back, without reporting it as lost. */
  #drop: (() => void) | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async open(onChange: (slug: string) => void, onLost: (cause: unknown) => void): Promise<void> {
    // `open` is called again when a poll has failed, though the connection may be fine. Give it back first, or the pool
    // loses it for good.
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
      // While it is being opened, the rejection of `open` reports it.
      if (wasOpen) onLost(cause);
    };
    client.on("error", end);
    client.on("end", () => end(new Error("The connection was closed.")));
    client.on("notification", ({ payload }) => {
      const slug = readSlug(payload);
      if (slug !== null) onChange(slug);
    });
    try {
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (cause) {
      end(cause);
      throw cause;
    }
    // Listening and the end of the connection can arrive in one packet.
    if (hasEnded(state)) throw new Error("The connection was closed as it began to listen.");
    state = "open";
    this.#drop = drop;
    heartbeat = setInterval(() => {
      queryRows(client, "SELECT 1", [], HEARTBEAT_MS).catch(end);
    }, HEARTBEAT_MS);
    heartbeat.unref();
  }

  async close(): Promise<void> {
    this.#drop?.();
  }
}

/** Read through a function: the compiler assumes that a variable does not change while something is awaited. */
function hasEnded(state: string): boolean {
  return state === "over";
}

function readSlug(payload: string | undefined): string | null {
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
    // Somebody else notified on our channel; there is nothing to refresh.
  }
  return null;
}

import { readOwnJson } from "@calcom/lib/json";
import { every, later } from "@calcom/lib/outside-request";
import { type Pool, queryRows, type SqlRunner } from "../../sql/runner";
import type { ChangeFeed, FeedEvents, FurtherChannel } from "./ports";

const CHANNEL = "experiment_config";
/** How often to ask the connection whether it is alive, and still listens: it may die without a word. */
const HEARTBEAT_MS = 2_000;
/** How often to check that notifications arrive: a pooler may pass them to another client. */
const BEATS_PER_PROBE = 15;
/** Notifications arrive within milliseconds. */
const HEARD_WITHIN_MS = 1_000;

/** How soon to listen again after a connection that heard nothing: the next one rarely differs. */
const LISTEN_AGAIN_MS = 60_000;
const DEAF =
  "LISTEN succeeds and no notification arrives, as behind a pooler in transaction mode: set DATABASE_DIRECT_URL to the database itself.";

/**
 * Listens on a connection that it takes from `listening` for good, and notifies itself through `notifying`. The host may
 * listen on it too, to channels of its own: a node has one such connection.
 */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #listening: Pool;
  readonly #notifying: Pool;
  readonly #further: FurtherChannel[];
  /** Gives the listening connection back, without reporting it as lost. */
  #drop: (() => void) | null = null;

  constructor(listening: Pool, notifying: Pool = listening, further: FurtherChannel[] = []) {
    this.#listening = listening;
    this.#notifying = notifying;
    this.#further = further;
  }

  async open({ onChange, onHearing, onLost }: FeedEvents): Promise<void> {
    // `open` is called again when a poll has failed, though the connection may be fine. Give it back first, or the pool
    // loses it for good.
    this.#drop?.();
    const client = await this.#listening.connect();
    let heartbeat: NodeJS.Timeout | null = null;
    let state: "opening" | "open" | "over" = "opening";
    const probe = new Probe(this.#notifying);
    const drop = () => {
      state = "over";
      if (heartbeat !== null) clearInterval(heartbeat);
      probe.stop();
      if (this.#drop === drop) this.#drop = null;
      for (const each of this.#further) each.onLost();
      client.release(true);
    };
    const end = (cause: unknown, retryAfterMs = 0) => {
      if (state === "over") return;
      const wasOpen = state === "open";
      drop();
      // While it is being opened, the rejection of `open` reports it.
      if (wasOpen) onLost(cause, retryAfterMs);
    };
    client.on("error", (cause) => end(cause));
    client.on("end", () => end(new Error("The connection was closed.")));
    client.on("notification", ({ channel, payload }) => {
      const further = this.#further.find((each) => each.channel === channel);
      if (further !== undefined) {
        further.onNotice(payload ?? "");
        return;
      }
      const message = parse(payload);
      if (message.probe === probe.id) probe.hear();
      if (message.slug !== undefined) onChange(message.slug);
    });
    try {
      for (const each of this.#listChannels()) await client.query(`LISTEN ${each}`);
    } catch (cause) {
      end(cause);
      throw cause;
    }
    // Listening and the end of the connection can arrive in one packet.
    if (hasEnded(state)) throw new Error("The connection was closed as it began to listen.");
    state = "open";
    this.#drop = drop;
    const hear = () => {
      onHearing();
      for (const each of this.#further) each.onHearing();
    };
    const makeSure = () => probe.send(hear, () => end(new Error(DEAF), LISTEN_AGAIN_MS));
    makeSure();
    let beats = 0;
    heartbeat = every(HEARTBEAT_MS, () => {
      this.#isListening(client).then(
        (isListening) => !isListening && end(new Error(DEAF), LISTEN_AGAIN_MS),
        (cause) => end(cause),
      );
      if (++beats % BEATS_PER_PROBE === 0) makeSure();
    });
  }

  async close(): Promise<void> {
    this.#drop?.();
  }

  #listChannels(): string[] {
    return [CHANNEL, ...this.#further.map(({ channel }) => channel)];
  }

  /** Asks the connection whether it is alive, and whether it is still the session that listens. */
  async #isListening(client: SqlRunner): Promise<boolean> {
    const heard = await queryRows<{ channel: string }>(
      client,
      "SELECT pg_listening_channels() AS channel",
      [],
      HEARTBEAT_MS,
    );
    return this.#listChannels().every((channel) =>
      heard.some((one) => one.channel === channel.toLowerCase()),
    );
  }
}

/** A notification to ourselves, by another connection: on the same one even a pooler would hand it over. */
class Probe {
  readonly id = crypto.randomUUID();
  readonly #pool: Pool;
  #timeout: NodeJS.Timeout | null = null;
  #onHearing: (() => void) | null = null;
  #isStopped = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  send(onHearing: () => void, onSilence: () => void): void {
    this.#onHearing = onHearing;
    queryRows(this.#pool, "SELECT pg_notify($1, $2)", [CHANNEL, JSON.stringify({ probe: this.id })]).then(
      () => {
        // Heard before its sender was told that it is sent, or given up meanwhile.
        if (this.#onHearing === null || this.#isStopped) return;
        this.#timeout = later(onSilence, HEARD_WITHIN_MS);
      },
      () => {}, // the database does not answer: the heartbeat or a poll tells
    );
  }

  hear(): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout);
    this.#timeout = null;
    this.#onHearing?.();
    this.#onHearing = null;
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timeout !== null) clearTimeout(this.#timeout);
  }
}

/** Read through a function: the compiler assumes that a variable does not change while something is awaited. */
function hasEnded(state: string): boolean {
  return state === "over";
}

function parse(payload: string | undefined): { slug?: string; probe?: string } {
  // Any other text was sent by other code on our channel: there is nothing to refresh.
  const message = readOwnJson(payload ?? "");
  if (typeof message !== "object" || message === null) return {};
  if ("slug" in message && typeof message.slug === "string") return { slug: message.slug };
  if ("probe" in message && typeof message.probe === "string") return { probe: message.probe };
  return {};
}

import { PostHog } from "posthog-node";
import type { ExperimentTracker } from "../tracker";

export interface PostHogOptions {
  key: string;
  host: string;
}

/** Hands events to PostHog and waits until it has taken them, so that the caller knows what to send again. */
export function createPostHogTracker(options: PostHogOptions): ExperimentTracker {
  let client = connect(options);
  return {
    isEnabled: true,
    async send(events) {
      for (const { uuid, name, distinctId, timestamp, properties } of events)
        client.capture({ uuid, event: name, distinctId, timestamp, properties });
      try {
        await client.flush();
      } catch (cause) {
        // It keeps what the network refused, and would send it beside what the outbox sends again.
        client = connect(options);
        throw cause;
      }
    },
    async close() {
      await client.shutdown(3_000);
    },
  };
}

function connect({ key, host }: PostHogOptions): PostHog {
  const client = new PostHog(key, {
    host,
    // Batches are made by the outbox and flushed by hand; nothing is left to timers that die with the process.
    flushAt: Number.MAX_SAFE_INTEGER,
    flushInterval: 0,
    fetchRetryCount: 1,
    fetchRetryDelay: 500,
    requestTimeout: 3_000,
  });
  // The rejection of `flush` says the same, to whoever can do something about it.
  client.on("error", () => {});
  return client;
}

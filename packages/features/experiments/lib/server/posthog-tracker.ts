import { PostHog } from "posthog-node";
import type { ExperimentTracker } from "../tracker";

export interface PostHogOptions {
  key: string;
  host: string;
}

/**
 * Sends events and waits until PostHog has taken them, so that the caller knows what to send again. Calls side by side
 * have a client each: one that they shared would send one batch after the other.
 */
export function createPostHogTracker(options: PostHogOptions): ExperimentTracker {
  const idle: PostHog[] = [];
  return {
    isEnabled: true,
    async send(events) {
      const client = idle.pop() ?? connect(options);
      for (const { uuid, name, distinctId, timestamp, properties } of events)
        client.capture({ uuid, event: name, distinctId, timestamp, properties });
      // A client whose flush has failed is let go: it keeps what the network refused, and would send it again beside
      // the outbox.
      await client.flush();
      idle.push(client);
    },
    async close() {
      await Promise.all(idle.splice(0).map((client) => client.shutdown(3_000)));
    },
  };
}

function connect({ key, host }: PostHogOptions): PostHog {
  const client = new PostHog(key, {
    host,
    // The outbox makes the batches and flushes by hand: a timer would die with the process.
    flushAt: Number.MAX_SAFE_INTEGER,
    flushInterval: 0,
    fetchRetryCount: 1,
    fetchRetryDelay: 500,
    requestTimeout: 3_000,
  });
  // Ignored: `flush` rejects with the same error, and its caller can act on it.
  client.on("error", () => {});
  return client;
}

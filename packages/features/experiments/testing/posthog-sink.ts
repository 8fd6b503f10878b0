import http from "node:http";
import type { AddressInfo } from "node:net";
import { contentOf, readEvent, type SinkEvent } from "./posthog-contract";
import { readPayload } from "./posthog-payload";

export type { SinkEvent } from "./posthog-contract";

/** `hang` accepts and never answers, `refuse` does not even accept. */
export type SinkMode = "ok" | "fail" | "hang" | "refuse";

/** PostHog's ingestion for tests: takes what the real SDKs send, and holds them to what PostHog can use. */
export interface PostHogSink {
  url: string;
  key: string;
  /** What was taken, each event once, in the order of first arrival. */
  events(name?: string): SinkEvent[];
  /** How often a copy of the event was taken. */
  copiesOf(uuid: string): number;
  /** Every request that came, taken or not. */
  readonly requests: { method: string; path: string; headers: http.IncomingHttpHeaders }[];
  /** Whatever a client did that PostHog would drop, misread or count twice. Tests expect it to be empty. */
  readonly violations: string[];
  setMode(mode: SinkMode): Promise<void>;
  close(): Promise<void>;
}

const CAPTURE = /^\/(e|batch|i\/v0\/e|capture|track|engage)\/?$/;
const CAPTURE_V1 = /^\/i\/v1\/analytics\/events\/?$/;
const FLAGS = /^\/(flags|decide)\/?$/;
const CONFIG = /^\/(array\/[^/]+\/config(\.js)?|static\/.*\.js)$/;

export async function startPostHogSink({ key = "phc_sink" } = {}): Promise<PostHogSink> {
  const taken = new Map<string, { event: SinkEvent; copies: number }>();
  const requests: PostHogSink["requests"] = [];
  const violations: string[] = [];
  let mode: SinkMode = "ok";

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://sink.invalid");
    requests.push({ method: request.method ?? "", path: url.pathname, headers: request.headers });
    // Whoever forwards these hands sessions of our people to somebody else.
    for (const name of ["cookie", "x-forwarded-cookie"])
      if (request.headers[name] !== undefined) violations.push(`${url.pathname} came with a ${name} header`);
    if (mode === "hang") return;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, body } = mode === "fail" ? { status: 500, body: {} } : answer(request, url, chunks);
      const origin = request.headers.origin;
      const cors = origin ? { "access-control-allow-origin": origin } : {};
      response.writeHead(status, { "content-type": "application/json", ...cors });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  });

  function answer(
    request: http.IncomingMessage,
    url: URL,
    chunks: Buffer[],
  ): { status: number; body: object } {
    if (FLAGS.test(url.pathname))
      return { status: 200, body: { flags: {}, errorsWhileComputingFlags: false, requestId: "sink" } };
    if (CONFIG.test(url.pathname)) return { status: 200, body: { supportedCompression: ["gzip-js"] } };
    const isV1 = CAPTURE_V1.test(url.pathname);
    if (request.method !== "POST" || !(isV1 || CAPTURE.test(url.pathname))) {
      violations.push(`${request.method} ${url.pathname} is no endpoint of PostHog`);
      return { status: 404, body: {} };
    }
    const uuids = take(request, url, Buffer.concat(chunks));
    if (url.searchParams.has("beacon")) return { status: 204, body: {} };
    if (!isV1) return { status: 200, body: { status: 1 } };
    return { status: 200, body: { results: Object.fromEntries(uuids.map((uuid) => [uuid, {}])) } };
  }

  function take(request: http.IncomingMessage, url: URL, body: Buffer): string[] {
    try {
      const batch = readPayload(body, url, request.headers["content-encoding"]);
      const token = batch.token ?? request.headers.authorization?.replace(/^Bearer /, "");
      if (token !== key) violations.push(`${url.pathname} came with the token ${String(token)}`);
      if (batch.events.length === 0) violations.push(`${url.pathname} came with an empty batch`);
      if (batch.sentAt !== undefined && Number.isNaN(Date.parse(String(batch.sentAt))))
        violations.push(`${url.pathname} was sent at ${String(batch.sentAt)}`);
      return batch.events.flatMap((raw) => {
        const { event, problems } = readEvent(raw, Date.now());
        violations.push(...problems.map((problem) => `${String(raw.event)}: ${problem}`));
        if (event) keep(event);
        return event ? [event.uuid] : [];
      });
    } catch (cause) {
      violations.push(`${url.pathname} cannot be read: ${String(cause)}`);
      return [];
    }
  }

  function keep(event: SinkEvent): void {
    const known = taken.get(event.uuid);
    if (known && contentOf(known.event) !== contentOf(event))
      violations.push(`${event.event}: two different events have the uuid ${event.uuid}`);
    taken.set(event.uuid, { event: known?.event ?? event, copies: (known?.copies ?? 0) + 1 });
  }

  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const stopListening = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    key,
    events: (name) =>
      [...taken.values()]
        .map(({ event }) => event)
        .filter(({ event }) => name === undefined || event === name),
    copiesOf: (uuid) => taken.get(uuid)?.copies ?? 0,
    requests,
    violations,
    async setMode(next) {
      if (next === mode) return;
      if (next === "refuse") await stopListening();
      // What hangs is let go, as when a network comes back.
      if (mode === "hang") server.closeAllConnections();
      if (mode === "refuse") await listen(port);
      mode = next;
    },
    async close() {
      if (mode !== "refuse") await stopListening();
    },
  };
}

import { gunzipSync } from "node:zlib";

/** One event as it came over the wire, in the shape of either SDK. */
export interface WireEvent {
  event?: unknown;
  uuid?: unknown;
  timestamp?: unknown;
  distinct_id?: unknown;
  properties?: Record<string, unknown>;
  [key: string]: unknown;
}

export interface WireBatch {
  token: unknown;
  sentAt: unknown;
  events: WireEvent[];
}

/**
 * Reads a body as PostHog's capture does: gzip by hint or by its first bytes, a form's `data`, base64; then one event,
 * a list of them, or a batch.
 *
 * @throws Error that says what is wrong with the body
 */
export function readPayload(body: Buffer, url: URL, contentEncoding: string | undefined): WireBatch {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (!isGzip && (contentEncoding === "gzip" || url.searchParams.get("compression")?.startsWith("gzip")))
    throw new Error("The body is said to be gzip and is not.");
  const text = unwrap((isGzip ? gunzipSync(body) : body).toString("utf8"));
  const payload: unknown = JSON.parse(text);
  if (Array.isArray(payload)) return batchOf(payload, undefined, undefined);
  if (!isRecord(payload)) throw new Error("The body is neither an event nor a list of them.");
  const token = payload.api_key ?? payload.token;
  if (Array.isArray(payload.batch)) return batchOf(payload.batch, token, payload.sent_at);
  if ("event" in payload) return batchOf([payload], token, payload.sent_at);
  throw new Error("The body has no events.");
}

function batchOf(list: unknown[], token: unknown, sentAt: unknown): WireBatch {
  if (!list.every(isEvent)) throw new Error("The batch holds something that is no event.");
  const [first] = list;
  return { token: token ?? first?.properties?.token, sentAt, events: list };
}

/** Old clients and beacons without gzip: a form field, in base64. */
function unwrap(text: string): string {
  const data = text.startsWith("data=") ? (new URLSearchParams(text).get("data") ?? "") : text;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? Buffer.from(data, "base64").toString("utf8") : data;
}

function isEvent(value: unknown): value is WireEvent {
  return isRecord(value) && (value.properties === undefined || isRecord(value.properties));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { gunzipSync } from "node:zlib";
import { isRecord, readOwnJson } from "@calcom/lib/json";

/** Of a body that is larger when it is unpacked, nothing is read. */
const MAX_UNPACKED_BYTES = 8 * 1024 * 1024;
const MAX_EVENTS = 1_000;

/**
 * What browsers may not say. Our server sends every event of experiments, from rows; the second is what PostHog's own
 * experiments count exposures by, and the third makes two people one.
 */
const FORGED = /^(?:experiment_|\$feature_flag_called$|\$merge_dangerously$)/;
/** Person properties of experiments, which the server sets as well. */
const FORGED_PROPERTY = /^experiment_/;

type Event = Record<string, unknown> & { event: string; properties: Record<string, unknown> };

/**
 * The events that may go on, written anew as JSON: what was checked is what PostHog reads, whatever the encoding was.
 * Empty where none is left; null where the body is none of the SDK's, or of another project than ours.
 */
export function readRelayedEvents(body: Buffer, key: string): string | null {
  const payload = unpack(body);
  if (payload === null) return null;
  const { events, token, sentAt } = payload;
  if (events.length > MAX_EVENTS || !events.every(isEvent)) return null;
  if (!events.every((event) => isOurs(event, token, key))) return null;
  const kept = events.filter(({ event }) => !FORGED.test(plainName(event))).map(withoutForgedProperties);
  if (kept.length === 0) return "";
  try {
    return JSON.stringify({ api_key: key, batch: kept, ...(sentAt !== undefined && { sent_at: sentAt }) });
  } catch {
    // Nested so deeply that it cannot be written.
    return null;
  }
}

interface Payload {
  events: unknown[];
  token: unknown;
  sentAt: string | undefined;
}

/** As PostHog reads it: gzip by its first bytes, a form's `data`, base64; then one event, a list of them, or a batch. */
function unpack(body: Buffer): Payload | null {
  const json = readOwnJson(decode(body) ?? "");
  if (Array.isArray(json)) return { events: json, token: undefined, sentAt: undefined };
  if (!isRecord(json)) return null;
  const events = Array.isArray(json.batch) ? json.batch : [json];
  const sentAt = typeof json.sent_at === "string" ? json.sent_at : undefined;
  return { events, token: json.api_key ?? json.token, sentAt };
}

function decode(body: Buffer): string | null {
  try {
    const isGzip = body[0] === 0x1f && body[1] === 0x8b;
    const text = (isGzip ? gunzipSync(body, { maxOutputLength: MAX_UNPACKED_BYTES }) : body).toString("utf8");
    const data = text.startsWith("data=") ? (new URLSearchParams(text).get("data") ?? "") : text;
    return /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? Buffer.from(data, "base64").toString("utf8") : data;
  } catch {
    return null;
  }
}

function isEvent(value: unknown): value is Event {
  return isRecord(value) && typeof value.event === "string" && isRecord(value.properties);
}

/** Each place that can name a project names ours, and one of them does. */
function isOurs(event: Event, token: unknown, key: string): boolean {
  const named = [token, event.api_key, event.token, event.properties.token].filter(
    (one) => one !== undefined,
  );
  return named.length > 0 && named.every((one) => one === key);
}

/** Without what a reader further on might drop, so that no spelling of a name passes that becomes it later. */
function plainName(event: string): string {
  return event.replace(/[^\x21-\x7e]/g, "").toLowerCase();
}

function withoutForgedProperties(event: Event): Event {
  const cleaned: Event = { ...event, properties: { ...event.properties } };
  for (const holder of [cleaned, cleaned.properties])
    for (const name of ["$set", "$set_once"]) {
      const set = holder[name];
      if (!isRecord(set)) continue;
      holder[name] = Object.fromEntries(Object.entries(set).filter(([key]) => !FORGED_PROPERTY.test(key)));
    }
  return cleaned;
}

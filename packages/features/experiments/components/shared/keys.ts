import type { Translate } from "@calcom/lib/i18n";

// For private use in Unicode: no text has them, and what shows keys takes them away.
const BEGIN = "\ue000";
const END = "\ue001";
const MARKED = /\ue000([^\ue000\ue001]*)\ue001/g;

/** Values of texts that are keys: code spells them so, and so does whoever looks for them there. */
const NAMES: ReadonlySet<string> = new Set(["variant", "control", "slug", "event", "key", "call"]);

/** Marks a key within a text, to be set as code by `Keyed` or `splitKeys`. */
export function asKey(key: string): string {
  return `${BEGIN}${key}${END}`;
}

/** The same texts with their keys marked. */
export function keyed(t: Translate): Translate {
  return (key, values = {}) =>
    t(
      key,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          NAMES.has(name) && typeof value === "string" && value !== "" ? asKey(value) : value,
        ]),
      ),
    );
}

export interface TextPart {
  text: string;
  isKey: boolean;
}

export function splitKeys(text: string): TextPart[] {
  return text
    .split(MARKED)
    .map((part, place) => ({ text: part, isKey: place % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** Where nothing can be set as code, as in a label. */
export function plainKeys(text: string): string {
  return text.replace(MARKED, "$1");
}

import { isRecord, type Json } from "@calcom/lib/json";

/** "j…@d…": enough to recognize an address that one knows, too little to learn one. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? first(email) : `${first(email.slice(0, at))}@${first(email.slice(at + 1))}`;
}

/** The start of an id: enough to recognize it for a person who knows the whole id. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** Facts without addresses, wherever those stand in them. */
export function maskFacts(facts: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, maskFact(fact)]));
}

function maskFact(fact: Json): Json {
  if (typeof fact === "string") return fact.includes("@") ? maskEmail(fact) : fact;
  if (Array.isArray(fact)) return fact.map(maskFact);
  return isRecord(fact) ? maskFacts(fact as Record<string, Json>) : fact;
}

/** By characters, not by halves of one. */
function first(text: string): string {
  return `${[...text].slice(0, 1).join("")}…`;
}

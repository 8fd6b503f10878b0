import type { Claims } from "../../types/reports";

/**
 * Names the subject that saw a variant. If another user has signed in before the report arrives, the server refuses it
 * instead of crediting them.
 */
export function claimsOf(subject: string | null): Claims {
  const [unit, id] = (subject ?? "").split(":");
  if (unit === "visitor") return { visitorId: id };
  return unit ? { [`${unit}Id`]: Number(id) } : {};
}

/** A random key. It only has to be unique among the conversions of one subject. */
export function randomKey(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(1);
}

import type { Claims } from "../../types/reports";

/**
 * Names the subject that saw a variant, so that a report which arrives after somebody else has signed in is refused
 * instead of credited to them.
 */
export function claimsOf(subject: string | null): Claims {
  const [unit, id] = (subject ?? "").split(":");
  if (unit === "visitor") return { visitorId: id };
  return unit ? { [`${unit}Id`]: Number(id) } : {};
}

/** Unique among the conversions of one subject, which is all that a key has to be. */
export function randomKey(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(1);
}

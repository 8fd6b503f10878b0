import type { Claims } from "../../types/reports";

/**
 * Names the subject that saw a variant. If another user has signed in before the report arrives, the server refuses it
 * instead of crediting them.
 */
export function claimsOf(subject: string | null): Claims {
  if (subject === null) return {};
  const at = subject.indexOf(":");
  // Ids of a host's may hold a colon themselves.
  const unit = subject.slice(0, at);
  const id = subject.slice(at + 1);
  // As a number if it looks like one: the previous version knows only numbers. The server knows the type of its ids.
  return { [`${unit}Id`]: unit !== "visitor" && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id };
}

/** A random key. It only has to be unique among the conversions of one subject. */
export function randomKey(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(1);
}

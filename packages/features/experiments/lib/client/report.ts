import type { Claims, ExperimentAnswer } from "../../types";
import { transport } from "./transport";

/** Whether the subject is in the comparison: winners and previews are shown to people who are not. */
export function isCounted(answer: ExperimentAnswer): boolean {
  return answer.reason === "sticky" || answer.reason === "allocated";
}

/**
 * Names the subject that saw a variant, so that a report which arrives after somebody else has signed in is refused
 * instead of credited to them.
 */
export function claimsOf({ subject }: ExperimentAnswer): Claims {
  const [unit, id] = (subject ?? "").split(":");
  return unit === "visitor" ? { visitorId: id } : unit ? { [`${unit}Id`]: Number(id) } : {};
}

/** Never throws: what is counted must not disturb what the person does. */
export function reportConversion(slug: string, event: string, claims: Claims, key = randomKey()): void {
  transport()
    ?.sendConversion({ ...claims, slug, event, key, ageMs: 0 })
    // The transport has tried again already; a lost report is no business of the page.
    .catch(() => {});
}

// Unique among the conversions of one subject, which is all that a key has to be.
function randomKey(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(1);
}

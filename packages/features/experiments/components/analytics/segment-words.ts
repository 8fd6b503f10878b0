import type { Translate } from "@calcom/lib/i18n";
import { planKeys } from "../shared/words";

/** The one fact that every application has words for; attributes are named as the host names them. */
export const PLAN = "plan";

/** A value may be any text that a host keeps; in a sentence, or in a column, its beginning is enough. */
const MOST_CHARACTERS = 40;

export function factName(fact: string, t: Translate): string {
  return fact === PLAN ? t("chart_fact_plan") : fact;
}

export function segmentValue({ fact, value }: { fact: string; value: string }, t: Translate): string {
  const plans: Partial<Record<string, string>> = planKeys;
  const key = fact === PLAN ? plans[value] : undefined;
  return key === undefined ? value : t(key);
}

/** "country: DE", short enough for a sentence. */
export function segmentName(segment: { fact: string; value: string }, t: Translate): string {
  const [fact, value] = [factName(segment.fact, t), segmentValue(segment, t)].map(shortText);
  return `${fact}: ${value}`;
}

/** The beginning of a text that is too long for its place. */
export function shortText(text: string): string {
  const characters = [...text];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…` : text;
}

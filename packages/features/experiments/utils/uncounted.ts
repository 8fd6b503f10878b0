/** The facts about a caller that decide whether they are counted. */
export interface Caller {
  readonly isBot: boolean;
  /** False only if consent is required and was not given. */
  readonly hasConsent: boolean;
}

/** Why nothing of this caller is looked up, stored or counted; null for everybody else. */
export function explainUncounted({ isBot, hasConsent }: Caller): "bot" | "no_consent" | null {
  if (isBot) return "bot";
  return hasConsent ? null : "no_consent";
}

export function isCounted(caller: Caller): boolean {
  return explainUncounted(caller) === null;
}

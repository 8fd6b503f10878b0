export type ConsentChoice = "granted" | "denied";

/** What a page cannot know by itself, because it is static or because the cookie is out of its reach. */
export interface Reader {
  /** False where everything works without asking. */
  isConsentRequired: boolean;
  choice: ConsentChoice | null;
  userId: number | null;
  visitorId: string | null;
  /** Null where nothing may be sent, or nothing is set up to be sent to. */
  posthog: { key: string; host: string } | null;
  /** Names the state of all experiments; null where nobody can say. */
  stamp: string | null;
}

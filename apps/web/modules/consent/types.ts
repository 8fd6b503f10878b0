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
  /** Changes with every change of an experiment; null if it could not be read. */
  stamp: string | null;
}

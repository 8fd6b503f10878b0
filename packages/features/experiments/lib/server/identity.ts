import type { Overrides } from "./overrides";

/** Who a request comes from, as the server alone has found out. */
export interface Identity {
  userId: number | null;
  visitorId: string | null;
  isBot: boolean;
  /** False only where consent is needed and was not given. */
  hasConsent: boolean;
  /** The address that new visitors are counted by. */
  address: string | null;
  /** What this browser previews: shown, and neither stored nor counted. */
  overrides?: Overrides;
}

/** A subject that server code names itself, where no request does: in jobs, mails and webhooks. */
export type NamedSubject = { userId: number } | { teamId: number } | { visitorId: string };

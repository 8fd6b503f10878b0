import type { HostId } from "../types/host-id";
import type { Identity, NamedSubject } from "./identity";

export interface CreditOptions {
  /**
   * Who did it. Everybody who is named takes part: the user with every browser that is linked to them, the team, the
   * visitor. An identity comes from a request that was checked; the calling code vouches for ids.
   */
  subject: Identity | NamedSubject;
  /** The team for which an identity acts. Its membership is checked. */
  team?: HostId;
  /** The only experiment to credit, instead of every one that the subject is in. */
  experiment?: string;
}

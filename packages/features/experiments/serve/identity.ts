import type { HostId } from "../types/host-id";
import type { Overrides } from "../utils/overrides";
import type { Caller } from "../utils/uncounted";

/** Who a request comes from, as the server has established it. */
export interface Identity<Id extends HostId = HostId> extends Caller {
  userId: Id | null;
  /** Of the browser, which may be somebody else's: whatever decides or records finds that out. */
  visitorId: string | null;
  /**
   * The visitor was made in this very request, and nobody knows whether the browser keeps the cookie: what is stored is
   * provisional, and nothing is counted.
   */
  isFirstSight?: boolean;
  /** The address by which new visitors are counted. */
  address: string | null;
  /** Many people may come from that address; by default where none is known. */
  isSharedAddress?: boolean;
  /** The variants that this browser previews: they are shown, and neither stored nor counted. */
  overrides?: Overrides;
}

/** A subject that server code names itself if there is no request, as in jobs, mails and webhooks. */
export type NamedSubject = { userId: HostId } | { teamId: HostId } | { visitorId: string };

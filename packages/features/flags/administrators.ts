import type { HostId } from "../experiments/types";

/** The acting person, from the session. Their role is read from the database at each call. */
export interface Actor {
  userId: HostId | null;
}

interface Administrators {
  /** A method: an application that knows of which type its ids are names that type. */
  requireAdmin(userId: HostId | null): Promise<{ id: HostId }>;
}
/** The one who asks. Throws `not_signed_in` or `not_allowed` for whoever may not administer flags. */
export type RequireAdmin = Administrators["requireAdmin"];

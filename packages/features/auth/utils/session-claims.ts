import { MAX_ROW_ID } from "@calcom/lib/sql";

/** What a token that we have encrypted says. */
export interface SessionClaims {
  userId: number;
  sessionId: string;
  /** Seconds since 1970; only of tokens from before there were sessions, which have no other id than their own. */
  issuedAt: number | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for a token that names no person, or nothing by which it could be ended. */
export function readClaims(token: Record<string, unknown>): SessionClaims | null {
  const userId = typeof token.sub === "string" && /^\d+$/.test(token.sub) ? Number(token.sub) : 0;
  if (userId < 1 || userId > MAX_ROW_ID) return null;
  if (isUuid(token.sid)) return { userId, sessionId: token.sid, issuedAt: null };
  // A node of the version before renews a token under a new id. That is another session, until it is ended too.
  if (!isUuid(token.jti) || typeof token.iat !== "number" || !Number.isFinite(token.iat)) return null;
  return { userId, sessionId: token.jti, issuedAt: token.iat };
}

function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

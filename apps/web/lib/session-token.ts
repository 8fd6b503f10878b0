import "server-only";
import { hkdfSync } from "node:crypto";
import { readClaims, type SessionClaims } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { EncryptJWT, jwtDecrypt } from "jose";
import type { JWT, JWTOptions } from "next-auth/jwt";

export interface SessionToken extends SessionClaims {
  name: string;
  email: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

interface Jar {
  get(name: string): { value: string } | undefined;
}

/** Where next-auth keeps its token. */
export function sessionCookieName(): string {
  return `${env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
}

/** What the token of this browser says; null where it has none that we have made and that has not expired. */
export async function readSessionToken(jar: Jar): Promise<SessionToken | null> {
  const cookie = jar.get(sessionCookieName())?.value;
  const token = cookie === undefined ? null : await decode({ token: cookie, secret: env().NEXTAUTH_SECRET });
  const claims = token && readClaims(token);
  if (token === null || claims === null || typeof token.exp !== "number") return null;
  const { name, email } = token;
  return { ...claims, name: name ?? "", email: email ?? "", expiresAt: token.exp * 1_000 };
}

/**
 * next-auth's own format, made at once: its way to the key waits for the few threads of the process, which passwords
 * keep busy. A token never outlasts its session.
 */
export const tokenFormat: Pick<JWTOptions, "encode" | "decode"> = {
  encode: ({ token = {}, secret, maxAge = 0 }) => {
    const now = Math.floor(Date.now() / 1_000);
    return new EncryptJWT(token)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setIssuedAt()
      .setExpirationTime(Math.min(now + maxAge, token.ends ?? Number.POSITIVE_INFINITY))
      .setJti(crypto.randomUUID())
      .encrypt(keyOf(String(secret)));
  },
  decode: ({ token, secret }) => decode({ token: token ?? "", secret: String(secret) }),
};

/** Null for whatever is no token of ours: somebody's old cookie is no incident. */
async function decode({ token, secret }: { token: string; secret: string }): Promise<JWT | null> {
  try {
    const { payload } = await jwtDecrypt(token, keyOf(secret), { clockTolerance: 15 });
    return payload as JWT;
  } catch {
    // It was made with another secret, was changed, or has expired.
    return null;
  }
}

let derived: { secret: string; key: Uint8Array } | null = null;

function keyOf(secret: string): Uint8Array {
  if (derived?.secret !== secret) {
    const key = hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32);
    derived = { secret, key: new Uint8Array(key) };
  }
  return derived.key;
}

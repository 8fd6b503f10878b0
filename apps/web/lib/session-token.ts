import "server-only";
import { hkdfSync } from "node:crypto";
import { readClaims, type SessionClaims } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { firstAccepted, secretsFrom } from "@calcom/lib/secrets";
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
  const token = cookie === undefined ? null : await decode(cookie);
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
  decode: ({ token }) => decode(token ?? ""),
};

/** Null for whatever is no token of ours: somebody's old cookie is no incident. */
function decode(token: string): Promise<JWT | null> {
  const secrets = secretsFrom(env().NEXTAUTH_SECRET, env().NEXTAUTH_SECRET_PREVIOUS);
  return firstAccepted(secrets, (secret) => decrypt(token, secret));
}

async function decrypt(token: string, secret: string): Promise<JWT | null> {
  try {
    const { payload } = await jwtDecrypt(token, keyOf(secret), { clockTolerance: 15 });
    return payload as JWT;
  } catch {
    // It was made with another secret, was changed, or has expired.
    return null;
  }
}

/** Of this secret and the one before. */
const keys = new Map<string, Uint8Array>();

function keyOf(secret: string): Uint8Array {
  let key = keys.get(secret);
  if (key === undefined) {
    key = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
    keys.set(secret, key);
  }
  return key;
}

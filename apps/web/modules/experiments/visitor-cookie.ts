import "server-only";
import { mintVisitorId, signVisitorId, type Visitor, verifyVisitorId } from "@calcom/features/experiments";
import { type Env, env } from "@calcom/lib/env";
import { firstAccepted, secretsFrom } from "@calcom/lib/secrets";
import { ownCookies, type ReadableJar, readValues, writtenName } from "@/lib/own-cookies";

type Secrets = Pick<Env, "VISITOR_COOKIE_SECRET" | "VISITOR_COOKIE_SECRET_PREVIOUS">;

export function newVisitor(): Promise<Visitor> {
  return mintVisitorId(env().VISITOR_COOKIE_SECRET);
}

/** The first of a browser's visitors that we have signed, with this secret or with the one before. */
export async function readVisitorId(values: readonly string[], secrets: Secrets): Promise<string | null> {
  const accepted = secretsFrom(secrets.VISITOR_COOKIE_SECRET, secrets.VISITOR_COOKIE_SECRET_PREVIOUS);
  for (const value of values) {
    const id = await firstAccepted(accepted, (secret) => verifyVisitorId(value, secret));
    if (id !== null) return id;
  }
  return null;
}

/**
 * What the visitor's cookie is to be: a new visitor's where there is none, the same visitor's where it has an older
 * name or is signed with the secret before; null where it stays.
 */
export async function renewedVisitor(jar: ReadableJar): Promise<{ cookie: string; isNew: boolean } | null> {
  const settings = env();
  const id = await readVisitorId(readValues(jar, ownCookies.visitor), settings);
  if (id === null) return { cookie: (await newVisitor()).cookie, isNew: true };
  const written = jar.get(writtenName(ownCookies.visitor, settings))?.value;
  if ((await verifyVisitorId(written, settings.VISITOR_COOKIE_SECRET)) !== null) return null;
  return { cookie: await signVisitorId(id, settings.VISITOR_COOKIE_SECRET), isNew: false };
}
